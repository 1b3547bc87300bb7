"""A bounded run of every fuzz target, and every input that once broke one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import TARGETS

FOUND = Path(__file__).parents[1] / "regressions" / "inputs"
"""Inputs that broke a target, in a folder of its name."""


@st.composite
def mutated(draw: st.DrawFn, seeds: tuple[bytes, ...], longest: int) -> bytes:
    """A seed with a few stretches cut, doubled, swapped for others' or for random bytes."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        other = draw(st.sampled_from(seeds))
        at = draw(st.integers(0, len(other)))
        new = draw(
            st.one_of(
                st.binary(max_size=8),
                st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace")),
                st.just(data[start:end] * 2),
                st.just(other[at : at + 30]),
            )
        )
        data = data[:start] + new + data[end:]
    return data[:longest]


@pytest.mark.parametrize("name", TARGETS)
def test_any_input_keeps_the_promises(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    slow = name in ("report", "html", "word", "pdf", "archive")

    @settings(
        max_examples=150 if slow else 600, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(mutated(seeds, target.longest), st.binary(max_size=200)))
    def check(data: bytes) -> None:
        target.run(data)

    for seed in seeds:
        target.run(seed)
    check()


@pytest.mark.parametrize(
    "path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_once_broke_a_target_does_so_no_more(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())
