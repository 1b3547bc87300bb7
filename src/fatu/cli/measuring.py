"""Commands that measure the reading: evaluate."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ..errors import UsageError
from .options import lexicon_option, write


@click.command()
@click.argument("pairs", nargs=-1, required=True, metavar="GOLD_DIR=TEXT…")
@lexicon_option
def evaluate(pairs: Iterable[str], lexicon: tuple[str, ...]) -> None:
    """Score the reading against hand-made gold: one table for each pair.

    \b
    Example:
      fatu evaluate tests/gold/my-report=my-report.txt
    """
    from ..evaluating import format_scores, load_gold, score
    from ..exporting.records import extraction_records
    from ..lexicon.user_corrections import load_guidance
    from ..pipeline import read_report

    guidance = load_guidance(lexicon)
    for pair in pairs:
        gold, equals, text = pair.partition("=")
        if not equals:
            raise UsageError(pair, "no text to score", "write GOLD_DIR=TEXT")
        records = extraction_records(read_report(Path(text), guidance=guidance))
        write(f"{gold}  {text}\n{format_scores(score(load_gold(Path(gold)), records))}\n".encode(), None)
