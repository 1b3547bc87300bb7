"""Where each node stands: a board that reads from top to bottom and from left to right, in integers only.

On top the documents that the report rests on, below them the report; then its sections as panels in columns,
in each panel at the left what was done, in the order of the text, at the right what it counts and brought
about, with the audit's verdicts beside the figures and its doubts below them; at the foot the documents that
were made, explained or named. Agencies stand at the left of the board, programs at the right, topics below.
Positions depend on the network alone, not on the order of hashing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import networkx as nx

from fatu.viewing.folding import (
    ACTS,
    AROUND,
    BADGE,
    COLUMN,
    FLAG,
    GAP,
    HEADING,
    NOTE,
    PADDING,
    PITCH,
    RESULTS,
    Block,
    Cell,
    Row,
    fold,
    stack,
)
from fatu.viewing.wording import load_kinds

COLUMN_GAP = 18
BAND_GAP = 44
BASIS = (400, 62, 21)
"""Width, height and font of a document that the report rests on."""
DOUBT = (460, 40, 22)
"""The same of a finding that is no figure's: a duty that was not met."""
TWIN = 44
"""Width of an outcome that is a figure at the same time: a tag beside the figure."""
_ON_TOP = ("compiledUnder", "implementsPolicy")
_BY_DEGREE = ("PolicyDocument", "Agency", "Program", "Topic")
_STEPS = ((6, 100), (3, 95), (0, 88))
"""Number of relations from which on a box has so many percent of its size."""


class Place(NamedTuple):
    """The centre of a node with the size of its box and font, in units of the drawing."""

    x: int
    y: int
    width: int
    height: int
    font: int


