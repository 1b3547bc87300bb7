"""Whose work figures count: the reporting body's own, or that of another body or area that the text names."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..lexicon.audit_words import load_audit_words
from ..model import Agency, Observation, Report

Tie = Literal["one", "part", "two"]
"""Whether two figures count the work of one body, that of a body and perhaps of another within it, or of two."""


class Body(NamedTuple):
    """A body, or all of an area, whose work a figure counts."""

    key: str
    """IRI of the agency, or what the area is called (市); empty for the reporting body itself."""
    is_near: bool = True
    """Whether it is in the reporting body's area, so that what it does may be counted as done there."""

    def tie(self, other: Body) -> Tie:
        """How what it does hangs together with what another does."""
        if self.key == other.key:
            return "one"
        outer, inner = sorted((self.key, other.key), key=len)
        is_part = not outer or inner.startswith(f"{outer}/")
        return "part" if is_part and self.is_near and other.is_near else "two"


OWN = Body("")
_COUNTRY = "国"


class BodyReader:
    """Tells of each figure of a report whose work it counts."""

    def __init__(self, report: Report) -> None:
        agencies = {agency.iri: agency for agency in report.agencies}
        self._identity = report.identity
        self._agencies = {
            link.mention.span: agencies[link.iri]
            for link in report.entity_links
            if link.mention.kind == "agency" and link.iri in agencies
        }
        self._kinds_above = _kinds_above(report)

    def read(self, observation: Observation, before: str) -> Body:
        """Whose work a figure counts, of which `before` are the words of its clause before it: of the area that these
        name as a whole (全县), else of the agency that acts."""
        whole = load_audit_words().whole_area.search(before)
        if whole is not None:
            if whole["kind"] in self._kinds_above:
                return Body(whole["kind"], is_near=False)
            # A bureau's own are not all of its county's.
            return OWN if self._identity.office == "gov" else Body(whole["kind"])
        agency = self._agencies.get(observation.agency.span) if observation.agency else None
        if agency is None or self._is_own(agency):
            return OWN
        own_area = self._identity.area
        return Body(agency.iri, is_near=own_area is None or agency.area in (None, own_area))

    def _is_own(self, agency: Agency) -> bool:
        """Whether an agency is the one that reports, or a unit of it (市政府常务会议)."""
        issuer = self._identity.issuer
        return issuer is not None and (agency.iri == issuer.iri or agency.iri.startswith(f"{issuer.iri}/"))


def _kinds_above(report: Report) -> str:
    """What the areas above the report's own are called: 市, 省 and 国 for a county; not 市 for a city on the level of a
    county, which is itself what its 全市 means."""
    areas = {area.code: area for area in report.areas}
    own = areas.get(report.identity.area or "")
    if own is None:
        return ""
    above, kinds = areas.get(own.parent or ""), _COUNTRY
    while above is not None:
        kinds += above.name[-1]
        above = areas.get(above.parent or "")
    return kinds.replace(own.name[-1], "")
