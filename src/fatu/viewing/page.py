"""The page: a pyvis network set into our own template, with everything it needs inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unicodedata import category, east_asian_width

import networkx as nx
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rdflib import Dataset, Graph

from fatu.viewing.layout import TWIN, Board, Place, arrange
from fatu.viewing.network import Quote, Unresolved, connect, find_texts, find_unresolved
from fatu.viewing.statements import Statements
from fatu.viewing.wording import asset, load_kinds, load_words

_SIDE_MARGIN = 6
_TAILS = ("", "_en")
_SKELETON = {"hasObservation", "hasOutcome", "promulgates"}
_FROM_REPORT = {"compiledUnder", "implementsPolicy"}
_SIGNS = {"inconsistent": "≠", "unverifiable": "?", "missing": "!", "late": "!"}
_LEFT = {"Section", "Measure", "Problem", "Plan", "Outcome"}
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
_OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {
        "hover": True, "tooltipDelay": 120, "multiselect": True, "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"shape": "box", "chosen": {"node": True, "label": False}, "scaling": {"label": {"drawThreshold": 4}}},
    "edges": {"width": 1, "selectionWidth": 1, "hoverWidth": 1},
}  # fmt: skip


def render_explorer(source: Dataset | Graph) -> str:
    """One self-contained HTML document that shows a graph of fatu (any number of reports).

    `source` follows the interfaces: an rdflib Dataset, whose named graphs are read as one, or a plain Graph.
    The page asks for nothing from outside; the same graph gives the same page. Its first canvas is the graph.
    """
    statements = Statements.of(source)
    network = connect(statements)
    wide, narrow = arrange(network), arrange(network, columns=1)
    drawing = _draw(network, wide, narrow)
    unresolved = find_unresolved(statements)
    data = {
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "options": drawing.options,
        "boards": [{"captions": _captions(b), "panels": b.panels} for b in (wide, narrow)],
        "details": {node: _detail(found) for node, found in network.nodes(data=True)},
        "unresolved": {mention.iri: _write_unresolved(mention) for mention in unresolved},
        "texts": find_texts(statements),
        "words": load_words() | _property_words(network, statements),
        "kinds": [{"name": k.name, "shown": k.shown} for k in load_kinds().values()],
    }
    titles = [found["name"] for _, found in network.nodes(data=True) if found["kind"] == "Report"]
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(asset("templates/explorer.html.j2"))
    return template.render(
        title=" ".join(titles[0].split()) if titles else load_words()["ui.graph"][0],
        words={key: zh for key, (zh, _) in load_words().items()},
        kinds=list(load_kinds().values()),
        style=Markup(asset("templates/explorer.css")),
        data=Markup(write_json(data)),
        library=Markup(_library()),
        script=Markup(asset("templates/explorer.js")),
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


def _draw(network: nx.MultiDiGraph, wide: Board, narrow: Board) -> Any:
    """The pyvis network: boxes by class at their places, the skeleton in view, other relations on demand.

    Its lists are filled directly: `add_node` and `add_edge` search them each time.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network  # brings IPython with it: only when a page is made
    from pyvis.node import Node

    drawing = Network(directed=True)
    drawing.set_options(json.dumps(_OPTIONS))
    alarming = {
        about
        for finding, about, key in network.edges(keys=True)
        if key == "about" and network.nodes[finding].get("verdict") == "inconsistent"
    }
    for node, found in network.nodes(data=True):
        box = _box(found, wide.places[node])
        small = narrow.places[node]
        drawing.nodes.append(
            Node(
                node,
                **box,
                alarm=node in alarming,
                narrow=[
                    small.x,
                    small.y,
                    small.width - 2 * _SIDE_MARGIN,
                    *(_label(found, small, tail) for tail in _TAILS),
                ],
            ).options
        )
    drawing.node_ids = list(network)
    drawing.node_map = dict(zip(drawing.node_ids, drawing.nodes, strict=True))
    for number, (subject, value, key, found) in enumerate(network.edges(keys=True, data=True)):
        line = _line(network.nodes[subject]["kind"], key, wide.places[value])
        drawing.edges.append(
            Edge(subject, value, id=f"e{number}", key=key, zh=found["zh"], en=found["en"], **line).options
        )
    return drawing


