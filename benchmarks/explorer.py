"""How fast the explorer page is, in headless Chromium, beside plain pyvis on the same nodes and edges.

    python benchmarks/explorer.py                       # the table, in about five minutes
    python benchmarks/explorer.py --only sample large   # some parts: sample, large, many, pyvis
    python benchmarks/explorer.py --profile             # besides, in which functions the time goes

Needs Chromium and playwright (`make explorer-benchmark` sees to both). See README.md beside this file.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import count, product
from operator import ge, le, lt
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import networkx as nx  # noqa: E402
from rdflib import Dataset  # noqa: E402

import fatu  # noqa: E402
from fatu.describing import make_dataset  # noqa: E402
from fatu.iris import Iris  # noqa: E402
from fatu.lexicon.areas import load_areas  # noqa: E402
from fatu.model import Overrides  # noqa: E402
from fatu.viewing import make_network, render_explorer  # noqa: E402
from fatu.viewing.layout import arrange, share_out  # noqa: E402
from fatu.viewing.overview import survey  # noqa: E402
from fatu.viewing.wording import load_kinds  # noqa: E402

SAMPLE = ROOT / "graphs" / "410203-gov-2020" / "source.txt"
PARTS = ("sample", "large", "many", "pyvis")
SMALL, LARGE = 500, 2000
"""Nodes on the canvas of the long reports."""
MANY = (10_000, 30_000)
"""Nodes and edges of the graph of many reports."""
YEARS = (2019, 2020, 2021)
FIRST_COUNT = 45
"""Reports from which on it is worth counting nodes."""
WINDOW = {"width": 1280, "height": 800}
PANNING = 2.0
"""Seconds of mouse moves, for redraws a second."""
BETWEEN_MOVES = 0.008
"""Seconds between two, as common mice have it."""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# ------------------------------------------------------------------------------------------- the script in the page

WATCH = Path(__file__).with_suffix(".js")
"""Runs before the page's own scripts."""
IS_READY = "window.firstPicture !== undefined && (window.fatu || !document.getElementById('data'))"
PLACE = """(kind) => {
  const found = [...fatu.drawn.view].filter((node) => node.kind === kind);
  const [{ id }] = found.sort((a, b) => b.links.length - a.links.length);
  const box = document.querySelector("canvas").getBoundingClientRect();
  const { x, y } = fatu.network.canvasToDOM(fatu.network.getPosition(id));
  return [box.left + x, box.top + y];
}"""
"""Where on the window the node of a class stands that has most relations."""
PRESS = "(selector) => timed(() => document.querySelector(selector).click())"
SET = """([selector, option]) => {
  const box = document.querySelector(selector);
  const { value } = typeof option === "number" ? box.options[option] : { value: option };
  return timed(() => {
    box.value = value;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}"""
REDRAW = """async (times) => {
  for (; times > 0; times -= 1) await timed(() => fatu.network.redraw());
}"""
TYPE = """([selector, words]) => {
  const box = document.querySelector(selector);
  return timed(() => {
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }, "#find-results");
}"""


# --------------------------------------------------------------------------------------------------- the graphs


@dataclass(frozen=True)
class Case:
    """A graph of fatu with what is made of it in Python, each made once."""

    name: str
    dataset: Dataset
    seconds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """Nodes and edges as the page has them."""
        return make_network(self.dataset)

    def write(self, folder: Path) -> Path:
        """The explorer page, with the seconds that it took."""
        start = time.perf_counter()
        page = render_explorer(self.dataset).encode()
        self.seconds["page"] = time.perf_counter() - start
        path = folder / f"{self.name}.html"
        path.write_bytes(page)
        return path


def shown(network: nx.MultiDiGraph) -> int:
    """Nodes of the classes that a board shows at first."""
    return sum(load_kinds()[kind].shown for _, kind in network.nodes(data="kind"))


def long_case(least: int, folder: Path) -> Case:
    """One report with at least so many boxes on its board: the sample's first part over and over."""
    path = folder / f"{least}.txt"
    for copies in count(1):
        path.write_text(long_text(copies), encoding="utf-8", newline="\n")
        case = Case(f"long-{least}", fatu.build(path).dataset)
        if shown(case.network) >= least:
            return case
    raise AssertionError


def long_text(copies: int) -> str:
    """The sample with its first part so many times, each under a heading and with figures of its own: counts
    times the number of the part, so that rates stay what they are."""
    text = SAMPLE.read_bytes().decode("utf-8")
    head, first, problems = re.split(r"^[一二]、", text, flags=re.MULTILINE)
    parts = []
    for number in range(1, copies + 1):
        title, _, body = first.partition(":")
        told = re.sub(
            r"(?<![\d.〔])\d+(?![\d.%年〕号])",
            lambda found, number=number: str(int(found[0]) * number),  # type: ignore[misc]
            body,
        )
        parts.append(f"{in_chinese(number)}、{title}之{in_chinese(number)}:{told}")
    return "".join([head, *parts, f"{in_chinese(copies + 1)}、{problems}"])


