"""The kinds of facts that are compared: which properties count, and by what two of them are taken for the same one."""

from __future__ import annotations

from dataclasses import dataclass

from ..describing.terms import DCTERMS, ORG


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact. Properties are named as in the ontology, or by a full IRI; `text` stands for the words."""

    name: str
    term: str
    """Its class in the ontology."""
    properties: tuple[str, ...]
    """What is compared. How an identity was found, and where something stands, is not."""
    links: tuple[str, ...] = ()
    """Properties that lead to other facts of the report. They count where both ends are in both graphs: what leads to
    an added fact says nothing new."""
    passes: tuple[tuple[str, ...], ...] = ()
    """Keys by which facts are taken for the same one, the narrowest first; `sentence`, `label` and `iri` may be part
    of them. Facts that are the same in every property are matched before, in the same sentence first."""
    rewords: str = ""
    """A property whose texts are matched where they are similar, after all keys."""


_ABOUT = ("indicator", "unit", "period", "scope", "status", "actor", "actorText")

KINDS: tuple[Kind, ...] = (
    Kind(
        "report",
        "Report",
        (
            DCTERMS + "title", "area", "issuedBy", "reportYear", DCTERMS + "created", DCTERMS + "issued",
            DCTERMS + "publisher", DCTERMS + "source",
        ),
        passes=((),),
    ),
    Kind("section", "Section", ("text", "level", "topic"), passes=(("text",),), rewords="text"),
    Kind(
        "observation",
        "Observation",
        (*_ABOUT, "text", "phrase", "value", "valueHigh", "decimals", "bound"),
        passes=(
            (*_ABOUT, "text"),
            _ABOUT,
            ("text", "sentence"),
            ("text",),
            ("indicator", "unit", "scope", "status"),
            ("indicator",),
        ),
        rewords="text",
    ),
    Kind(
        "citation",
        "Citation",
        ("cites", "function"),
        passes=(("cites",), ("label", "sentence"), ("label",)),
        rewords="label",
    ),
    Kind(
        "document",
        "PolicyDocument",
        (
            DCTERMS + "title", "docNumber", "docType", "issuedBy", "periodStart", "periodEnd", DCTERMS + "created",
            DCTERMS + "issued", DCTERMS + "modified", "promulgates", "implementsPolicy",
        ),
        passes=(("iri",),),
    ),
    Kind("outcome", "Outcome", ("text",), rewords="text"),
    Kind("problem", "Problem", ("text", "topic"), passes=(("text",),), rewords="text"),
    Kind(
        "measure",
        "Measure",
        (
            "text", "actor", "participant", "recipient", "topic", "underDocument", DCTERMS + "references", "produces",
            "usesProgram",
        ),
        links=("hasObservation", "hasOutcome"),
        passes=(("text", "sentence"), ("text",)),
        rewords="text",
    ),
    Kind(
        "plan",
        "Plan",
        ("text", "actor", "topic", "targets", DCTERMS + "references", "produces", "usesProgram"),
        links=("targets", "hasObservation", "hasOutcome"),
        passes=(("text", "sentence"), ("text",)),
        rewords="text",
    ),
    Kind("program", "Program", ("label",), passes=(("iri",),)),
    Kind("agency", "Agency", ("label", "area", ORG + "unitOf"), passes=(("iri",), ("label",))),
    Kind(
        "finding",
        "Finding",
        ("rule", "duty", "about", "verdict", "severity", "expectedLow", "expectedHigh"),
        links=("about",),
        passes=(("rule", "duty", "about"),),
    ),
    Kind("correction", "Correction", ("label", "decision"), passes=(("label",),)),
)  # fmt: skip
"""In the order in which a report's changes are told. A kind stands behind those that its links lead to.

Left out as they follow from something told: a report's compiledUnder and implementsPolicy (from the functions of its
citations), hasProblem and hasPlan, a measure's underDocumentInherited (from the report's compiledUnder). Left out as
no more than places: inSection, order.
"""

MENTION = "mention"
"""A name in an unchanged sentence that is taken for something else. How often a name occurs is no fact."""
MENTION_PROPERTIES = ("refersTo", "candidate")
