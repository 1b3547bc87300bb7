"""RDF → network: what is drawn, what is known of each node, and the words of the report that say so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from unicodedata import category

import networkx as nx
from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Graph, Namespace, URIRef
from rdflib.term import Node

from fatu.viewing.statements import Statements, local_name, word_key, write_number
from fatu.viewing.wording import load_kinds, load_words

LABEL_LENGTH = 18
OA = Namespace("http://www.w3.org/ns/oa#")
_UNSAID = {
    "altLabel", "candidate", "closeMatch", "comment", "decimals", "docCode", "docSeq", "docYear", "evidence",
    "expectedHigh", "expectedLow", "inReport", "inText", "label", "language", "length", "order", "prefLabel",
    "refersTo", "scale", "sha256", "text", "textOf", "topConceptOf", "type", "unit", "value", "valueHigh",
}  # fmt: skip
_BOOKKEEPING = (RDF.type, SKOS.inScheme, OWL.sameAs)
_SAME = {"publicises": "references", "issues": "produces", "guides": "targets"}
"""Function of a citation → the property by which a measure or plan may say the same."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its value in Chinese and English (the same where the value is a text of the report)."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source text that stand behind a node: a half-open range of code points, and the text there.

    `source` is the IRI of the report whose text it is; `note` the key of a word that says what for, or empty.
    """

    source: str
    start: int
    end: int
    exact: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A mention that refers to nothing known, with the names of what it may be."""

    iri: str
    name: str
    candidates: tuple[str, ...]
    quotes: tuple[Quote, ...]


_ONLY_FROM = {"inReport": ("Section",), "area": ("Report",)}
"""Properties that are an edge only from some classes; from others they would tie everything to one node."""
_SHARED = ("PolicyDocument", "Agency")
_FOLLOWED = ("promulgates", "issuedBy", "unitOf")


def make_network(source: Dataset | Graph) -> nx.MultiDiGraph:
    """A graph of fatu as a network; nodes and edges come in an order that does not depend on the dataset's.

    Node: the IRI; attributes `kind` (class), `label` and `label_en` (at most 18 characters and …), `name` (all
    of it), `name_en`, `facts`, `quotes`, `report` (IRI of the report it is part of, or empty for what reports
    share), `start` (where the text first speaks of it, -1 if never); observations also `amount`, `value` (a
    decimal, as a string) and `unit` (its measure word), documents `number`, findings `verdict` and
    `severity`.
    Edge: in the direction of the statement; its key is the property's local name, attributes `zh` and `en`
    name it. A citation is an edge from the measure or plan around it, or from its report, to the document;
    its key is the citation's function.
    """
    return connect(Statements.of(source))


def connect(statements: Statements, kept: Collection[str] = ()) -> nx.MultiDiGraph:
    """The network of statements that are already read, as `make_network` gives it; `kept` are IRIs of nodes that
    are in it even where no report speaks of them."""
    kinds = _find_kinds(statements, frozenset(kept))
    quotes = _find_quotes(statements, kinds)
    network = nx.MultiDiGraph()
    rank = {kind: number for number, kind in enumerate(load_kinds())}
    drawn = sorted(
        kinds, key=lambda n: (rank[kinds[n]], quotes[n][0].start if quotes[n] else 1 << 40, str(n))
    )
    for node in drawn:
        network.add_node(str(node), **_describe(statements, node, kinds, quotes[node]))
    for node in drawn:
        for predicate, value in statements.pairs(node):
            name = local_name(predicate)
            if value in kinds and value != node and kinds[node] in _ONLY_FROM.get(name, (kinds[node],)):
                zh, en = statements.property_words(predicate)
                network.add_edge(str(node), str(value), name, zh=zh, en=en)
    _connect_citations(statements, network)
    return network


def find_texts(statements: Statements) -> dict[str, str]:
    """Report IRI → its whole source text, for the reports whose graph carries it."""
    found = {}
    for node in statements.instances("SourceText"):
        report, text = statements.value(node, "textOf"), statements.value(node, "text")
        if text is not None:
            found[str(report) if report is not None else str(node).removesuffix("/text")] = str(text)
    return found


def find_unresolved(statements: Statements) -> list[Unresolved]:
    """The mentions that no entity was found for, in the order of the text."""
    found = [
        Unresolved(
            str(node),
            statements.label(node),
            tuple(
                _name_candidate(statements, c) for c in statements.values(node, statements.term("candidate"))
            ),
            _sort(_quotes_of(statements, node)),
        )
        for node in statements.instances("Mention")
        if statements.value(node, "refersTo") is None and statements.value(node, "cites") is None
    ]
    return sorted(found, key=lambda mention: (mention.quotes[0].start if mention.quotes else -1, mention.iri))


def _name_candidate(statements: Statements, node: Node) -> str:
    """A candidate's label, or as much of its IRI as tells area and function."""
    label = statements.label(node)
    return label if label != local_name(node) else "/".join(str(node).rsplit("/", 2)[-2:])