def in_chinese(number: int) -> str:
    """A number below 100 as a heading writes it."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones].strip()


def many_case() -> tuple[Case, int]:
    """Reports of several counties, each of some years, until the network has MANY nodes and edges; how many."""
    counties = [code for code, area in load_areas().areas.items() if area.level == "county"]
    quads: list[Any] = []
    for number, (code, year) in enumerate(product(counties[::100], YEARS), 1):
        quads += fatu.build(SAMPLE, Overrides(area=code, year=year)).quads
        if number < FIRST_COUNT or number % 5:  # the network is made anew to count it
            continue
        case = Case("many", make_dataset(quads, Iris()))
        if len(case.network) >= MANY[0] and case.network.number_of_edges() >= MANY[1]:
            return case, number
    raise AssertionError("too few counties")


def pyvis_page(network: nx.MultiDiGraph, path: Path) -> None:
    """What pyvis makes of a network by itself: labels, names as tooltips, its own options."""
    from pyvis.network import Network

    drawing = Network(height="750px", directed=True, cdn_resources="in_line")
    for node, data in network.nodes(data=True):
        drawing.add_node(node, label=data["label"], title=data["name"], group=data["kind"])
    for subject, value, data in network.edges(data=True):
        drawing.add_edge(subject, value, title=data["zh"])
    path.write_text(drawing.generate_html(), encoding="utf-8", newline="\n")


# --------------------------------------------------------------------------------------------------- the browser


@dataclass
class Opened:
    """A page in the browser, and all that it asked for or said."""

    page: Any
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def picture(self) -> float:
        """Milliseconds from the start of the page until the frame with the first words is there."""
        return float(self.page.evaluate("firstPicture"))

    def boxes(self) -> int:
        """Boxes on the canvas."""
        return int(self.page.evaluate("fatu.drawn.view.size"))


def find_chromium() -> str | None:
    """Where Chromium is, under any of its names."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def launched() -> Iterator[Any]:
    """Headless Chromium, without a graphics card."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, path: Path, patience: float = 60, bypass_csp: bool = True) -> Iterator[Opened]:
    """A page, offline, in a context of its own, once its first picture is there and fatu's is ready.

    Raises playwright's TimeoutError where that takes longer than `patience` seconds.
    """
    context = browser.new_context(viewport=WINDOW, reduced_motion="reduce", bypass_csp=bypass_csp)
    context.set_offline(True)
    page = context.new_page()
    found = Opened(page)
    page.add_init_script(path=WATCH)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("console", lambda message: found.messages.append(message.text))
    page.on("pageerror", lambda error: found.messages.append(str(error)))
    try:
        page.goto(path.as_uri(), wait_until="commit")
        if bypass_csp:
            page.wait_for_function(IS_READY, timeout=1000 * patience, polling=100)
        settle(page, 500 if bypass_csp else 2000)
        yield found
    finally:
        context.close()


def settle(page: Any, milliseconds: int = 300) -> None:
    """Lets the page come to rest."""
    page.wait_for_timeout(milliseconds)


def pan(path: Path, network: str, zoom: str = "", patience: float = 60) -> float:
    """Redraws a second while the mouse drags the drawing of a page about, after the script `zoom`.

    The moves come as those of a mouse do, without waiting for the page: that takes a browser of its own.
    """
    with ThreadPoolExecutor(1) as pool:  # this thread belongs to the other browser
        return pool.submit(asyncio.run, drag(path, network, zoom, patience)).result()


async def drag(path: Path, network: str, zoom: str, patience: float) -> float:
    """What `pan` does."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context = await browser.new_context(viewport=WINDOW, reduced_motion="reduce", bypass_csp=True)
        await context.set_offline(True)
        page = await context.new_page()
        await page.add_init_script(path=WATCH)
        await page.goto(path.as_uri(), wait_until="commit")
        await page.wait_for_function(IS_READY, timeout=1000 * patience, polling=100)
        await page.wait_for_timeout(500)
        await page.evaluate(zoom or "0")
        x, y = await page.evaluate(f"emptyPlace({network})")
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.evaluate(f"() => {{ window.counted = countRedraws({network}); }}")
        moves = []
        for step in range(int(PANNING / BETWEEN_MOVES)):
            to = x + 5 * abs(step % 40 - 20) - 100, y + 3 * abs(step % 30 - 15) - 45
            moves.append(asyncio.create_task(page.mouse.move(*to)))
            await asyncio.sleep(BETWEEN_MOVES)
        redraws = float(await page.evaluate("counted()"))
        await asyncio.gather(*moves)
        await browser.close()
        return redraws


