"""Graphs of a few figures, made by hand, with traps for exports in them."""

from __future__ import annotations

from fatu.describing.terms import OA, RDF, RDFS, XSD, Iri, Literal, Object, Quad, zh
from fatu.iris import Iris


def report_quads(name: str, *observations: dict[str, str], iris: Iris | None = None) -> list[Quad]:
    """A report of area 990101 for 2021; each observation: name, value, and what differs from the usual."""
    iris = iris or Iris()
    report, quads = iris.named_report(name), list[Quad]()

    def say(subject: str, predicate: str, value: Object) -> None:
        quads.append(Quad(subject, predicate if "://" in predicate else iris.term(predicate), value, "urn:g"))

    def number(value: object, kind: str = "integer") -> Literal:
        return Literal(str(value), XSD + kind)

    say(report, RDF + "type", Iri(iris.term("Report")))
    say(report, RDFS + "label", zh("报告"))
    say(report, "reportYear", number(2021, "gYear"))
    for place, given in enumerate(observations):
        iri, span = f"{report}#obs-{given['name']}", f"{report}#char={place},{place + 1}"
        say(iri, RDF + "type", Iri(iris.term("Observation")))
        say(iri, RDFS + "label", zh(given.get("label", given["name"])))
        say(iri, "inReport", Iri(report))
        say(iri, "evidence", Iri(span))
        say(span, OA + "start", number(place))
        say(span, OA + "end", number(place + 1))
        say(span, OA + "exact", zh(given.get("text", "字")))
        say(iri, "indicator", Iri(iris.concept("indicator", given.get("indicator", "cases"))))
        say(iri, "value", number(given["value"], "decimal"))
        say(iri, "decimals", number(0))
        say(iri, "unit", Iri(iris.concept("unit", given.get("unit", "jian"))))
        say(iri, "bound", Iri(iris.term(given.get("bound", "exact"))))
        say(iri, "area", Iri(iris.area("990101")))
        say(iri, "status", Iri(iris.term(given.get("status", "achieved"))))
        if "high" in given:
            say(iri, "valueHigh", number(given["high"], "decimal"))
        if "scope" in given:
            say(iri, "scope", zh(given["scope"]))
        if "actor" in given:
            say(iri, "actor", Iri(iris.agency("990101", given["actor"])))
        if "actorText" in given:
            say(iri, "actorText", zh(given["actorText"]))
        if given.get("period"):
            say(iri, "period", number(given["period"], "gYear"))
    return quads


TRAPS = report_quads(
    "traps",
    {"name": "planned", "value": "10", "period": "2021", "status": "planned"},
    {"name": "done", "value": "12", "period": "2021"},
    {"name": "again", "value": "12", "period": "2021"},
    {"name": "event", "value": "3", "high": "5", "scope": "汛期"},
    {
        "name": "formula",
        "value": "1",
        "period": "2021",
        "indicator": "other",
        "text": "=1+1",
        "label": "@SUM(A1)",
    },
    {"name": "noise", "value": "1", "period": "2021", "indicator": "third", "text": "甲\x0b乙"},
)
