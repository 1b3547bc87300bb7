#!/usr/bin/env bash
# Writes constraints.txt: the exact version and hashes of every package that fatu needs, in two parts. What
# `make graph` installs comes first, what only the tests need after the line that begins "# tests". Run it after
# a change of the dependencies in pyproject.toml; it needs uv. It names no index: pip and uv ask their own.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The extras of the first part: all but those for tests, documentation and notebooks and those too heavy for
# everybody.
mapfile -t run_extras < <(python3 - <<'PYTHON'
import tomllib
with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)["project"]
for extra in sorted(project["optional-dependencies"].keys() - {"dev", "docs", "fuzz", "notebook", "ocr", "dask"}):
    print(f"--extra={extra}")
PYTHON
)

compile=(uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate
    --no-emit-index-url --no-emit-find-links --generate-hashes)
printf 'hatchling\neditables\n' > "$work/build.in" # what an editable install needs itself
"${compile[@]}" pyproject.toml "$work/build.in" --all-extras -o "$work/all.txt" "$@"
"${compile[@]}" pyproject.toml "$work/build.in" "${run_extras[@]}" -c "$work/all.txt" -o "$work/run.txt"

python3 - "$work" > "$work/constraints.txt" <<'PYTHON'
import re
import sys
from pathlib import Path

work = Path(sys.argv[1])


def entries(name):
    """The entries of a compiled file, each with its hashes."""
    return re.findall(r"^[^\s#].*(?:\n .*)*", (work / name).read_text(encoding="utf-8"), re.MULTILINE)


def package(entry):
    return re.match(r"[\w.-]+", entry)[0]


run = {package(entry) for entry in entries("run.txt")}
everything = entries("all.txt")
print("# Tested versions, written by scripts/lock.sh. To install: make graph, or make test.\n")
print("# run: fatu, its extras, and what an editable install needs")
print(*(entry for entry in everything if package(entry) in run), sep="\n")
print("\n# tests: what make test adds")
print(*(entry for entry in everything if package(entry) not in run), sep="\n")
PYTHON

if grep -nE '://|--(extra-)?index|--find-links|files\.|\.org|\.com' "$work/constraints.txt"; then
    echo "scripts/lock.sh: the lines above name a host; constraints.txt is left as it was" >&2
    exit 1
fi
mv "$work/constraints.txt" constraints.txt
echo "constraints.txt: $(grep -c '==' constraints.txt) packages"
