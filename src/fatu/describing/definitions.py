"""What each concept of the generated vocabularies means, in Chinese and English, made of its row in the lexicon."""

from __future__ import annotations

from functools import cache

from ..errors import LexiconError
from ..lexicon.catalogue import (
    Definition,
    DocType,
    IndicatorEntry,
    SchemeConcept,
    Topic,
    Unit,
    load_definitions,
    load_indicators,
    load_schemes,
    load_topics,
    load_units,
)

Both = tuple[str, str]
"""A text in Chinese and the same in English."""


def written_definition(concept: str) -> Definition:
    """The row of definitions.tsv for a concept (scheme/topics). Raises LexiconError where there is none."""
    try:
        return _written()[concept]
    except KeyError as error:
        raise LexiconError("definitions.tsv", f"no row for {concept}", "add one") from error


def define_topic(topic: Topic) -> Both:
    """A topic by its place in the scheme and the other words that reports have for it."""
    if not topic.broader:
        return "法治政府建设的一级主题。", "A main topic of government by law."
    wider = next(other for other in load_topics() if other.slug == topic.broader)
    words = ";".join(topic.alt_labels)
    return (
        f"“{wider.zh}”之下的主题{f'。报告中也写作:{words}' if words else ''}。",
        f"A topic under “{wider.en}”{f'; reports also write {words}' if words else ''}.",
    )


def define_heading(concept: SchemeConcept) -> Both:
    """A heading of an official outline by the outline and its number there."""
    scheme = next(other for other in load_schemes() if other.slug == concept.scheme)
    return f"{scheme.zh}之{concept.notation}。", f"Number {concept.notation} of: {scheme.en}."


def define_unit(unit: Unit) -> Both:
    """A unit by what it measures and, where it is a power of ten of another, by that."""
    kind = written_definition(f"kind/{unit.kind}")
    if unit.slug == "none":
        return "数词之后没有写单位。", "No unit word follows the number."
    zh, en = (
        f"{kind.zh}的单位或量词,写作“{unit.word}”",
        f"Unit or measure word for {kind.en}, written {unit.word}",
    )
    if unit.base:
        base = next(other for other in load_units() if other.slug == unit.base)
        zh, en = f"{zh};一{unit.zh}为10^{unit.power}{base.zh}", f"{en}; one is 10^{unit.power} {base.en}"
    return f"{zh}。", f"{en}."


def define_indicator(entry: IndicatorEntry) -> Both:
    """An indicator by its formula where it has one, else by what is counted, in which unit and over what time."""
    unit = next(other for other in load_units() if other.slug == entry.unit)
    if entry.numerator and entry.denominator:
        above, below = _indicator(entry.numerator), _indicator(entry.denominator)
        return (
            f"{above.zh}除以{below.zh},以{unit.zh}计。",
            f"{above.en} divided by: {below.en}; in {unit.en}.",
        )
    when_zh, when_en = (
        ("某一时点", "at a point in time") if entry.stock_flow == "stock" else ("一段时期", "over a period")
    )
    parts = [_indicator(part) for part in entry.parts]
    sum_zh = f";等于{'、'.join(part.zh for part in parts)}之和" if parts else ""
    sum_en = f"; the sum of: {', '.join(part.en for part in parts)}" if parts else ""
    return (
        f"{when_zh}的{entry.zh},通常以{unit.zh}计{sum_zh}。",
        f"{entry.en} {when_en}, usually in {unit.en}{sum_en}.",
    )


def define_doc_type(kind: DocType) -> Both:
    """A type of official document by what the rules have it for, a kind of text by how its titles end."""
    if kind.kind == "doctype":
        written = written_definition(f"doctype/{kind.slug}")
        return written.zh, written.en
    return (
        f"通知等公文所印发的文本,名称以“{kind.zh}”结尾。",
        f"A text that a notice issues and whose title ends in {kind.zh}.",
    )


@cache
def _written() -> dict[str, Definition]:
    return {definition.concept: definition for definition in load_definitions()}


def _indicator(name: str) -> IndicatorEntry:
    return next(entry for entry in load_indicators() if entry.id == name)
