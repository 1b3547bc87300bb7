"""The command that answers questions in words: ask."""

from __future__ import annotations

from pathlib import Path

import click

from .language import current_speech, language
from .options import base_iri_of, base_option, choose_data, format_option, output_option, write
from .stores import data_option, refuse_both, store_option


@click.command()
@click.argument("question", metavar="QUESTION")
@data_option
@store_option
@format_option("table", "json")
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

    The answer is in the language of the question, unless --lang says another. By rules and tables, offline: where no
    query answers the question, or the graph does not state it, it says so, names the nearest questions and exits 1; so
    it does where there is none of what was asked for.

    \b
    Example:
      fatu ask "2020年行政复议结案率是多少?"
      fatu ask "结案率算对了吗?" --format json
      fatu ask "How many legal aid cases were handled in 2020?"
      fatu ask "Which problems are admitted?" --data graphs/410203-gov-2020
    """
    from ..iris import Iris
    from ..querying import ask_words
    from ..querying.answers import format_not_understood, format_understood, write_answer
    from ..querying.questions import NotUnderstood
    from ..storing import MemoryStore, open_store, read_union

    base, lang = base_iri_of(shown["base_iri"]), current_speech().chosen
    if not any(character.isalpha() for character in question):
        lang = language()  # nothing tells in which language is asked
    refuse_both(store, data)
    if store:
        with open_store(store) as opened:
            answer = ask_words(opened, question, base, lang)
    else:
        union = read_union(choose_data(data), Iris(base), alone=True)
        answer = ask_words(MemoryStore(union), question, base, lang)
    if isinstance(answer, NotUnderstood) and answer.none_of is None:
        click.echo(f"fatu: {format_not_understood(answer)}", err=True, nl=False)
        return 1
    if shown["style"] == "json":
        text = write_answer(answer)
    elif isinstance(answer, NotUnderstood):
        text = format_not_understood(answer)
    else:
        text = format_understood(answer, base)
    write(text.encode(), output)
    return 1 if isinstance(answer, NotUnderstood) else 0
