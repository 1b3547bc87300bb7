"""What stands around the code: one version everywhere, a change log and a citation that programs can read."""

from __future__ import annotations

import re
from datetime import date

import pytest

from commands import ROOT, call_fatu
from fatu import __version__

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (the extra docs; make test installs it)")
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
HEAD = re.compile(
    r"^## \[(?P<version>Unreleased|\d+\.\d+\.\d+)\](?: - (?P<day>\d{4}-\d\d-\d\d))?$", re.MULTILINE
)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_version_is_semantic_and_printed() -> None:
    assert re.fullmatch(r"0\.\d+\.\d+", __version__)
    assert call_fatu("--version", cwd=ROOT).out == f"fatu, version {__version__}\n"


def test_the_version_stands_in_one_place_for_programs() -> None:
    assert not re.search(r"(?m)^version\s*=", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert CITATION["version"] == __version__


def test_the_citation_has_what_the_format_requires() -> None:
    """Citation File Format 1.2.0: cff-version, message, title and authors; type is software or dataset."""
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    assert CITATION["license"] == "MIT"
    assert all(isinstance(CITATION[key], str) and CITATION[key] for key in ("message", "title", "abstract"))
    assert CITATION["authors"] and all(set(author) == {"name"} for author in CITATION["authors"])
    assert "date-released" not in CITATION or isinstance(CITATION["date-released"], date)


def test_the_change_log_goes_from_what_is_not_released_to_the_first_version() -> None:
    versions = [match["version"] for match in HEAD.finditer(CHANGES)]
    assert len(versions) == len(re.findall(r"^## ", CHANGES, re.MULTILINE))
    assert versions[0] == "Unreleased"
    released = [tuple(map(int, version.split("."))) for version in versions[1:]]
    assert released == sorted(set(released), reverse=True)
    assert all(match["day"] for match in HEAD.finditer(CHANGES) if match["version"] != "Unreleased")
    assert not released or __version__ in (versions[1], CITATION["version"])


def test_changes_are_of_the_known_kinds() -> None:
    assert set(re.findall(r"^### (.+)$", CHANGES, re.MULTILINE)) <= KINDS


@pytest.mark.parametrize(
    "name",
    ["CHANGELOG.md", "SECURITY.md", "docs/policies.md", "docs/policies.zh.md", "docs/how-to/install.md"],
)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
