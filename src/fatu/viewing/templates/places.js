// --------------------------------------------------------------------------------------------------- places
// Where a passage stood in the file that it was read from; of a scan, the part of the page's picture.

/** The places of a passage: start, end, page, box, path, paragraph, and confidence where it is low. */
function standsOf(source, start, end) {
  return (data.places[source] ?? []).filter(([from, to]) => from < end && start < to)
    .map(([from, to, page, box, path, paragraph, confidence]) => ({ from, to, page, box, path, paragraph, confidence }));
}

/** In words, each once: the pages, paragraphs or elements, and whether recognition was sure. */
function tellStands(stands) {
  const said = stands.flatMap(({ page, path, paragraph, confidence }) => [
    page ? say("ui.page", { page }) : null,
    paragraph ? say("ui.paragraph", { paragraph }) : null,
    path ? say("ui.element", { path }) : null,
    confidence ? say("ui.uncertain", { confidence }) : null,
  ]);
  return [...new Set(said)].filter(Boolean);
}

const MARGIN = 150; // hundredths of a percent of the page's height that are shown above and below

/** The regions of the page's pictures where a passage stood: those of one page as one, a click away from the page. */
function showRegions(source, stands) {
  const pictures = data.pictures[source] ?? {};
  const pages = new Map();
  for (const { page, box } of stands) if (pictures[page] && box.length) pages.set(page, [...(pages.get(page) ?? []), box]);
  return [...pages].map(([page, boxes]) => {
    const top = Math.max(0, Math.min(...boxes.map(([, y]) => y)) - MARGIN);
    const bottom = Math.min(10000, Math.max(...boxes.map(([, y, , height]) => y + height)) + MARGIN);
    const image = make("img", { alt: "" });
    const region = make("button", { type: "button", class: "region", "aria-label": say("ui.picture", { page }), title: say("ui.picture", { page }), onclick: () => showPage(pictures[page], page, boxes) },
      image, ...boxes.map(([x, y, width, height]) => makeFrame(x, (y - top) * 10000 / (bottom - top), width, height * 10000 / (bottom - top))));
    image.addEventListener("load", () => {
      region.style.aspectRatio = `${image.naturalWidth} / ${image.naturalHeight * (bottom - top) / 10000}`;
      image.style.transform = `translateY(${-top / 100}%)`;
    });
    image.src = pictures[page];
    return region;
  });
}

/** A frame around a part of a picture; all in hundredths of a percent. */
function makeFrame(x, y, width, height) {
  const mark = make("span", { class: "frame" });
  Object.assign(mark.style, { left: `${x / 100}%`, top: `${y / 100}%`, width: `${width / 100}%`, height: `${height / 100}%` });
  return mark;
}

/** The whole page with the regions framed, until it is closed. */
function showPage(picture, page, boxes) {
  const sheet = make("div", { class: "leaf" }, make("img", { src: picture, alt: say("ui.whole_page", { page }) }), ...boxes.map((box) => makeFrame(...box)));
  const dialog = make("dialog", { class: "leaves", "aria-label": say("ui.whole_page", { page }) },
    make("div", { class: "top" }, make("span", {}, say("ui.whole_page", { page })), make("button", { type: "button", onclick: () => dialog.close() }, say("ui.close"))), sheet);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector(".frame")?.scrollIntoView({ block: "center" });
}

/** The passages of a report whose recognition was not sure, as ranges of its text. */
function uncertainOf(report) {
  return (data.places[report.id] ?? []).filter((stand) => stand[6]).map(([start, end, , , , , confidence]) => ({ start, end, confidence }));
}
