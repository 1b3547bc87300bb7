"""The first view of several reports: the documents they rest on, their areas, and their topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import networkx as nx

from fatu.viewing.folding import GAP
from fatu.viewing.layout import Board, Caption, Place

MOST_DOCUMENTS = 40
MOST_TOPICS = 60
MOST_AREAS = 1000
"""More areas than these are told by what they lie in."""
MOST_REPORTS = 800
"""More reports than these are not drawn before their area is chosen."""
DOCUMENT = (386, 62, 20)
TOPIC = (330, 60, 22)
AREA = (360, 50, 24)
REPORT = (172, 44, 19)
"""Width, height and font of the boxes; the largest, where size tells how many reports have to do with it."""
_IN_ROW = 2
_BAND = 64
_SHAPE = (13, 9)
"""Width to height of an overview that fits a screen."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """An area with its reports, in the order of their years."""

    area: str
    reports: list[str] = field(default_factory=list)

    def height(self, with_reports: bool) -> int:
        """Of the whole panel, in units of the drawing."""
        rows = -(-len(self.reports) // _IN_ROW) if with_reports else 0
        return AREA[1] + rows * (REPORT[1] + GAP // 2) + 2 * GAP


def survey(network: nx.MultiDiGraph, columns: int | None = None) -> Board:
    """The board of the overview: on top the documents that the reports rest on or name, the most common first and
    largest, below them a panel for each area with its reports by year, at the foot the topics.

    `network` is made by `make_network`. `columns` None takes as many panels side by side as make the overview of
    about the shape of a screen. Never more than about 2,000 boxes: of documents and topics only the commonest; of
    more than 1,000 areas only those that they lie in; more than 800 reports are drawn when one chooses an area.
    """
    board = Board()
    panels = _make_panels(network)
    with_reports = sum(len(panel.reports) for panel in panels) <= MOST_REPORTS
    common = _count_reports(network)
    documents = _commonest(network, common, "PolicyDocument", MOST_DOCUMENTS)
    topics = _commonest(network, common, "Topic", MOST_TOPICS)
    bands = [(len(documents), DOCUMENT), (len(topics), TOPIC)]
    count = columns or _best_columns([panel.height(with_reports) for panel in panels], bands)
    width = _width(count)
    top = _put_band(board, documents, ("ui.shared_documents", "PolicyDocument"), (DOCUMENT, 0, width))
    if panels:
        board.captions.append(Caption("ui.areas_and_reports", "Area", 0, top - GAP))
    bottoms = [top] * count
    for panel in panels:
        column = min(range(count), key=lambda number: (bottoms[number], number))
        left = _width(column) + GAP if column else 0
        _put_panel(board, panel, (left, bottoms[column]), with_reports)
        bottoms[column] += panel.height(with_reports) + GAP
    _put_band(board, topics, ("class.Topic", "Topic"), (TOPIC, max(bottoms) + _BAND, width))
    return board


def _make_panels(network: nx.MultiDiGraph) -> list[_Panel]:
    """The areas with their reports, in the order of their IRIs, which end in their codes."""
    areas = {report: _target(network, report, "area") for report in _of(network, "Report")}
    parents = {area: _target(network, area, "within") or area for area in _of(network, "Area")}
    while len(set(areas.values())) > MOST_AREAS and any(parents.get(a, a) != a for a in areas.values()):
        areas = {report: parents.get(area, area) for report, area in areas.items()}
    panels: dict[str, _Panel] = {}
    for report in sorted(areas, key=lambda node: (areas[node], node)):
        panels.setdefault(areas[report], _Panel(areas[report])).reports.append(report)
    return list(panels.values())


def _of(network: nx.MultiDiGraph, kind: str) -> list[str]:
    return [node for node, data in network.nodes(data=True) if data["kind"] == kind]


def _target(network: nx.MultiDiGraph, node: str, key: str) -> str:
    return next((value for _, value, name in network.out_edges(node, keys=True) if name == key), "")


def _count_reports(network: nx.MultiDiGraph) -> Counter[str]:
    """How many reports have to do with each node that they share."""
    pairs = set()
    for subject, value in network.edges():
        for node, other in ((subject, value), (value, subject)):
            data = network.nodes[other]
            if data["report"] and not network.nodes[node]["report"]:
                pairs.add((node, data["report"]))
    return Counter(node for node, _ in pairs)


def _commonest(network: nx.MultiDiGraph, common: Counter[str], kind: str, most: int) -> list[tuple[str, int]]:
    """The nodes of a class that most reports have to do with, with the percent of their box's full size."""
    found = [node for node in _of(network, kind) if common[node]]
    found.sort(key=lambda node: (-common[node], -network.degree(node), node))
    largest = common[found[0]] if found else 1
    return [(node, 70 + 30 * common[node] // largest) for node in found[:most]]


def _best_columns(panels: list[int], bands: list[tuple[int, tuple[int, int, int]]]) -> int:
    """As many columns as make panels (of these heights) and bands (so many boxes of a size) of about the shape of a
    screen."""
    for count in range(2, len(panels) + sum(boxes for boxes, _ in bands) + 2):
        height = sum(height + GAP for height in panels) // count
        height += sum(
            -(-boxes // _per_row(size, _width(count))) * (size[1] + GAP) + _BAND for boxes, size in bands
        )
        if _width(count) * _SHAPE[1] >= height * _SHAPE[0]:
            return count
    return 2


def _width(columns: int) -> int:
    return columns * (AREA[0] + 3 * GAP) - GAP


def _per_row(size: tuple[int, int, int], width: int) -> int:
    return max(1, (width + GAP) // (size[0] + GAP))


def _put_band(
    board: Board,
    nodes: Iterable[tuple[str, int]],
    words: tuple[str, str],
    room: tuple[tuple[int, int, int], int, int],
) -> int:
    """Boxes in rows under a caption (its words and class); returns where the next band begins. The room: the size
    of a box, the top, the width."""
    (wide, high, font), top, width = room
    per_row = _per_row((wide, high, font), width)
    placed = list(nodes)
    for number, (node, percent) in enumerate(placed):
        row, column = divmod(number, per_row)
        at = (column * (wide + GAP) + wide // 2, top + row * (high + GAP) + high // 2)
        board.places[node] = Place(*at, wide * percent // 100, high * percent // 100, font * percent // 100)
    if not placed:
        return top
    board.captions.append(Caption(*words, 0, top - GAP))
    return top + -(-len(placed) // per_row) * (high + GAP) + _BAND


def _put_panel(board: Board, panel: _Panel, corner: tuple[int, int], with_reports: bool) -> None:
    """An area's panel at a corner: the area as its heading, its reports below."""
    left, top = corner
    board.panels.append((left, top, AREA[0] + 2 * GAP, panel.height(with_reports)))
    left, top = left + GAP, top + GAP
    if panel.area:
        board.places[panel.area] = Place(left + AREA[0] // 2, top + AREA[1] // 2, *AREA)
    top += AREA[1] + GAP // 2
    for number, report in enumerate(panel.reports if with_reports else ()):
        row, column = divmod(number, _IN_ROW)
        x = left + column * (REPORT[0] + GAP) + REPORT[0] // 2
        board.places[report] = Place(x, top + row * (REPORT[1] + GAP // 2) + REPORT[1] // 2, *REPORT)