def _find_kinds(statements: Statements, kept: frozenset[str]) -> dict[Node, str]:
    """Each node that is drawn and its class. A topic is what something that is drawn has as its topic; an area
    is a report's, or one that such an area lies in."""
    kinds: dict[Node, str] = {}
    for kind in [name for name in load_kinds() if name not in ("Topic", "Area")]:
        for node in statements.instances(kind):
            kinds.setdefault(node, kind)
    told = _find_told(statements, kinds)
    kinds = {n: kind for n, kind in kinds.items() if kind not in _SHARED or n in told or str(n) in kept}
    topics = {t for node in kinds for t in statements.values(node, statements.term("topic"))}
    kinds |= {topic: "Topic" for topic in topics if topic not in kinds}
    areas = [area for area in statements.instances("Area") if str(area) in kept]
    return kinds | dict.fromkeys([*areas, *_find_areas(statements)], "Area")


def _find_areas(statements: Statements) -> Iterator[Node]:
    """The areas of the reports, each followed by what it lies in."""
    for report in statements.instances("Report"):
        area = statements.value(report, "area")
        seen: set[Node] = set()
        while area is not None and area in statements.index and area not in seen:
            seen.add(area)
            yield area
            area = statements.value(area, "within")


def _find_told(statements: Statements, kinds: dict[Node, str]) -> set[Node]:
    """What the report itself speaks of among the things that reports share, with what it issues, who issued it and
    what it is part of; not what only a table knows of them: notices, later names, documents carried out."""
    mentions = [m for kind in ("Mention", "Citation") for m in statements.instances(kind)]
    sources = [*mentions, *(node for node, kind in kinds.items() if kind not in _SHARED)]
    queue = [
        value
        for node in sources
        for predicate, value in statements.pairs(node)
        if kinds.get(value) in _SHARED
        and local_name(predicate) != "candidate"  # what it may be it need not be
    ]
    told = set(queue)
    for node in queue:
        for predicate, value in statements.pairs(node):
            if local_name(predicate) in _FOLLOWED and kinds.get(value) in _SHARED and value not in told:
                told.add(value)
                queue.append(value)
    return told


def _find_quotes(statements: Statements, kinds: dict[Node, str]) -> dict[Node, tuple[Quote, ...]]:
    """The evidence of each node, and of the mentions and citations that refer to it."""
    found: dict[Node, set[Quote]] = {node: _quotes_of(statements, node) for node in kinds}
    for kind, reference in (("Mention", "refersTo"), ("Citation", "cites")):
        for node in statements.instances(kind):
            for entity in statements.values(node, statements.term(reference)):
                if entity in found:
                    found[entity] |= _quotes_of(statements, node)
    return {node: _sort(quotes) for node, quotes in found.items()}


def _sort(quotes: set[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda q: (q.source, q.start, q.end, q.note, q.exact)))


def _quotes_of(statements: Statements, node: Node) -> set[Quote]:
    function = statements.value(node, "function")
    note = f"function.{local_name(function)}" if function is not None else ""
    quotes = set()
    for span in statements.values(node, statements.term("evidence")):
        start, end, exact = (
            next(iter(statements.values(span, p)), None) for p in (OA.start, OA.end, OA.exact)
        )
        if start is None or end is None:
            continue
        text = statements.value(span, "inText")
        report = statements.value(text, "textOf") if text is not None else None
        source = str(report) if report is not None else str(span).split("#", 1)[0]
        quotes.add(Quote(source, int(str(start)), int(str(end)), str(exact or ""), note))
    return quotes


def _describe(
    statements: Statements, node: Node, kinds: dict[Node, str], quotes: tuple[Quote, ...]
) -> dict[str, object]:
    """The attributes of one node."""
    kind = kinds[node]
    name, name_en = statements.label(node), statements.label(node, "en")
    described: dict[str, object] = {"label": shorten(name), "label_en": _shorten_en(name, name_en)}
    if kind == "Observation":
        described = _label_observation(statements, node)
        name, name_en = str(described.pop("name")), str(described.pop("name_en"))
    elif kind == "PolicyDocument":
        described["number"] = str(statements.value(node, "docNumber") or "")
    elif kind == "Finding":
        name = statements.text(node, RDFS.comment, "zh") or name
        name_en = statements.text(node, RDFS.comment, "en") or name
        described = _label_finding(statements, node, name, name_en)
    report = statements.value(node, "inReport")
    if report is None and "#" in str(node):
        report = URIRef(str(node).split("#", 1)[0])
    return described | {
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "facts": _find_facts(statements, node, kinds, name),
        "quotes": quotes,
        "report": str(node) if kind == "Report" else str(report or ""),
        "start": quotes[0].start if quotes else -1,
    }


