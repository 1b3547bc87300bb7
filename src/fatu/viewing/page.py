"""The page: a network and its boards set into our own template, with everything it needs inside."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rdflib import Dataset, Graph

from fatu.viewing.centrality import measure_network
from fatu.viewing.comparing import compare_reports, mark_words, marks_apart
from fatu.viewing.layout import Board, arrange, share_out
from fatu.viewing.network import Quote, Unresolved, connect, find_texts, find_unresolved
from fatu.viewing.overview import survey
from fatu.viewing.pinyin import write_initials
from fatu.viewing.placing import Stand, find_pictures, find_places
from fatu.viewing.statements import Statements
from fatu.viewing.wording import asset, load_kinds, load_network_words, load_words

SCRIPTS = (
    "data", "drawing", "scenes", "canvas", "panel", "findings", "places", "source", "search", "table", "charts",
    "comparison", "trends", "figures", "images", "address", "page",
)  # fmt: skip
"""The page's scripts, in the order in which they are set into one function."""
MOST_CENTRAL = 30
"""Central nodes of a class that the page carries."""
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
_OPTIONS: dict[str, object] = {
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "stabilization": {"enabled": False},
        "forceAtlas2Based": {"gravitationalConstant": -160, "springLength": 160, "avoidOverlap": 0.6},
    },
    "autoResize": False,
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {"hover": False, "multiselect": False, "hideEdgesOnDrag": False, "keyboard": {"enabled": False}},
    "nodes": {"shape": "custom"},
    "edges": {"smooth": False, "hidden": True},
}  # fmt: skip


def render_explorer(source: Dataset | Graph, kept: Collection[str] = (), server: str = "") -> str:
    """One self-contained HTML document that shows a graph of fatu (any number of reports).

    `source` follows the interfaces: an rdflib Dataset, whose named graphs are read as one, or a plain Graph.
    The page asks for nothing from outside; the same graph gives the same page. Its first canvas is the graph.
    `kept` are IRIs of nodes that are drawn even where no report speaks of them; `server` is the address of a server
    that answers queries, to which a node leads.
    """
    statements = Statements.of(source)
    network = connect(statements, kept)
    number = {node: at for at, node in enumerate(network)}
    names = _name_edges(network)
    comparison = compare_reports(statements, number)
    data = {
        "nodes": [_write_node(node, found) for node, found in network.nodes(data=True)],
        "edges": [
            part
            for subject, value, key, found in network.edges(keys=True, data=True)
            for part in (number[subject], number[value], names[key, found["zh"], found["en"]])
        ],
        "relations": [list(name) for name in names],
        "scenes": _make_scenes(network, number),
        "options": _make_options(),
        "server": server,
        "root": statements.ontology.removesuffix("ns#") + "id/",
        "figures": _write_figures(network, number),
        "comparison": comparison,
        "unresolved": [_write_unresolved(mention) for mention in find_unresolved(statements)],
        "texts": find_texts(statements),
        "places": {
            report: [_write_stand(s) for s in found] for report, found in find_places(statements).items()
        },
        "pictures": find_pictures(statements),
        "words": load_words() | mark_words() | _property_words(network, statements),
        "apart": marks_apart(),
        "kinds": [
            {"name": k.name, "shown": k.shown, "dashed": k.dashed, "shape": k.shape, "width": k.width}
            for k in load_kinds().values()
        ],
    }
    titles = [found["name"] for _, found in network.nodes(data=True) if found["kind"] == "Report"]
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(asset("templates/explorer.html.j2"))
    return template.render(
        title=" ".join(titles[0].split()) if len(titles) == 1 else load_words()["ui.name"][0],
        words={key: zh for key, (zh, _) in load_words().items()},
        kinds=list(load_kinds().values()),
        compares=comparison is not None,
        style=Markup(asset("templates/explorer.css")),
        data=Markup(write_json(data)),
        library=Markup(_library()),
        script=Markup("\n".join(asset(f"templates/{name}.js") for name in SCRIPTS)),
    )


