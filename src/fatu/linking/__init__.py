"""Reading → Report: mentions get identities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..errors import ArgumentError, LexiconError
from ..finding.agencies import issuing_agency
from ..finding.agency_grammar import JOINERS
from ..iris import Iris
from ..lexicon.townships import township_by_code
from ..model import (
    Agency,
    AgencyName,
    Area,
    Corrected,
    Correction,
    EntityLink,
    Measure,
    Mention,
    Metadata,
    Outline,
    Overruled,
    Plan,
    Reading,
    Report,
    ReportIdentity,
    Span,
    Stated,
)
from .agencies import link_agency, parent_agency
from .areas import Setting, find_setting
from .documents import Makers, link_documents
from .indicators import link_indicators, link_topics
from .programs import link_program
from .successions import with_successors

__all__ = ["identify", "link", "link_topics"]

_GOVERNMENT = "人民政府"
_JOINERS = (*JOINERS, " ", "\u3000")
_ISSUED = re.compile("(?:联合)?(?:印发|发布|公布)的$")
# A report's id names its folder: one plain segment of a path, whatever the system.
_NAME = re.compile(r"(?!\.)[\w.\-]{1,100}(?<!\.)")


def link(reading: Reading, iris: Iris | None = None, corrected: tuple[Corrected, ...] = ()) -> Report:
    """Give areas, agencies, documents, programs and indicators their identities.

    Every mention yields one entity link; what stays undecided is UNRESOLVED (iri None) with its candidates.
    `corrected` are the user's decisions that `correct_mentions` heeded: their links say so.
    A report whose area or year is not told has an identity without IRI. Raises ArgumentError for an area, an issuer
    or an id that the user gave and that cannot be.
    """
    iris = iris or Iris()
    reading = _without_rejected(reading, corrected)
    setting = find_setting(reading.outline)
    agencies: dict[str, Agency] = {}
    resolved: dict[Mention[AgencyName], Agency] = {}
    links: list[EntityLink] = []
    named = set(reading.mentions.agencies)
    own_mentions = [m for m in _actor_mentions(reading) if m not in named]
    for mention in (*reading.mentions.agencies, *own_mentions):
        entity_link, found = link_agency(iris, setting, mention)
        links.append(entity_link)
        agencies.update({a.iri: a for a in found})
        if entity_link.iri is not None:
            resolved[mention] = found[0]
    document_links, documents, issuers = link_documents(iris, setting, reading, _makers(reading, resolved))
    agencies.update({a.iri: a for a in issuers})
    identity = _identity(iris, setting, reading.outline.metadata)
    if identity.issuer is not None:
        agencies[identity.issuer.iri] = identity.issuer
    for agency in tuple(agencies.values()):
        parent = parent_agency(agency)
        if parent is not None:
            agencies.setdefault(parent.iri, parent)
    agencies = with_successors(iris, setting.table, agencies)
    if identity.issuer is not None:
        identity = replace(identity, issuer=agencies[identity.issuer.iri])
    links += document_links
    links += [link_program(iris, setting, reading.outline, m) for m in reading.mentions.programs]
    indicator_links = link_indicators(iris, reading, setting.own.name if setting.own else "", corrected)
    decided = {(c.span, c.correction.kind): c.correction for c in corrected}
    links = [_as_decided(link, decided.get((link.mention.span, link.mention.kind))) for link in links]
    return Report(
        reading=reading,
        identity=identity,
        areas=_areas(setting, agencies),
        agencies=tuple(agencies[iri] for iri in sorted(agencies)),
        documents=tuple(documents[iri] for iri in sorted(documents)),
        entity_links=tuple(sorted(links, key=lambda entity: (entity.mention.span, entity.mention.kind))),
        indicator_links=indicator_links,
        corrected=corrected,
    )


def _without_rejected(reading: Reading, corrected: tuple[Corrected, ...]) -> Reading:
    """The reading without the figures that the user says are none."""
    rejected = {c.span for c in corrected if (c.correction.kind, c.correction.decision) == ("metric", "not")}
    if not rejected:
        return reading
    metrics = tuple(m for m in reading.mentions.metrics if m.span not in rejected)
    return replace(
        reading,
        mentions=replace(reading.mentions, metrics=metrics),
        observations=tuple(o for o in reading.observations if o.metric.span not in rejected),
        links=tuple(i for i in reading.links if i.relation != "observation" or i.target not in rejected),
    )


def _as_decided(link: EntityLink, decision: Correction | None) -> EntityLink:
    """A link that rests on the user's decision."""
    if decision is None:
        return link
    if link.iri is None:
        raise LexiconError(
            f"{decision.where} column value", f"{decision.value!r} is not one thing", "name its area in full"
        )
    return replace(link, method="corrected", cue=decision.value)


def identify(outline: Outline, iris: Iris | None = None) -> ReportIdentity:
    """Which report an outline is of. Raises ArgumentError as `link` does."""
    return _identity(iris or Iris(), find_setting(outline), outline.metadata)


def _actor_mentions(reading: Reading) -> list[Mention[AgencyName]]:
    """Mentions of the reporting area as an actor (我区 组织…), which are no agency's name by themselves."""
    deeds: tuple[Measure | Plan, ...] = (*reading.measures, *reading.plans)
    actors = [actor for deed in deeds for actor in deed.actors]
    actors += [o.agency for o in reading.observations if o.agency is not None]
    return list(dict.fromkeys(actors))


