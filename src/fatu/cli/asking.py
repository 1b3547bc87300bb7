"""The command that answers questions in words: ask."""

from __future__ import annotations

from pathlib import Path

import click

from .options import DEFAULT_DATA, base_iri_of, base_option, output_option, write
from .stores import data_option, refuse_both, store_option


@click.command()
@click.argument("question", metavar="QUESTION")
@data_option
@store_option
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language of the answer; default: that of the question."
)
@output_option
@base_option
def ask(
    question: str,
    data: tuple[Path, ...],
    store: str | None,
    output: Path | None,
    **shown: str | None,
) -> int:
    """Answer a question in Chinese or English words, with the named query that answers it and the words of the reports.

    By rules and tables, offline: where no query answers the question, or the graph does not state it, it says so,
    names the nearest questions and exits 1.

    \b
    Example:
      fatu ask "2020年行政复议结案率是多少?"
      fatu ask "结案率算对了吗?" --format json
      fatu ask "How many legal aid cases were handled in 2020?"
      fatu ask "Which problems are admitted?" --data graphs/410203-gov-2020
    """
    from ..iris import Iris
    from ..querying import ask_words
    from ..querying.answers import format_not_understood, format_understood, write_understood
    from ..querying.questions import NotUnderstood
    from ..storing import MemoryStore, open_store, read_union

    base = base_iri_of(shown["base_iri"])
    refuse_both(store, data)
    if store:
        with open_store(store) as opened:
            answer = ask_words(opened, question, base, shown["lang"])
    else:
        union = read_union(data or [DEFAULT_DATA], Iris(base), alone=True)
        answer = ask_words(MemoryStore(union), question, base, shown["lang"])
    if isinstance(answer, NotUnderstood):
        click.echo(f"fatu: {format_not_understood(answer)}", err=True, nl=False)
        return 1
    text = write_understood(answer) if shown["style"] == "json" else format_understood(answer, base)
    write(text.encode(), output)
    return 0