def write_json(data: object) -> str:
    """JSON that can stand in a script element: no character of it can end the element or a line of script."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(_ESCAPES)


def _library() -> str:
    """vis-network as the installed pyvis carries it, less the pointer to a source map that it does not."""
    import pyvis

    script = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    lines = script.read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _make_options() -> Any:
    """What the drawing is told of how it looks and behaves, checked by pyvis."""
    from pyvis.network import Network  # brings IPython with it: only when a page is made

    drawing = Network(directed=True)
    drawing.set_options(json.dumps(_OPTIONS))
    return drawing.options


def _name_edges(network: nx.MultiDiGraph) -> dict[tuple[str, str, str], int]:
    """The names that edges have (property, Chinese, English), numbered in the order of their first edge."""
    names = dict.fromkeys(
        (key, found["zh"], found["en"]) for *_, key, found in network.edges(keys=True, data=True)
    )
    return {name: at for at, name in enumerate(names)}


def _make_scenes(network: nx.MultiDiGraph, number: dict[str, int]) -> list[dict[str, object]]:
    """The boards that the page can show: of several reports first the overview, then one for each report.

    Each is laid out for a screen and for a narrow window; `of` is the report's number, -1 of the overview, -2 of
    what belongs to no report.
    """
    groups = share_out(network)
    scenes: list[dict[str, object]] = []
    if len([report for report in groups if report]) > 1:
        boards = [_write_board(survey(network, columns), number) for columns in (None, 2)]
        scenes.append({"of": -1, "boards": boards})
    for report, nodes in groups.items():
        boards = [_write_board(arrange(network, report, nodes, columns), number) for columns in (None, 1)]
        scenes.append({"of": number.get(report, -2), "boards": boards})
    return scenes


def _write_board(board: Board, number: dict[str, int]) -> dict[str, object]:
    """A board in numbers: node, x, y, width, height and font of each box in one list."""
    return {
        "at": [part for node, place in board.places.items() for part in (number[node], *place)],
        "captions": [[c.word, c.kind, c.x, c.y, number.get(c.of, -1)] for c in board.captions],
        "panels": board.panels,
    }


def _write_figures(network: nx.MultiDiGraph, number: dict[str, int]) -> dict[str, object]:
    """The figures of the network as the page shows them; nodes by their number, decimals as they are written."""
    figures = measure_network(network)
    words = load_network_words()
    return {
        "central": [
            [
                kind,
                [
                    [number[n.iri], n.degree, n.reports, str(n.betweenness), str(n.pagerank)]
                    for n in ranked[:MOST_CENTRAL]
                    if n.degree
                ],
            ]
            for kind, ranked in figures.central.items()
        ],
        "communities": [
            {
                "size": community.size,
                "leading": [number[leader.iri] for leader in community.leading],
                "members": [number[iri] for iri in community.members],
            }
            for community in figures.communities
        ],
        "modularity": str(figures.modularity),
        "hierarchy": [
            {
                "depth": branch.depth,
                "node": number[branch.iri],
                "relation": words[f"relation.{branch.relation}"] if branch.relation else None,
                "level": words[f"level.{branch.level}"] if branch.level and not branch.depth else None,
            }
            for branch in figures.hierarchy
        ],
    }


def _property_words(network: nx.MultiDiGraph, statements: Statements) -> dict[str, tuple[str, str]]:
    """Words for the properties that the page's table lacks, from the ontology that the graph carries."""
    names = {fact.name for _, found in network.nodes(data=True) for fact in found["facts"]}
    unknown = sorted(name for name in names if f"property.{name}" not in load_words())
    return {f"property.{name}": statements.property_words(statements.term(name)) for name in unknown}


def _write_node(node: str, found: dict[str, Any]) -> dict[str, object]:
    """All that the page knows of a node; what is empty is left out."""
    written = {
        "id": node,
        "kind": found["kind"],
        "name": [found["name"], found["name_en"]],
        "label": [found["label"], found["label_en"]],
        "initials": write_initials(found["name"]),
        "report": found["report"],
        "facts": [[fact.name, fact.zh, fact.en] for fact in found["facts"]],
        "quotes": [_write_quote(quote) for quote in found["quotes"]],
        "start": found["start"],
    }
    for name in ("verdict", "severity", "number", "amount", "value", "unit"):
        if found.get(name):
            written[name] = found[name]
    return written


def _write_unresolved(mention: Unresolved) -> dict[str, object]:
    return {
        "id": mention.iri,
        "kind": "Mention",
        "name": [mention.name, mention.name],
        "label": [mention.name, mention.name],
        "initials": write_initials(mention.name),
        "report": mention.quotes[0].source if mention.quotes else "",
        "facts": [["candidate", name, name] for name in mention.candidates],
        "quotes": [_write_quote(quote) for quote in mention.quotes],
        "start": mention.quotes[0].start if mention.quotes else -1,
    }


def _write_quote(quote: Quote) -> list[object]:
    return [quote.source, quote.start, quote.end, quote.exact, quote.note]


def _write_stand(stand: Stand) -> list[object]:
    where = [stand.page, list(stand.box), stand.path, stand.paragraph]
    return [stand.start, stand.end, *where, stand.confidence if stand.is_uncertain else ""]
