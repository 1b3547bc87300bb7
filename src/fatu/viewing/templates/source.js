// -------------------------------------------------------------------------------------------------- source
// The text of a report, every passage that stands behind a node marked in the colour of its class.

const texts = new Map(); // report → its characters, made when first shown

function charactersOf(report) {
  if (!report || data.texts[report.id] === undefined) return null;
  if (!texts.has(report)) texts.set(report, Array.from(data.texts[report.id]));
  return texts.get(report);
}

/** Report → the quotes of its text that are worth a mark: start, end, node, in the order of their start. */
const marksOf = new Map();
function findMarks(report) {
  if (!marksOf.size) {
    for (const node of byId.values()) {
      if (["Report", "Finding", "Topic", "Area"].includes(node.kind)) continue;
      for (const [source, start, end] of node.quotes) {
        if (!marksOf.has(source)) marksOf.set(source, []);
        if (start < end) marksOf.get(source).push({ start, end, node });
      }
    }
    for (const marks of marksOf.values()) marks.sort((a, b) => a.start - b.start || a.end - b.end || compare(a.node.id, b.node.id));
  }
  return marksOf.get(report.id) ?? [];
}

/** The text in pieces, cut wherever a quote begins or ends; each piece knows its nodes, the closest fit first. */
function showSource() {
  const pane = $("source");
  const characters = charactersOf(state.report);
  if (!characters) return pane.replaceChildren(make("p", { class: "empty" }, say("ui.no_text")));
  const marks = findMarks(state.report).filter(({ end }) => end <= characters.length);
  const doubts = uncertainOf(state.report).filter(({ end }) => end <= characters.length);
  const cuts = [...new Set([0, characters.length, ...[...marks, ...doubts].flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const pieces = [];
  let [open, next] = [[], 0];
  for (let number = 0; number + 1 < cuts.length; number += 1) {
    const [start, end] = [cuts[number], cuts[number + 1]];
    open = open.filter((mark) => mark.end > start);
    for (; next < marks.length && marks[next].start <= start; next += 1) open.push(marks[next]);
    const piece = characters.slice(start, end).join("");
    const rank = ({ kind }) => kinds[kind]?.order ?? 99;
    const covering = [...open].sort((a, b) => (a.end - a.start) - (b.end - b.start) || rank(a.node) - rank(b.node));
    const made = covering.length ? makeMark(piece, start, end, [...new Set(covering.map(({ node }) => node))]) : makePlain(piece, start, end);
    const doubt = doubts.find((doubt) => doubt.start <= start && end <= doubt.end);
    if (doubt) {
      made.classList.add("uncertain");
      made.title = [made.title, say("ui.uncertain", doubt)].filter(Boolean).join(" · ");
    }
    pieces.push(made);
  }
  pane.replaceChildren(...pieces);
  const first = pane.querySelector(".mark");
  if (first) first.tabIndex = 0;
}

function makePlain(piece, start, end) {
  const plain = make("span", {}, piece);
  Object.assign(plain.dataset, { start, end });
  return plain;
}

function makeMark(piece, start, end, owners) {
  const mark = make("span", { class: `mark of-${owners[0].kind}`, role: "button", tabindex: "-1", title: nameOf(owners[0]), onclick: () => chooseNext(owners) }, piece);
  if (owners.some(({ alarm }) => alarm)) mark.classList.add("alarm");
  if (owners[0].kind === "Mention") mark.classList.add("unresolved");
  Object.assign(mark.dataset, { start, end });
  return mark;
}

/** The node that fits closest; clicked again, the next wider one. */
function chooseNext(owners) {
  const next = owners.indexOf(state.chosen[0]) + 1;
  const owner = owners[next % owners.length];
  select([owner]);
}

// One tab stop for the whole text: the arrow keys go from mark to mark.
$("source").addEventListener("keydown", (event) => {
  const marks = [...$("source").querySelectorAll(".mark")];
  const here = marks.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (here < 0) return;
  if (event.key === "Enter" || event.key === " ") marks[here].click();
  else if (step && marks[here + step]) {
    marks[here].tabIndex = -1;
    marks[here + step].tabIndex = 0;
    marks[here + step].focus();
  } else return;
  event.preventDefault();
});

function scrollToOffset(start) {
  const pane = $("source");
  const piece = [...pane.children].find((span) => Number(span.dataset.end) > start);
  if (piece) pane.scrollTop += piece.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

/** Marks the words behind the chosen nodes and scrolls to the first of them. */
function markEvidence() {
  const spans = state.chosen.flatMap(({ quotes }) => quotes).filter(([source]) => source === state.report?.id);
  markSpans(spans.map(([, start, end]) => [start, end]));
}

/** Marks one passage of a report's text. */
function markSpan(source, start, end) {
  const report = byId.get(source);
  if (report && report !== state.report) showReport(report);
  markSpans([[start, end]]);
}

function markSpans(spans) {
  const exact = [];
  for (const piece of $("source").children) {
    const [start, end] = [Number(piece.dataset.start), Number(piece.dataset.end)];
    piece.classList.toggle("here", spans.some(([from, to]) => from <= start && end <= to));
    for (const [from, to] of spans) {
      if (from < end && start < to && !(from <= start && end <= to)) exact.push(rangeIn(piece, Math.max(from, start) - start, Math.min(to, end) - start));
    }
  }
  CSS.highlights?.set("spot", new Highlight(...exact)); // where a passage ends within a piece
  if (spans.length) scrollToOffset(Math.min(...spans.map(([start]) => start)));
}

/** A range of characters within a piece of the text. */
function rangeIn(piece, from, to) {
  const characters = Array.from(piece.textContent);
  const range = document.createRange();
  range.setStart(piece.firstChild, characters.slice(0, from).join("").length);
  range.setEnd(piece.firstChild, characters.slice(0, to).join("").length);
  return range;
}
