"""The command that compares two graphs: diff."""

from __future__ import annotations

import shutil
import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import FatuError
from .language import language
from .options import Reader, format_option, output_option, reading, write
from .telling import tell

if TYPE_CHECKING:
    from ..diffing import Side


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option("table", "json", "html")
@click.option(
    "--report", "only", multiple=True, metavar="ID", help="Only this report. May be given several times."
)
@click.option("--exit-code", "tell", is_flag=True, help="Exit 1 where something changed.")
@output_option
@reading
def diff(old: str, new: str, reader: Reader, output: Path | None, **shown: Any) -> int:
    """Tell what changed between two graphs, as facts: figures, documents, measures, findings … added, removed or
    changed, with their places in the text. What only moved is no change; a text is another wording of one, not a new
    one, where three in five of the pairs of characters of both are common.

    OLD and NEW are each a graph file, a folder of graphs, a store by its folder or URL, or a report, which is built
    on the fly. Reports are matched by their ids; two single ones are compared in any case.

    \b
    Example:
      fatu diff draft.txt final.docx
      fatu diff graphs-2023 graphs --format html -o changes.html
      fatu diff store http://localhost:7878 --report 410203-gov-2020 --exit-code
    """
    from ..diffing import diff_sides
    from ..diffing.records import change_records
    from ..diffing.sheet import write_changes
    from ..diffing.table import format_changes
    from ..diffing.wording import total_words
    from ..exporting.records import write_json

    with ExitStack() as opened:
        before, after = (opened.enter_context(_open(where, reader)) for where in (old, new))
        changes = diff_sides(before, after, shown["only"])
    if shown["style"] == "json":
        write(write_json(change_records(changes)), output)
    elif shown["style"] == "html":
        write(write_changes(changes), output)
    else:
        write(format_changes(changes, language(), _terminal_width(output)).encode(), output)
    if shown["style"] != "table" or output is not None:
        tell(total_words(changes)[language() == "en"])
    return int(bool(shown["tell"] and changes.changes))


def _open(where: str, reader: Reader) -> AbstractContextManager[Side]:
    """The graphs that OLD or NEW stands for, or its reports, to be built."""
    from ..diffing import building_side, holds_graphs, open_graphs
    from ..iris import Iris

    iris = Iris(reader.base)
    if holds_graphs(where):
        return open_graphs(where, iris)
    files = []
    for file in reader.find((Path(where),)):
        if isinstance(file, FatuError):
            raise file
        files.append(file)
    return nullcontext(building_side(where, files, lambda file: reader.build(file).quads, iris))


def _terminal_width(output: Path | None) -> int:
    """Columns of the terminal that is written to; 0 where it is none."""
    return shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else 0