def _makers(reading: Reading, resolved: dict[Mention[AgencyName], Agency]) -> Makers:
    """Citation span → the agencies that the sentence says made the document: those whose names run up to its title
    (中共中央、国务院《…》), else the actors, who leads first, of the measure that produces it."""
    measures = {measure.span: measure for measure in reading.measures}
    before = _named_before(reading, resolved)
    makers = dict(before)
    for item in reading.links:
        if item.relation == "produces" and item.source in measures:
            actors = [
                a for a in measures[item.source].actors if a.span.end <= item.target.start and a in resolved
            ]
            if actors:
                makers.setdefault(item.target, tuple(dict.fromkeys(resolved[a] for a in actors)))
    return Makers(makers, before)


def _named_before(
    reading: Reading, resolved: dict[Mention[AgencyName], Agency]
) -> dict[Span, tuple[Agency, ...]]:
    """Citation span → the agencies named one behind the other right before its title (中共中央、国务院《…》), or before
    the verb of its making (中共中央办公厅印发的《…》)."""
    text = reading.outline.source.text
    by_end = {mention.span.end: mention for mention in reading.mentions.agencies}
    found: dict[Span, tuple[Agency, ...]] = {}
    for citation in reading.mentions.citations:
        at, names = _before_space(text, citation.span.start), list[Agency]()
        if (issued := _ISSUED.search(text, max(0, at - 5), at)) is not None:
            at = _before_space(text, issued.start())
        while (mention := by_end.get(at)) is not None and mention in resolved:
            names.insert(0, resolved[mention])
            at = _before_space(text, mention.span.start)
            at = _before_space(text, at - 1) if text[at - 1 : at] in _JOINERS else at
        if names and citation.payload.title:
            found[citation.span] = tuple(names)
    return found


def _before_space(text: str, at: int) -> int:
    """Where the words before an offset end."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _identity(iris: Iris, setting: Setting, metadata: Metadata) -> ReportIdentity:
    issuer = _issuer(iris, setting, metadata.issuer)
    if issuer is None and setting.own is not None:
        # A report that names no issuer is its government's: every government from county up owes one.
        name = Mention(Span(0, 0), "", AgencyName("", _GOVERNMENT))
        issuer = link_agency(iris, setting, name)[1][0]
    office = "gov" if issuer is None or issuer.function == _GOVERNMENT else issuer.function + issuer.unit
    area = setting.own.code if setting.own else None
    year = metadata.year.value if metadata.year else None
    chosen = metadata.id.value if metadata.id else None
    if chosen is not None and not _NAME.fullmatch(chosen):
        raise ArgumentError(
            "id", f"{chosen!r} cannot name a report", "use letters, digits, ideographs, - _ and ."
        )
    report_id, iri = chosen, iris.named_report(chosen) if chosen else None
    if area is not None and year is not None:
        report_id, iri = chosen or f"{area}-{office}-{year}", iri or iris.report(area, office, year)
    overruled = (*setting.overruled, *_overruled(iris, setting, metadata, issuer))
    return ReportIdentity(area, office, year, report_id, iri, issuer, setting.told, overruled)


def _overruled(
    iris: Iris, setting: Setting, metadata: Metadata, issuer: Agency | None
) -> Iterator[Overruled]:
    """What the text says against the user; another name of the issuer that the user gave says the same."""
    for told in metadata.overruled:
        if told.field == "issuer" and issuer is not None:
            named = _issuer(iris, setting, Stated(told.told, told.span))
            if named is not None and named.iri == issuer.iri:
                continue
        yield told


def _issuer(iris: Iris, setting: Setting, stated: Stated[str] | None) -> Agency | None:
    """The issuing agency, from the name in the title: its last agency, in the report's own area."""
    if stated is None:
        return None
    spot = issuing_agency(stated.value)
    if spot is None and stated.span is None:
        raise ArgumentError(
            "issuer", f"{stated.value!r} names no agency", "write it as in a title: 石门县人民政府"
        )
    if spot is None:
        return None
    mention = Mention(Span(0, spot.end), stated.value[: spot.end], spot.payload)
    entity_link, found = link_agency(iris, setting, mention)
    return found[0] if entity_link.iri is not None else None


def _areas(setting: Setting, agencies: dict[str, Agency]) -> tuple[Area, ...]:
    """Areas of the report's chain and of its agencies, with their townships and, of those that ended, what they
    became, each with those above it."""
    table = setting.table
    codes = {*setting.codes, *(a.area for a in agencies.values() if a.area)}
    townships = {
        setting.own_township,
        *(township_by_code(a.township) for a in agencies.values() if a.township),
    }
    areas = {area.code: area for area in townships if area is not None}
    codes.update(area.parent for area in areas.values() if area.parent)
    codes.update(link.code for code in tuple(codes) for link in table.chain(code))
    codes.update(heir.code for code in tuple(codes) for heir in table.heirs(code))
    areas.update((area.code, area) for code in codes for area in table.chain(code))
    return tuple(areas[code] for code in sorted(areas))
