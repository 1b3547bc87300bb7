#!/usr/bin/env bash
# setup.sh run|test [VENV [WHEEL]]
#
# Makes the virtual environment VENV (default .venv) with the tested versions of constraints.txt, hashes checked,
# then fatu itself: the checkout, editable, or WHEEL. `run` leaves out the part for tests. Needs Python 3.11 or
# later and pip, or uv.
set -euo pipefail
cd "$(dirname "$0")/.."

part=$1 venv=${2:-.venv} wheel=${3:-}

fail() {
    echo "setup: $*" >&2
    exit 1
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or later found; install one, or name it: make PYTHON=/path/to/python3"
}

has_pip() { "$1" -m pip --version > /dev/null 2>&1; }

python=$(find_python)
inside=$venv/bin/python

# Whether the environment is there, whole, and one of its own: never install into the system's Python.
is_usable() {
    is_new_enough "$inside" && "$inside" -c 'import sys; sys.exit(sys.prefix == sys.base_prefix)' &&
        { [ "$1" = without-pip ] || has_pip "$inside"; }
}

if command -v uv > /dev/null; then
    pip=without-pip
    create=(uv venv --quiet --python "$(command -v "$python")")
    install=(uv pip install --quiet --python "$inside")
elif "$python" -c 'import ensurepip' 2> /dev/null; then
    pip=with-pip
    create=("$python" -m venv)
    install=("$inside" -m pip --quiet --disable-pip-version-check install)
elif has_pip "$python"; then
    # Debian keeps ensurepip in a package of its own (python3-venv); pip can also work from outside.
    pip=without-pip
    create=("$python" -m venv --without-pip)
    install=("$python" -m pip --python "$inside" --quiet --disable-pip-version-check install)
else
    fail "$python has neither ensurepip nor pip; on Debian or Ubuntu: apt-get install python3-venv"
fi

if ! is_usable "$pip"; then
    rm -rf "$venv"
    "${create[@]}" "$venv"
    is_usable "$pip" || fail "$venv could not be made; is the directory writable, and can $python make one?"
fi

rm -f "$venv"/.run-* "$venv"/.test-*
requirements=$venv/requirements.txt
if [ "$part" = run ]; then
    sed '/^# tests/,$d' constraints.txt > "$requirements"
else
    cp constraints.txt "$requirements"
fi
echo "setup: installing $(grep -c '==' "$requirements") packages into $venv"
"${install[@]}" --require-hashes -r "$requirements"

# A checkout has no hash to require, and its build backend is installed by now.
if [ -n "$wheel" ]; then
    "${install[@]}" --no-deps "$wheel"
else
    "${install[@]}" --no-deps --no-build-isolation --editable .
fi