def click(page: Any, kind: str) -> float:
    """A click of the mouse on the box of a class that has most relations."""
    x, y = page.evaluate(PLACE, kind)
    page.mouse.move(x, y)
    settle(page)
    page.evaluate("awaitClick()")
    page.mouse.click(x, y)
    return float(page.evaluate("clicked"))


def do(script: str, given: object) -> Callable[[Any], float]:
    """A step that the page times itself."""
    return lambda page: float(page.evaluate(script, given))


Steps = dict[str, Callable[[Any], float]]
ON_BOARD: Steps = {
    "choose a measure on the board": partial(click, kind="Measure"),
    "focus on it with 2 steps": do(PRESS, '#details [data-steps="2"]'),
    "go back to the board": do(PRESS, "#leave"),
    "hide the figures": do(PRESS, "#legend [data-kind=Observation]"),
    "show the figures": do(PRESS, "#legend [data-kind=Observation]"),
    "filter by the commonest topic": do(SET, ["#filter-topic", 1]),
    "clear the filter": do(SET, ["#filter-topic", ""]),
    "filter by the commonest agency": do(SET, ["#filter-agency", 1]),
    "clear that filter": do(SET, ["#filter-agency", ""]),
    "search 法律援助": do(TYPE, ["#query", "法律援助"]),
    "search 2": do(TYPE, ["#query", "2"]),
    "clear the search": do(TYPE, ["#query", ""]),
}
AROUND: Steps = {
    "choose the commonest document on the overview": partial(click, kind="PolicyDocument"),
    "focus on it with 2 steps (document)": do(PRESS, '#details [data-steps="2"]'),
    "go back to the overview": do(PRESS, "#leave"),
    "choose a report on the overview": partial(click, kind="Report"),
    "hide the topics on the overview": do(PRESS, "#legend [data-kind=Topic]"),
    "open a report's board": do(SET, ["#report", 9]),
    **ON_BOARD,
    "return to the overview": do(SET, ["#report", ""]),
}
LOOKED_AT: Steps = {
    "look at the table": do(PRESS, "#view-table"),
    "look at the charts": do(PRESS, "#view-charts"),
    "look at the network's figures": do(PRESS, "#view-figures"),
    "look at the graph again": do(PRESS, "#view-graph"),
}


# ---------------------------------------------------------------------------------------------------- the table


@dataclass
class Table:
    """What was measured, printed line by line as it comes."""

    runs: int
    short: list[str] = field(default_factory=list)

    def head(self, title: str) -> None:
        """A part of the table."""
        print(f"\n{title}")
        print(f"  {'':54} {'figure':>14} {'bound':>12}", flush=True)

    def line(
        self,
        what: str,
        figure: float | str,
        unit: str = "",
        *,
        most: float | None = None,
        least: float | None = None,
        no_more_than: int | None = None,
    ) -> None:
        """A figure (or why there is none) with its bound: below `most`, from `least` on, or `no_more_than`."""
        bounds = [
            (sign, number, holds)
            for sign, number, holds in (("<", most, lt), ("≥", least, ge), ("≤", no_more_than, le))
            if number is not None
        ]
        said, bound, verdict = str(figure), "", ""
        if isinstance(figure, (int, float)):
            said = f"{figure:,.{0 if unit == 'ms' or isinstance(figure, int) else 2}f} {unit}".strip()
        for sign, number, holds in bounds:
            bound = f"{sign} {number:,g} {unit}".strip()
            verdict = "ok" if isinstance(figure, (int, float)) and holds(figure, number) else "short"
            if verdict == "short":
                self.short.append(f"{what} ({said})")
        print(f"  {what:54} {said:>14} {bound:>12}  {verdict}".rstrip(), flush=True)


