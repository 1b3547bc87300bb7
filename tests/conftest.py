"""What tests share: the sample report, the folder beside the checkout, texts read up to their mentions."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from fatu.finding import find
from fatu.model import Mentions, Outline, Overrides, Source
from fatu.outlining import outline
from fatu.reading import read

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# What people read depends on the language; tests ask for the English of a machine of any locale.
os.environ["FATU_LANG"] = "en"

# How fast the machine is must not decide a test; and what CI finds, everybody finds again.
settings.register_profile("fatu", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("fatu"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "fatu")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared; its tests skip where it is absent, or fail where FATU_REQUIRE_SHARED=1."""
    if not SHARED.is_dir():
        reason = "../shared is not beside this checkout"
        if os.environ.get("FATU_REQUIRE_SHARED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


@pytest.fixture(scope="session")
def sample_path() -> Path:
    """The sample report, which is part of the project."""
    return ROOT / "graphs" / "410203-gov-2020" / "source.txt"


@pytest.fixture(scope="session")
def sample_source(sample_path: Path) -> Source:
    return read(sample_path)


@pytest.fixture(scope="session")
def sample_outline(sample_source: Source) -> Outline:
    return outline(sample_source)


@pytest.fixture(scope="session")
def sample_mentions(sample_outline: Outline) -> Mentions:
    return find(sample_outline)


@pytest.fixture(scope="session")
def outlined() -> Callable[..., Outline]:
    """Outline of a text given as a string; `year` is the year reported on, where the text does not tell."""

    def outline_text(text: str, year: int | None = None) -> Outline:
        return outline(Source(text, "样例", "utf-8", ""), Overrides(year=year))

    return outline_text


@pytest.fixture(scope="session")
def found(outlined: Callable[..., Outline]) -> Callable[..., Mentions]:
    """Mentions of a text given as a string, in a report on `year` (2022 unless told)."""

    def find_in(text: str, year: int | None = 2022) -> Mentions:
        return find(outlined(text, year))

    return find_in
