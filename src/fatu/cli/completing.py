"""Completion in the shell: the script that teaches a shell to ask, and what is offered for names and ids."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from ..errors import FatuError
from .options import DEFAULT_DATA, write

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes fatu's commands, options, named queries, indicators and reports in a shell.

    \b
    Example:
      eval "$(fatu completion bash)"  # in ~/.bashrc
      eval "$(fatu completion zsh)"   # in ~/.zshrc
      fatu completion fish > ~/.config/fish/completions/fatu.fish
    """
    kind = get_completion_class(shell)
    command = click.get_current_context().find_root().command
    assert kind is not None
    write(kind(command, {}, "fatu", "_FATU_COMPLETE").source().encode(), None)


def complete_query(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Named queries by name, or by number where a number is begun; else files."""
    from ..querying.named import load_queries

    known = {query.name: query.title for query in load_queries()}
    numbered = {f"q{query.number}": query.title for query in load_queries() if query.number is not None}
    offered = _begin((known | numbered if begun[1:].isdigit() else known).items(), begun)
    return offered or [CompletionItem(begun, type="file")]


def complete_setting(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """NAME= of each parameter of the query that the line names."""
    from ..querying.named import match_query

    # Behind an option without its value, click leaves the words before it unparsed.
    line = (context.params.get("query"), *context.args)
    query = next((found for word in line if word and (found := match_query(word))), None)
    return _begin(((f"{each.name}=", each.en) for each in query.parameters) if query else (), begun)


def complete_indicator(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Indicators of the catalogue by their ids, or by their Chinese names where one is begun."""
    from ..lexicon.catalogue import load_indicators

    entries = load_indicators()
    by_id = _begin(((entry.id, entry.zh) for entry in entries), begun)
    return by_id or _begin(((entry.zh, entry.id) for entry in entries), begun)


def complete_format(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Formats that graphs are exported to."""
    from ..exporting.exports import EXPORTS

    return _begin(((name, "") for name in EXPORTS), begun)


def complete_report(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Reports of the store that the line names where that is a folder, else those below graphs."""
    store = str(context.params.get("store") or "")
    if not store:
        return _begin(((path.parent.name, "") for path in Path(DEFAULT_DATA).glob("*/graph.trig")), begun)
    if not Path(store).is_dir():
        return []  # a server is not asked at each press of a key
    from ..iris import Iris
    from ..storing import open_store
    from ..storing.union import graphs_of_reports

    try:
        with open_store(store) as opened:
            names = list(opened.graph_names())
    except FatuError:
        return []
    return _begin(((report, "") for report in graphs_of_reports(names, Iris())), begun)


def _begin(offered: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    """What begins like the word on the line, each with what it is."""
    return [
        CompletionItem(word, help=what or None) for word, what in sorted(offered) if word.startswith(begun)
    ]