def _box(found: dict[str, Any], at: Place) -> dict[str, object]:
    """What pyvis is told of a node."""
    kind = load_kinds()[found["kind"]]
    line, fill, ink = kind.light
    labels = [_label(found, at, tail) for tail in _TAILS]
    lines = max(label.count("\n") + 1 for label in labels)
    margin = max(1, (at.height - lines * at.font - 1) // 2)
    return {
        "label": labels[0],
        "label_en": labels[1],
        "kind": kind.name,
        "shape": "box",
        "x": at.x,
        "y": at.y,
        "color": {"border": line, "background": fill},
        "font": {"size": at.font, "color": ink, "align": "left" if kind.name in _LEFT else "center"},
        "margin": {"top": margin, "bottom": margin, "left": _SIDE_MARGIN, "right": _SIDE_MARGIN},
        "widthConstraint": {"minimum": at.width - 2 * _SIDE_MARGIN},
        "heightConstraint": {"minimum": at.height - 2 * margin, "valign": "middle"},
        "shapeProperties": {"borderRadius": kind.radius, "borderDashes": [6, 4] if kind.dashed else False},
        "severity": found.get("severity", ""),
        "hidden": not kind.shown,
    }


def _label(found: dict[str, Any], at: Place, tail: str) -> str:
    """What stands in a node's box, in Chinese or (tail `_en`) English: as much as there is room for."""
    kind, room = found["kind"], 10 * (at.width - 2 * _SIDE_MARGIN) // at.font
    look = load_kinds()[kind]
    label = str(found[f"label{tail}"])
    name = " ".join(str(found[f"name{tail}"]).split())
    if kind == "Finding" and at.width <= look.width:
        return _SIGNS.get(found["verdict"], "✓")
    if kind == "Outcome" and at.width < look.width:
        return load_words()["ui.twin"][tail != ""]
    if kind == "Report":
        return _cut(name, room)
    if kind == "Observation" and _measure(label) > room:
        amount = label.rsplit(" ", 1)[-1]
        return f"{_cut(label.removesuffix(amount).rstrip(), room - _measure(amount) - 6)} {amount}"
    if kind == "PolicyDocument" and found["number"]:
        return f"{found['number']}\n{_cut(name, room)}"
    if at.height < 2 * at.font:
        return _cut(label, room)
    return _break(label if kind == "Finding" else name, room)


def _line(kind: str, key: str, to: Place) -> dict[str, object]:
    """How an edge runs, and whether it belongs to the skeleton that is always in view."""
    sideways = key in ("hasObservation", "hasOutcome", "about", "promulgates")
    apart = key != "hasOutcome" or to.width > TWIN  # a tag beside a figure needs no line of its own
    drop = kind == "Report" and key in _FROM_REPORT
    return {
        "skeleton": key in _SKELETON and apart,
        "drop": drop,
        "hidden": not (key in _SKELETON and apart),
        "smooth": {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal" if sideways else "vertical",
            "roundness": 0.4,
        },
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35 if sideways else 0.6}},
    }


def _cut(label: str, room: int) -> str:
    """A label that is at most `room` tenths of the font's size wide, with … where more was said."""
    if _measure(label) <= room:
        return label
    kept, width = 0, 0
    while width + _measure(label[kept]) <= room - 10:
        width += _measure(label[kept])
        kept += 1
    return label[:kept].rstrip("… ") + "…"


def _break(label: str, room: int) -> str:
    """A label in two lines of about the same width where one would be wider than `room`; a word or number of
    ASCII characters stays whole."""
    if _measure(label) <= room or len(label) < 2:
        return label
    label = _cut(label, 2 * room - 10)
    seams = [n for n in range(1, len(label)) if _may_part(label[n - 1], label[n])]
    middle = min(
        seams or range(1, len(label)), key=lambda n: (max(_measure(label[:n]), _measure(label[n:])), n)
    )
    return "\n".join(_cut(line.strip(), room) for line in (label[:middle], label[middle:]))


def _measure(text: str) -> int:
    """The width of a text in tenths of the font's size: full characters are square, others narrower."""
    return sum(10 if east_asian_width(character) in "WFA" else 6 for character in text)


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters: not in a word or range, after an opening, before a closing."""
    is_word = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    opens, closes = category(before) in ("Ps", "Pi", "Pd"), category(after) in ("Pe", "Pf", "Po", "Pd")
    return not (is_word or opens or closes)


def _captions(board: Board) -> list[list[object]]:
    return [[caption.word, caption.kind, caption.x, caption.y, caption.of] for caption in board.captions]


def _property_words(network: nx.MultiDiGraph, statements: Statements) -> dict[str, tuple[str, str]]:
    """Words for the properties that the page's table lacks, from the ontology that the graph carries."""
    names = {fact.name for _, found in network.nodes(data=True) for fact in found["facts"]}
    unknown = sorted(name for name in names if f"property.{name}" not in load_words())
    return {f"property.{name}": statements.property_words(statements.term(name)) for name in unknown}


def _detail(found: dict[str, Any]) -> dict[str, object]:
    """What the page tells of a node when it is chosen."""
    return {
        "name": [found["name"], found["name_en"]],
        "report": found["report"],
        "facts": [[fact.name, fact.zh, fact.en] for fact in found["facts"]],
        "quotes": [_write_quote(quote) for quote in found["quotes"]],
        "verdict": found.get("verdict", ""),
        "severity": found.get("severity", ""),
        "start": found["start"],
    }


def _write_unresolved(mention: Unresolved) -> dict[str, object]:
    return {
        "name": [mention.name, mention.name],
        "report": mention.quotes[0].source if mention.quotes else "",
        "facts": [["candidate", name, name] for name in mention.candidates],
        "quotes": [_write_quote(quote) for quote in mention.quotes],
    }


def _write_quote(quote: Quote) -> list[object]:
    return [quote.source, quote.start, quote.end, quote.exact, quote.note]