@dataclass(frozen=True)
class Bench:
    """What every part needs."""

    table: Table
    browser: Any
    folder: Path
    runs: int
    patience: float
    spring_10000: bool
    profile: bool

    def sample(self) -> None:
        """The page of the sample."""
        path = Case("sample", fatu.build(SAMPLE).dataset).write(self.folder)
        self.table.head("the sample report")
        self.table.line("page", path.stat().st_size / 1e6, "MB", most=2.5)
        self.pictures(path, most=1000)
        with opened(self.browser, path, bypass_csp=False) as found:
            self.table.line("requests beyond the page itself", len(found.requests) - 1, no_more_than=0)
            self.table.line("messages on the console", len(found.messages), no_more_than=0)

    def large(self) -> None:
        """One report that fills the canvas."""
        case = long_case(LARGE, self.folder)
        path = case.write(self.folder)
        network = case.network
        self.table.head(f"one report of {len(network):,} nodes, {network.number_of_edges():,} edges")
        self.table.line("page", path.stat().st_size / 1e6, "MB")
        self.table.line("page made in Python", case.seconds["page"], "s")
        self.layouts(network, LARGE, most=5)
        self.pictures(path, most=1500)
        self.panning(path, "fatu.network", least=30)
        boxes = self.steps(path, ON_BOARD)
        self.table.line("boxes on the canvas, at most", boxes, no_more_than=LARGE)

    def many(self) -> None:
        """Many reports."""
        case, number = many_case()
        path = case.write(self.folder)
        network = case.network
        self.table.head(f"{number} reports of {len(network):,} nodes, {network.number_of_edges():,} edges")
        self.table.line("page", path.stat().st_size / 1e6, "MB")
        self.table.line("page made in Python", case.seconds["page"], "s")
        self.layouts(network, MANY[0])
        self.pictures(path, most=2500)
        self.panning(path, "fatu.network")
        most = self.steps(path, AROUND, most=200)
        self.steps(path, LOOKED_AT)
        self.table.line("boxes on the canvas, at most", most, no_more_than=LARGE)

    def pyvis(self) -> None:
        """Plain pyvis beside the page, with the nodes that the page draws and the edges between them."""
        for least in (SMALL, LARGE):
            case = long_case(least, self.folder)
            ours = case.write(self.folder)
            with opened(self.browser, ours) as found:
                drawn = found.page.evaluate("[...fatu.drawn.view].map(({ id }) => id)")
            part = case.network.subgraph(drawn)
            theirs = self.folder / f"pyvis-{least}.html"
            pyvis_page(part, theirs)
            self.table.head(f"plain pyvis beside it: {len(part):,} nodes, {part.number_of_edges():,} edges")
            picture = self.pictures(ours, "fatu: first picture")
            self.plain(theirs, picture)

    # ------------------------------------------------------------------------------------------- what is measured

    def pictures(self, path: Path, what: str = "first picture", most: float | None = None) -> float:
        """First picture and, where nothing is bound, when all lists are there: medians."""
        times, ready = [], []
        for _ in range(self.runs):
            with opened(self.browser, path) as found:
                times.append(found.picture())
                ready.append(float(found.page.evaluate("isReadyAt")))
        self.table.line(what, median(times), "ms", most=most)
        self.table.line("  lists and text beside it", median(ready), "ms")
        if self.profile:
            with opened(self.browser, path) as found, profiled(found.page, what):
                found.page.reload()
                settle(found.page, 1500)
        return median(times)

    def panning(self, path: Path, network: str, least: float | None = None) -> None:
        """Redraws a second, the whole picture in view and near to it: medians."""
        near = f"{network}.moveTo({{ scale: 1, animation: false }})"
        for what, zoom in (("all in view", ""), ("at scale 1", near)):
            rates = [pan(path, network, zoom) for _ in range(self.runs)]
            self.table.line(
                f"redraws a second while the mouse drags, {what}", median(rates), "/s", least=least
            )
            if self.profile:
                with opened(self.browser, path) as found:
                    found.page.evaluate(zoom or "0")
                    settle(found.page)
                    with profiled(found.page, f"20 redraws, {what}"):
                        found.page.evaluate(REDRAW, 20)

    def steps(self, path: Path, steps: Steps, most: float | None = None) -> int:
        """Each step of a walk through the page, every run on a page just opened: medians, and the most boxes."""
        times: dict[str, list[float]] = {what: [] for what in steps}
        boxes = 0
        for number in range(self.runs + self.profile):
            with opened(self.browser, path) as found:
                for what, step in steps.items():
                    if number < self.runs:
                        times[what].append(step(found.page))
                    elif median(times[what]) > WORTH_A_PROFILE:
                        with profiled(found.page, what):
                            step(found.page)
                    else:
                        step(found.page)
                    settle(found.page)
                    boxes = max(boxes, found.boxes())
        for what, each in times.items():
            self.table.line(what, median(each), "ms", most=most)
        return boxes

    def layouts(self, network: nx.MultiDiGraph, size: int, most: float | None = None) -> None:
        """The layout of everything, beside networkx's spring layout of the same network."""
        ours = [seconds(lambda: lay_out(network)) for _ in range(self.runs)]
        self.table.line("layout of everything in Python", median(ours), "s", most=most)
        what = "  networkx.spring_layout of the same"
        missing = [name for name in ("numpy", "scipy") if importlib.util.find_spec(name) is None]
        if missing:
            self.table.line(what, f"needs {', '.join(missing)}")
        elif size >= MANY[0] and not self.spring_10000:
            self.table.line(what, "--spring-10000")
        else:
            self.table.line(what, seconds(lambda: nx.spring_layout(nx.Graph(network), seed=0)), "s")

    def plain(self, path: Path, picture: float) -> None:
        """A page of pyvis: first picture, redraws, requests; given up after `patience` seconds."""
        from playwright.sync_api import TimeoutError as TooLate

        times, requests = [], 0
        try:
            for _ in range(self.runs):
                with opened(self.browser, path, self.patience) as found:
                    times.append(found.picture())
                    requests = len(found.requests) - 1
            redraws = pan(path, "network", patience=self.patience)
        except TooLate:
            self.table.line("pyvis: first picture", f"not in {self.patience:g} s")
            return
        self.table.line("pyvis: first picture", median(times), "ms")
        self.table.line("pyvis: first picture, times ours", median(times) / picture)
        self.table.line("pyvis: redraws a second while the mouse drags", redraws, "/s")
        self.table.line("pyvis: requests beyond the page itself", requests)


