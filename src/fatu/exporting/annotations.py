"""Quads → Web Annotations: every mention, citation and figure as a note on the source text, and on the file that this
was read from.

W3C Web Annotation Data Model, 2017: https://www.w3.org/TR/annotation-model/. Positions are code points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from ..describing.terms import RDF, Iri, Quad
from ..iris import Iris, within
from .records import write_json
from .selectors import Node, find_targets
from .statements import Statements, local_name

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write_annotations(quads: Sequence[Quad], iris: Iris) -> bytes:
    """JSON-LD: one AnnotationCollection, its annotations by report, by place in the text, by IRI."""
    statements = Statements.of(quads, iris)
    items = list(_annotations(statements))
    collection = iris.concept("annotations", _name(statements))
    document = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": " / ".join(statements.label(report) for report in statements.instances("Report")),
        "total": len(items),
        "first": {
            "id": f"{collection}/1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": items,
        },
    }
    return write_json(document)


def _name(statements: Statements) -> str:
    """The id of the one report, or a digest of the ids of many: the same reports, the same collection."""
    names = [statements.report_id(report) for report in statements.instances("Report")]
    return names[0] if len(names) == 1 else hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def _annotations(statements: Statements) -> Iterator[Node]:
    for subject in statements.instances("Mention", "Citation", "Observation"):
        passages = statements.passages(subject)
        if not passages:
            continue
        # The words that name the thing; a citation's longer passage also says what it is cited for.
        passage = min(passages, key=lambda p: (p.end - p.start, p))
        observed = Iri(statements.iris.term("Observation")) in statements.objects(subject, RDF + "type")
        entity = (
            subject if observed else statements.link(subject, "refersTo") or statements.link(subject, "cites")
        )
        yield {
            "id": within(statements.report(subject), f"annotation-{local_name(subject)}"),
            "type": "Annotation",
            "motivation": "tagging" if observed or not entity else "identifying",
            "body": list(_bodies(statements, subject, entity)),
            "target": find_targets(statements, passage),
        }


def _bodies(statements: Statements, subject: str, entity: str) -> Iterator[Node]:
    """The entity, where it is known which; what the citation is for; the name, for people to read."""
    if entity:
        purpose = "linking" if entity == subject else "identifying"
        yield {"type": "SpecificResource", "source": entity, "purpose": purpose}
    if function := statements.link(subject, "function"):
        yield {"type": "SpecificResource", "source": function, "purpose": "classifying"}
    yield {
        "type": "TextualBody",
        "value": statements.label(entity or subject),
        "format": "text/plain",
        "language": "zh",
        "purpose": "tagging",
    }