@dataclass(frozen=True, slots=True)
class Caption:
    """Words over a part of the board: the key of the words, their lower left corner, the class of nodes that
    must be in view for them to make sense, and the node that they speak of, if any."""

    word: str
    kind: str
    x: int
    y: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A laid out network: a place for each node, words over its parts, a panel (left, top, width, height)
    behind each section."""

    places: dict[str, Place] = field(default_factory=dict)
    captions: list[Caption] = field(default_factory=list)
    panels: list[tuple[int, int, int, int]] = field(default_factory=list)


def scale_by_degree(size: tuple[int, int, int], degree: int) -> tuple[int, int, int]:
    """Width, height and font of a box with so many relations."""
    percent = next(percent for least, percent in _STEPS if degree >= least)
    width, height, font = (number * percent // 100 for number in size)
    return width, height, font


def share_out(network: nx.MultiDiGraph) -> dict[str, list[str]]:
    """Report → the nodes of its board, in the network's order; under the empty name what is near no report.

    What reports share (documents, agencies, topics …) stands on the board of each report whose nodes have to do
    with it, with what it points to in turn: a document's issuer, a unit's parent.
    """
    reports = [node for node, data in network.nodes(data=True) if data["kind"] == "Report"]
    own: dict[str, set[str]] = {report: set() for report in reports}
    shared: set[str] = set()
    for node, data in network.nodes(data=True):
        own.get(data["report"], shared).add(node)
    left = set(shared)
    for nodes in own.values():
        near = {n for node in nodes for n in nx.all_neighbors(network, node) if n in shared}
        nodes |= near
        while near:
            near = {n for node in near for n in network.successors(node) if n in shared} - nodes
            nodes |= near
        left -= nodes
    if len(reports) == 1:
        own[reports[0]] |= left
        left = set()
    order = {node: number for number, node in enumerate(network)}
    groups = {report: sorted(nodes, key=order.__getitem__) for report, nodes in own.items()}
    return groups | ({"": sorted(left, key=order.__getitem__)} if left or not reports else {})


def arrange(network: nx.MultiDiGraph, report: str, nodes: list[str], columns: int | None = None) -> Board:
    """The board of one report (or of nodes without a report: the empty name); no two boxes overlap.

    `network` is made by `make_network`, `nodes` are the report's by `share_out`. `columns` None takes as many as
    make the board of about the shape of a screen.
    """
    board = Board()
    _Layout(network, report, nodes, board).fill(0, columns)
    return replace(board, places={node: board.places[node] for node in nodes})


class _Layout:
    """Puts one report's nodes on a board; `fill` is called once."""

    def __init__(self, network: nx.MultiDiGraph, report: str, nodes: list[str], board: Board) -> None:
        self.network = network
        self.report = report
        self.nodes = nodes
        self.board = board
        self.kind: dict[str, str] = {node: network.nodes[node]["kind"] for node in nodes}
        self.about: dict[str, list[str]] = {}
        for finding in self._of("Finding"):
            self.about.setdefault(next(iter(self._to(finding, "about")), report), []).append(finding)

    def fill(self, left: int, columns: int | None) -> None:
        """Gives every node its place, from `left` to the right."""
        folded = fold(self._blocks(), columns)
        body = max(1, len(folded)) * (COLUMN + COLUMN_GAP) - COLUMN_GAP
        height = max((sum(block.height + GAP for block in blocks) for blocks in folded), default=0)
        tall = height + AROUND
        sides = [self._side_width(kind, tall) for kind in ("Agency", "Program")]
        inner = left + sides[0]
        basis = self._to(self.report, *_ON_TOP) if self.report else []
        on_top = list(dict.fromkeys(n for d in basis for n in (d, *self._to(d, "promulgates"))))
        bottom = self._grid(on_top, inner, body, 0, BASIS)
        self._caption("ui.on_top", "PolicyDocument", inner, -GAP, on_top)
        top = self._head(inner, body, bottom + BAND_GAP if on_top else 0)
        self._side("Agency", left, 0, tall)
        self._side("Program", inner + body + BAND_GAP, 0, tall)
        bottom = self._columns(folded, inner, top) + BAND_GAP
        for kind, word in (
            ("PolicyDocument", "ui.at_foot"),
            ("Topic", "class.Topic"),
            ("Area", "class.Area"),
        ):
            rest = [node for node in self._of(kind) if node not in self.board.places]
            self._caption(word, kind, inner, bottom - GAP, rest)
            bottom = self._grid(rest, inner, body, bottom) + (BAND_GAP if rest else 0)
        self._rest(inner, bottom)

    # ----------------------------------------------------------------------------------- what goes where

    def _of(self, *kinds: str) -> list[str]:
        return [node for node in self.nodes if self.kind[node] in kinds]

    def _to(self, node: str, *properties: str) -> list[str]:
        """Targets of some of a node's edges that belong to this board, in the order of the text."""
        edges = self.network.out_edges(node, keys=True)
        return sorted({v for _, v, key in edges if key in properties and v in self.kind}, key=self._order)

    def _order(self, node: str) -> tuple[int, str]:
        return self.network.nodes[node]["start"], node

    def _span(self, node: str) -> tuple[int, int]:
        return next(((q.start, q.end) for q in self.network.nodes[node].get("quotes", ())), (-1, -1))

    def _is_doubt(self, finding: str) -> bool:
        severity: str = self.network.nodes[finding].get("severity", "info")
        return severity != "info"

    def _blocks(self) -> list[Block]:
        """The sections that make the panels, in the order of the text, with their rows."""
        sections = sorted(self._of("Section"), key=self._order)
        children: dict[str, list[str]] = {}
        for section in sections:
            children.setdefault(next(iter(self._to(section, "inSection")), ""), []).append(section)
        rows = self._rows(sections)
        blocks = [Block("", (), tuple(rows[""]))] if rows[""] else []
        for top in children.get("", []):
            below = children.get(top, [])
            if not below or (len(below) < 3 and not any(children.get(child) for child in below)):
                blocks.append(Block(top, (top,), tuple(_walk(top, children, rows))))
                continue
            heads: tuple[str, ...] = (top,)
            if rows[top]:
                blocks.append(Block(top, heads, tuple(rows[top])))
                heads = ()
            for child in below:
                blocks.append(Block(child, (*heads, child), tuple(_walk(child, children, rows))))
                heads = ()
        return blocks

    def _rows(self, sections: list[str]) -> dict[str, list[Row]]:
        """The rows of each section (and of none: the empty name), in the order of the text."""
        rows: dict[str, list[Row]] = {section: [] for section in ["", *sections]}
        before = [
            (self.network.nodes[s]["start"], s) for s in sections if self.network.nodes[s]["start"] >= 0
        ]
        taken: set[str] = set()
        found: list[Row] = []
        for act in sorted(self._of("Measure", "Problem", "Plan"), key=self._order):
            results = [n for n in self._to(act, "hasObservation", "hasOutcome") if n not in taken]
            taken.update(results)
            found.append(Row(act, cells=tuple(self._cells(results))))
        strays = [n for n in self._of("Observation", "Outcome") if n not in taken]
        found += [Row("", cells=tuple(self._cells([node]))) for node in strays]
        for row in sorted(found, key=lambda row: self._order(row.node or row.cells[0].node)):
            node = row.node or row.cells[0].node
            stated = [s for s in self._to(node, "inSection") if s in rows]
            start = self.network.nodes[node]["start"]
            last = [s for at, s in before if at <= start][-1:]
            rows[next(iter([*stated, *last]), "")].append(row)
        return rows

    def _cells(self, results: list[str]) -> Iterator[Cell]:
        """Figures and outcomes; an outcome that is a figure's clause stands beside it, a doubt below it."""
        figures = {self._span(n): n for n in results if self.kind[n] == "Observation"}
        twins: dict[str, list[str]] = {}
        for node in results:
            if self.kind[node] == "Outcome" and self._span(node) in figures:
                twins.setdefault(figures[self._span(node)], []).append(node)
        tagged = {node for tags in twins.values() for node in tags}
        for node in results:
            if node not in tagged:
                about = self.about.get(node, [])
                quiet = [f for f in about if not self._is_doubt(f)]
                tags = self._lines(node, (*quiet, *twins.get(node, ())))
                yield Cell(node, tags, tuple(f for f in about if self._is_doubt(f)))

    def _lines(self, node: str, tags: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Tags in lines that end where the lane of the node ends."""
        lines: list[list[str]] = []
        room = left = RESULTS - load_kinds()[self.kind[node]].width
        for tag in tags:
            wide = self._tag_width(tag) + 4
            if not lines or wide > left:
                lines.append([])
                left = room
            lines[-1].append(tag)
            left -= wide
        return tuple(map(tuple, lines))

    def _tag_width(self, tag: str) -> int:
        return TWIN if self.kind[tag] == "Outcome" else load_kinds()["Finding"].width

    # --------------------------------------------------------------------------------------- the drawing

    def _put(self, node: str, left: int, top: int, size: tuple[int, int, int] | None = None) -> None:
        """Places a node by its upper left corner; what reports share is the smaller the fewer relations it has,
        in the middle of the room that it could take."""
        kind = load_kinds()[self.kind[node]]
        width, height, font = size or (kind.width, kind.height, kind.font)
        at = (left + width // 2, top + height // 2)
        if size is None and kind.name in _BY_DEGREE:
            width, height, font = scale_by_degree((width, height, font), self.network.degree(node))
        self.board.places[node] = Place(*at, width, height, font)

    def _caption(self, word: str, kind: str, x: int, y: int, nodes: list[str]) -> None:
        if nodes:
            self.board.captions.append(Caption(word, kind, x, y))

    def _grid(
        self, nodes: list[str], left: int, width: int, top: int, size: tuple[int, int, int] | None = None
    ) -> int:
        """Nodes of one kind in rows from `top` down, evenly over the width; returns where the grid ends."""
        if not nodes:
            return top
        look = load_kinds()[self.kind[nodes[0]]]
        wide, high = size[:2] if size else (look.width, look.height)
        gap = 3 * GAP if size else GAP
        per_row = max(1, min((width + gap) // (wide + gap), len(nodes)))
        for number, node in enumerate(nodes):
            row, column = divmod(number, per_row)
            self._put(node, left + column * (wide + gap), top + row * (high + GAP), size)
        return top + -(-len(nodes) // per_row) * (high + GAP) - GAP

    def _per_column(self, kind: str, height: int) -> int:
        return max(1, height // (load_kinds()[kind].height + GAP))

    def _side_width(self, kind: str, height: int) -> int:
        """The width of a column of nodes beside the board, with its gap; 0 where there are none."""
        columns = -(-len(self._of(kind)) // self._per_column(kind, height))
        return columns * (load_kinds()[kind].width + GAP) + (BAND_GAP if columns else 0)

    def _side(self, kind: str, left: int, top: int, height: int) -> None:
        """Nodes of a kind one below the other, in as many columns as the height demands."""
        look, nodes = load_kinds()[kind], self._of(kind)
        self._caption(f"class.{kind}", kind, left, top - GAP, nodes)
        for number, node in enumerate(nodes):
            column, row = divmod(number, self._per_column(kind, height))
            self._put(node, left + column * (look.width + GAP), top + row * (look.height + GAP))

    def _head(self, left: int, width: int, top: int) -> int:
        """The report as a bar over its columns, below it what the audit says of it and of no figure; returns
        where the columns begin."""
        if self.report:
            look = load_kinds()["Report"]
            self._put(self.report, left, top, (width, look.height, look.font))
            top += look.height + GAP
        shown = {"Observation", "Outcome"}
        loose = [f for about, found in self.about.items() if self.kind.get(about) not in shown for f in found]
        doubts = [finding for finding in loose if self._is_doubt(finding)]
        quiet = [finding for finding in loose if not self._is_doubt(finding)]
        if doubts:
            top = self._grid(doubts, left, width, top, DOUBT) + GAP
        badge = load_kinds()["Finding"]
        in_row = max(1, width // BADGE)
        for number, finding in enumerate(quiet):
            row, column = divmod(number, in_row)
            self._put(finding, left + column * BADGE, top + row * (badge.height + 4))
        return top + -(-len(quiet) // in_row) * (badge.height + 4) + BAND_GAP

    def _columns(self, columns: list[list[Block]], left: int, top: int) -> int:
        """The panels; returns where the lowest ends."""
        bottoms = [top]
        for number, blocks in enumerate(columns):
            x, y = left + number * (COLUMN + COLUMN_GAP), top
            acts = [row.node for block in blocks for row in block.rows if row.node]
            results = [cell.node for block in blocks for row in block.rows for cell in row.cells]
            self._caption("class.Measure", "Measure", x + PADDING, y - GAP, acts)
            self._caption("ui.results", "Observation", x + PADDING + ACTS, y - GAP, results)
            for block in blocks:
                self.board.panels.append((x, y, COLUMN, block.height))
                self._fill_panel(block, x + PADDING, y + PADDING)
                y += block.height + GAP
            bottoms.append(y)
        return max(bottoms)

    def _fill_panel(self, block: Block, left: int, top: int) -> None:
        if not block.heads:
            word = "ui.continued" if block.section else "ui.opening"
            self.board.captions.append(Caption(word, "Section", left, top + NOTE - 6, block.section))
            top += NOTE
        for head in block.heads:
            self._put(head, left, top, HEADING)
            top += HEADING[1] + 6
        acts, results, _ = stack(block.rows)
        for node, x, y in acts:
            self._put(node, left + x, top + y)
        for cell, y in results:
            self._put_cell(cell, left + ACTS, top + y)

    def _put_cell(self, cell: Cell, left: int, top: int) -> None:
        self._put(cell.node, left, top)
        look = load_kinds()["Finding"]
        for number, line in enumerate(cell.beside):
            x = left + load_kinds()[self.kind[cell.node]].width + 4
            for node in line:
                twin = self.kind[node] == "Outcome"
                self._put(node, x, top + number * PITCH, (TWIN, look.height, look.font - 1) if twin else None)
                x += self._tag_width(node) + 4
        for number, doubt in enumerate(cell.below):
            self._put(doubt, left, top + cell.top_of_doubts + number * (FLAG[1] + 4), FLAG)

    def _rest(self, left: int, top: int) -> None:
        """Whatever has no place yet (nothing, in a graph that follows its shapes), in one row."""
        missing = [node for node in self.nodes if node not in self.board.places]
        for number, node in enumerate(missing):
            self._put(node, left + number * (HEADING[0] + GAP), top)


def _walk(
    section: str, children: dict[str, list[str]], rows: dict[str, list[Row]], depth: int = 0
) -> Iterator[Row]:
    """The rows of a section and of the sections in it, theirs one step further in."""
    for row in rows[section]:
        yield replace(row, depth=depth)
    for child in children.get(section, []):
        yield Row(child, depth, heads=True)
        yield from _walk(child, children, rows, depth + 1)