def lay_out(network: nx.MultiDiGraph) -> None:
    """All boards of a network, for a wide window."""
    groups = share_out(network)
    for report, nodes in groups.items():
        arrange(network, report, nodes)
    if len(groups) > 1:
        survey(network)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# ------------------------------------------------------------------------------------------ where the time goes

WORTH_A_PROFILE = 60
"""Milliseconds from which on a step is looked into."""


@contextmanager
def profiled(page: Any, what: str) -> Iterator[None]:
    """Prints in which functions the time goes: by themselves, and with all that they call."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 200})
    session.send("Profiler.start")
    yield
    own, whole = add_up(session.send("Profiler.stop")["profile"])
    session.detach()
    for title, times in (("itself", own), ("with what it calls", whole)):
        most = sorted(times.items(), key=lambda entry: -entry[1])[:14]
        said = "  ".join(f"{name} {spent:.0f}" for name, spent in most if spent >= 2)
        print(f"    [{what}] {title}, ms: {said}", flush=True)


def add_up(profile: dict[str, Any]) -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of each function by itself, and with all that it calls, of a profile of Chromium."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    spent = dict.fromkeys(nodes, 0.0)
    for node, delta in zip(profile["samples"], profile["timeDeltas"], strict=True):
        spent[node] += delta / 1000
    own: dict[str, float] = {}
    whole: dict[str, float] = {}

    def walk(at: int, above: frozenset[str]) -> float:
        frame = nodes[at]["callFrame"]
        name = f"{frame['functionName'] or 'anonymous'}:{frame['lineNumber'] + 1}".removesuffix(":0")
        below = sum(walk(child, above | {name}) for child in nodes[at].get("children", ()))
        own[name] = own.get(name, 0) + spent[at]
        if name not in above:
            whole[name] = whole.get(name, 0) + spent[at] + below
        return spent[at] + below

    sys.setrecursionlimit(10_000)
    walk(profile["nodes"][0]["id"], frozenset())
    for name in ("(root)", "(idle)"):
        own.pop(name, None)
        whole.pop(name, None)
    return own, whole


def main() -> None:
    """Print the parts of the table that the options ask for."""
    parser = argparse.ArgumentParser(description="How fast the explorer page is.")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument("--runs", type=int, default=3, help="of which the median is given; default 3")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds that pyvis is waited for; default 60"
    )
    parser.add_argument(
        "--spring-10000", action="store_true", help="networkx's layout of the many reports too"
    )
    parser.add_argument("--profile", action="store_true", help="in which functions the time goes")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the pages there")
    options = parser.parse_args()
    missing = [name for name, there in (
        ("Chromium", find_chromium()), ("playwright", importlib.util.find_spec("playwright")),
    ) if not there]  # fmt: skip
    if missing:
        print(f"not installed: {', '.join(missing)}; `make explorer-benchmark` installs what it can")
        return
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"medians of {options.runs}; load of the machine {load} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as temporary, launched() as browser:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        table = Table(options.runs)
        bench = Bench(
            table, browser, folder, options.runs, options.patience, options.spring_10000, options.profile
        )
        for part in PARTS:
            if part in options.only:
                getattr(bench, part)()
    print(f"\nshort of its bound: {', '.join(table.short) or 'nothing'}")


if __name__ == "__main__":
    main()
