"""What the tests of the page ask it: scripts that run in the browser, and names of the small report's nodes."""

from __future__ import annotations

from typing import Any

REPORT = "https://w3id.org/fatu/id/report/990101/gov/2021"
RATE = f"{REPORT}#obs-recon-closure-rate"
ACCEPTED = f"{REPORT}#obs-recon-accepted"
MEASURE = f"{REPORT}#measure-1.1-2"
DOCUMENT = "https://w3id.org/fatu/id/doc/民法典"
BASIS = "https://w3id.org/fatu/id/doc/青法办-2021-3"
SIZES = [(1280, 800), (390, 844)]

COUNT_INKED = """() => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]) inked += 1;
  return inked;
}"""
"""How many pixels of the first canvas have something on them."""

PLACE = """(id) => {
  const box = document.querySelector("#canvas").getBoundingClientRect();
  const { x, y } = fatu.network.canvasToDOM(fatu.network.getPosition(id));
  return [box.left + x, box.top + y];
}"""
"""Where the middle of a node is in the window."""

OVERLAPS = """() => {
  const boxes = [...fatu.drawn.view].map(({ id }) => {
    const { shape, x, y } = fatu.network.body.nodes[id];
    const [wide, high] = [shape.width / 2, shape.height / 2];
    return { id, left: x - wide, right: x + wide, top: y - high, bottom: y + high };
  });
  return boxes.flatMap((p, number) => boxes.slice(number + 1)
    .filter((q) => p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom)
    .map((q) => [p.id, q.id]));
}"""
"""Pairs of nodes whose boxes overlap on the canvas."""

TOO_WIDE = """() => {
  const context = document.createElement("canvas").getContext("2d");
  const font = getComputedStyle(document.documentElement).getPropertyValue("--font");
  return [...fatu.drawn.view].filter(({ id }) => {
    const place = fatu.place(id);
    context.font = `${place.font}px ${font}`;
    return fatu.lines(id).some((line) => context.measureText(line).width > place.width)
      || fatu.lines(id).length * place.font > place.height + 2;
  }).map(({ id }) => [id, fatu.lines(id)]);
}"""
"""Nodes whose words are wider or higher than their box."""

VISIBLE = "(kind) => [...fatu.drawn.view].filter((node) => node.kind === kind).length"
LINES = "() => [...fatu.drawn.calm, ...fatu.drawn.on].map(({ key }) => key)"
CHOSEN = "() => fatu.state.chosen.map(({ id }) => id)"


def text_of(page: Any, selector: str) -> str:
    """The text of an element, shown or not."""
    return str(page.eval_on_selector(selector, "element => element.textContent"))


def texts_of(page: Any, selector: str) -> list[str]:
    """The texts of all elements that a selector finds."""
    return [str(text) for text in page.eval_on_selector_all(selector, "all => all.map(e => e.textContent)")]


def marked(page: Any) -> str:
    """The words of the source text that are marked as evidence."""
    return "".join(texts_of(page, "#source .here"))


def spotted(page: Any) -> str:
    """The words that are marked within a passage."""
    return str(page.evaluate("[...CSS.highlights.get('spot')].map(range => range.toString()).join('')"))


def select(page: Any, *nodes: str) -> None:
    """Chooses nodes by IRI, as a click does."""
    page.evaluate("ids => fatu.select(...ids)", list(nodes))


def click_node(page: Any, node: str, count: int = 1) -> None:
    """Clicks on the middle of a node with the mouse."""
    page.mouse.click(*page.evaluate(PLACE, node), click_count=count)