def _label_observation(statements: Statements, node: Node) -> dict[str, object]:
    """Names and labels of an observation: what it counts and how many, the number never cut off. In Chinese a figure
    of a table counts what the heads of its row and column say."""
    indicator = statements.value(node, "indicator")
    said: dict[str, object] = {
        "amount": statements.amount(node),
        "value": write_number(str(statements.value(node, "value") or "")),
        "unit": statements.unit(node),
    }
    heads = statements.text(node, statements.term("heads"), "zh")
    for tail, language, length in (("", "zh", LABEL_LENGTH), ("_en", "en", 2 * LABEL_LENGTH)):
        named = statements.label(node if indicator is None else indicator, language)
        counted = heads if heads and language == "zh" else named
        amount = statements.amount(node, language)
        said[f"name{tail}"] = f"{counted} {amount}".strip()
        said[f"label{tail}"] = f"{shorten(counted, max(4, length - 3 - len(amount)))} {amount}".strip()
    return said


def _label_finding(statements: Statements, node: Node, name: str, name_en: str) -> dict[str, object]:
    """Verdict, severity and labels of a finding; of a contradicted figure what is said and what comes out."""
    verdict, severity = statements.value(node, "verdict"), statements.value(node, "severity")
    about, expected = statements.value(node, "about"), statements.expected(node)
    said: dict[str, object] = {
        "verdict": word_key(verdict) if verdict is not None else "",
        "severity": local_name(severity).lower() if severity is not None else "info",
        "label": shorten(name),
        "label_en": shorten(name_en, 2 * LABEL_LENGTH),
    }
    amount = statements.amount(about) if about is not None else ""
    if about is not None and amount and expected and said["verdict"] == "inconsistent":
        zh, en = load_words()["ui.contradiction"]
        computed = expected + statements.unit(about)
        said["label"] = zh.format(stated=amount, computed=computed)
        said["label_en"] = en.format(stated=amount, computed=computed)
    return said


def _find_facts(statements: Statements, node: Node, kinds: dict[Node, str], title: str) -> tuple[Fact, ...]:
    """What is stated of a node, in the order of the page's words; its links to drawn nodes are edges."""
    facts = []
    if amount := statements.amount(node):
        facts.append(Fact("value", amount, statements.amount(node, "en")))
    if expected := statements.expected(node):
        facts.append(Fact("expected", expected, expected))
    for predicate, value in statements.pairs(node):
        name = local_name(predicate)
        is_edge = value in kinds and kinds[node] in _ONLY_FROM.get(name, (kinds[node],))
        if name in _UNSAID or predicate in _BOOKKEEPING or is_edge or str(value) == title:
            continue
        facts.append(Fact(name, *statements.words(name, value)))
    indicator = statements.value(node, "indicator")
    if indicator is not None:
        for name in ("numerator", "denominator"):
            part = statements.value(indicator, name)
            if part is not None:
                facts.append(Fact(name, *statements.words(name, part)))
    order = {key: number for number, key in enumerate(load_words())}
    return tuple(sorted(facts, key=lambda f: (order.get(f"property.{f.name}", len(order)), f.name, f.zh)))


def _connect_citations(statements: Statements, network: nx.MultiDiGraph) -> None:
    """An edge for each citation, named for its function, where no edge says the same already."""
    owners: dict[str, list[tuple[int, int, str]]] = {}
    for node, data in network.nodes(data=True):
        if data["kind"] in ("Measure", "Plan"):
            for quote in data["quotes"]:
                owners.setdefault(quote.source, []).append((quote.start, quote.end, node))
    for spans in owners.values():
        spans.sort()
    for citation in statements.instances("Citation"):
        document, function = statements.value(citation, "cites"), statements.value(citation, "function")
        report = str(statements.value(citation, "inReport") or str(citation).split("#", 1)[0])
        if document is None or str(document) not in network:
            continue
        name = local_name(function) if function is not None else "mentions"
        zh, en = load_words().get(f"function.{name}", (name, name))
        twins = [
            edge
            for _, _, key, edge in network.in_edges(str(document), keys=True, data=True)
            if key == _SAME.get(name)
        ]
        for edge in twins:
            edge.update(zh=zh, en=en)
        subject = _find_owner(owners, _sort(_quotes_of(statements, citation))) or report
        if not twins and subject in network and not network.has_edge(report, str(document), name):
            network.add_edge(subject, str(document), name, zh=zh, en=en)


def _find_owner(owners: dict[str, list[tuple[int, int, str]]], quotes: tuple[Quote, ...]) -> str:
    """The last measure or plan that starts at or before one of the quotes and contains it; empty if none."""
    for quote in quotes:
        spans = owners.get(quote.source, [])
        at = bisect_right(spans, (quote.start, 1 << 60, "")) - 1
        if at >= 0 and quote.end <= spans[at][1]:
            return spans[at][2]
    return ""


def _shorten_en(name: str, name_en: str) -> str:
    """A label in English, or in Chinese where there is no English name; English letters are narrow."""
    return shorten(name_en, LABEL_LENGTH if name_en == name else 2 * LABEL_LENGTH)


def shorten(text: str, length: int = LABEL_LENGTH) -> str:
    """A text in one line of at most `length` characters, and … where more was said; marks that turn the
    direction of writing are left out, as a drawing cannot keep them to themselves."""
    line = " ".join("".join(c for c in text if category(c) != "Cf").split())
    return line if len(line) <= length else line[:length] + "…"
