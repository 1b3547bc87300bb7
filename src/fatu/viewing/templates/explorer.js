"use strict";
// Everything that comes from the data is set as text (textContent), never as markup. Offsets count code points.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const { words, unresolved } = data;
  const details = { ...unresolved, ...data.details };
  const kindOf = Object.fromEntries(Object.keys(unresolved).map((id) => [id, "Mention"]));
  for (const node of data.nodes) kindOf[node.id] = node.kind;
  const shown = Object.fromEntries(data.kinds.map((kind) => [kind.name, kind.shown]));
  const order = Object.fromEntries(data.kinds.map((kind, number) => [kind.name, number]));
  const reports = data.nodes.filter((node) => node.kind === "Report").map((node) => node.id);
  const alarms = new Set(data.nodes.filter((node) => node.alarm).map((node) => node.id));
  const state = { language: 0, report: reports[0] ?? "", chosen: [], relations: false };

  // ------------------------------------------------------------------------------------------------ words

  const LANGUAGES = ["zh", "en"];
  const say = (key) => (words[key] ?? [key, key])[state.language];
  const nameOf = (id) => details[id].name[state.language];
  const textOf = (id) => nodes.get(id).label.replace("\n", "");
  const property = (name) => (words[`property.${name}`] ? say(`property.${name}`) : name);

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const swatch = (kind) => make("span", { class: `swatch of-${kind}`, "aria-hidden": "true" });

  // ------------------------------------------------------------------------------------------------ graph

  const palette = new Map(); // emptied when the page turns dark or light
  function css(name) {
    if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
    return palette.get(name);
  }
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isNarrow = $("canvas").getBoundingClientRect().width < 600;
  const board = data.boards[isNarrow ? 1 : 0];
  if (isNarrow) for (const node of data.nodes) [node.x, node.y, node.widthConstraint.minimum, node.label, node.label_en] = node.narrow;
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network($("canvas"), { nodes, edges }, data.options);

  /** Colours of a node: by class, red where the audit contradicts it, pale where something else is chosen. */
  function paint(node, isNear, isVisible) {
    let [line, fill, ink] = ["line", "fill", "ink"].map((part) => css(`--${node.kind}-${part}`));
    if (node.severity === "violation" || details[node.id].verdict === "inconsistent") [line, fill, ink] = [css("--alarm"), css("--alarm-fill"), css("--alarm")];
    else if (node.severity === "warning") [line, fill, ink] = [css("--amber"), css("--amber-fill"), css("--amber")];
    if (!isNear) [line, fill, ink] = [css("--rule"), css("--panel"), css("--soft")];
    else if (node.alarm) [line, fill, ink] = [css("--alarm"), css("--alarm-fill"), css("--alarm")];
    const isChosen = state.chosen.includes(node.id);
    const colors = { border: line, background: fill };
    return {
      id: node.id,
      hidden: !isVisible(node.id),
      label: state.language ? node.label_en : node.label,
      borderWidth: isChosen ? 4 : node.alarm ? 1.5 : 1,
      borderWidthSelected: 4,
      color: { ...colors, highlight: colors, hover: colors },
      font: { ...node.font, face: css("--font"), color: ink },
      title: `${say(`class.${node.kind}`)}  ${nameOf(node.id)}`,
    };
  }

  /** Whether a relation is a line at all: not where its ends are chosen together or stand in one panel, nor
      where a document governs all measures alike because the report rests on it. */
  function isDrawn({ from, to, key }) {
    if (key === "inSection" || key === "inReport") return false;
    if (state.chosen.includes(from) && state.chosen.includes(to)) return false;
    return key !== "underDocumentInherited" || from === state.chosen[0];
  }

  /** Draws what the choices say: classes shown, relations of the chosen node, theme and language. */
  function redraw() {
    const chosen = new Set(state.chosen.filter((id) => nodes.get(id))); // an undecided mention is none
    const near = new Set(chosen);
    for (const edge of data.edges) {
      if (edge.from === state.chosen[0]) near.add(edge.to);
      if (edge.to === state.chosen[0]) near.add(edge.from);
    }
    const isVisible = (id) => shown[kindOf[id]] || near.has(id);
    nodes.update(data.nodes.map((node) => paint(node, chosen.size === 0 || near.has(node.id), isVisible)));
    edges.update(data.edges.map((edge) => {
      const isOn = (edge.from === state.chosen[0] || edge.to === state.chosen[0]) && isDrawn(edge);
      const isPale = chosen.size > 0 && !isOn;
      const color = isOn ? css("--edge-on") : css("--edge");
      return {
        id: edge.id,
        hidden: !(isVisible(edge.from) && isVisible(edge.to) && (edge.skeleton || (state.relations && isDrawn(edge)) || isOn)),
        color: { color, highlight: color, hover: css("--edge-on"), opacity: isPale ? 0.35 : 1 },
        width: isOn && near.size < 20 ? 3 : 2,
        title: edge[LANGUAGES[state.language]],
      };
    }));
    network.selectNodes(state.chosen.filter((id) => nodes.get(id)), false);
  }

  const animation = () => (isCalm ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const scaleBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: animation() });

  /** The edges of what is in view: of everything, or of the board of one report. */
  function bounds(report) {
    const own = data.nodes.filter(({ id, kind }) => details[id].report === report && shown[kind]).map(({ x }) => x);
    const isHere = ({ x }) => !report || reports.length < 2 || (Math.min(...own) - 400 <= x && x <= Math.max(...own) + 400);
    const visible = nodes.get({ filter: (node) => shown[node.kind] && isHere(node) });
    const half = (node, side) => node[`${side}Constraint`].minimum / 2 + 8;
    const captions = board.captions.filter(([, kind]) => shown[kind]).map(([, , , y]) => y - 24);
    return {
      left: Math.min(...visible.map((node) => node.x - half(node, "width"))),
      right: Math.max(...visible.map((node) => node.x + half(node, "width"))),
      top: Math.min(...captions, ...visible.map((node) => node.y - half(node, "height"))),
      bottom: Math.max(...visible.map((node) => node.y + half(node, "height"))),
    };
  }

  /** The whole board, or that of one report; in a narrow window its head, over the full width. */
  function fit(report = "") {
    network.setSize("100%", "100%"); // the frame around the drawing may have changed since it was last measured
    const { left, right, top, bottom } = bounds(report);
    if (!(left < right)) return;
    const [width, height] = [$("canvas").clientWidth - 16, $("canvas").clientHeight - 12];
    const scale = isNarrow ? width / (right - left) : Math.min(width / (right - left), height / (bottom - top));
    const y = isNarrow ? top + height / scale / 2 : (top + bottom) / 2;
    network.moveTo({ position: { x: (left + right) / 2, y }, scale, animation: false });
  }

  function bringIntoView(ids) {
    const visible = ids.filter((id) => nodes.get(id));
    if (visible.length > 1) network.fit({ nodes: visible, maxZoomLevel: 0.9, animation: animation() });
    else if (visible.length) network.focus(visible[0], { scale: Math.max(network.getScale(), 13 / nodes.get(visible[0]).font.size), animation: animation() });
  }

  const drops = data.edges.filter((edge) => edge.drop).filter(({ from, to }) => {
    const [report, document] = [nodes.get(from), nodes.get(to)];
    const below = (node) => node.kind === "PolicyDocument" && node.x === document.x && node.y > document.y && node.y < report.y;
    return document.y < report.y && !data.nodes.some(below);
  });

  /** Panels behind the sections, and over each band of the board what stands there. */
  function drawBoard(context) {
    context.fillStyle = css("--panel");
    context.strokeStyle = css("--panel-rule");
    context.lineWidth = 2;
    for (const [x, y, width, height] of board.panels) {
      context.beginPath();
      context.roundRect(x, y, width, height, 8);
      context.fill();
      context.stroke();
    }
    context.font = `600 21px ${css("--font")}`;
    context.textAlign = "left";
    context.textBaseline = "bottom";
    for (const [word, kind, x, y, of] of board.captions) {
      if (!shown[kind]) continue;
      context.fillStyle = css(`--${kind}-line`);
      context.fillText(of ? `${textOf(of)} ${say(word)}` : say(word), x, y);
    }
    if (shown.Report && shown.PolicyDocument) drops.forEach((drop) => drawDrop(context, drop));
  }

  /** An arrow straight down from a document to the report that rests on it, with the relation's name. */
  function drawDrop(context, { from, to, ...edge }) {
    const [report, document] = [nodes.get(from), nodes.get(to)];
    const [start, end] = [document.y + document.heightConstraint.minimum / 2 + 14, report.y - report.heightConstraint.minimum / 2 - 12];
    context.strokeStyle = context.fillStyle = css("--PolicyDocument-line");
    context.beginPath();
    context.moveTo(document.x, start);
    context.lineTo(document.x, end);
    context.moveTo(document.x - 6, end - 8);
    context.lineTo(document.x, end);
    context.lineTo(document.x + 6, end - 8);
    context.stroke();
    context.font = `18px ${css("--font")}`;
    context.textBaseline = "middle";
    context.fillText(edge[LANGUAGES[state.language]], document.x + 12, (start + end) / 2);
  }

  network.on("beforeDrawing", drawBoard);
  network.on("click", ({ nodes: hit }) => {
    if (hit.length) select([hit[0]], { moves: false });
    else select([]);
  });

  // ------------------------------------------------------------------------------------------------ choosing

  /** Chooses nodes: the first is described, all are marked. */
  function select(ids, { moves = true } = {}) {
    state.chosen = ids.filter((id) => kindOf[id]);
    const [first] = state.chosen;
    const report = first && details[first].report;
    if (report && report !== state.report && reports.includes(report)) showReport(report);
    showTab(first ? "details" : "findings");
    showDetails();
    redraw();
    markEvidence();
    for (const button of document.querySelectorAll(".finding")) button.setAttribute("aria-current", String(button.dataset.id === first));
    if (moves) bringIntoView(state.chosen);
  }

  function showTab(name) {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const isOn = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !isOn;
    }
  }

  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => showTab(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tab.id === "tab-details" ? "findings" : "details";
      showTab(other);
      $(`tab-${other}`).focus();
    });
  }

  // ------------------------------------------------------------------------------------------------ details

  function showDetails() {
    const pane = $("details");
    const [id] = state.chosen;
    if (!id) return pane.replaceChildren(make("p", { class: "empty" }, say("ui.nothing")));
    const found = details[id];
    const kind = kindOf[id];
    pane.replaceChildren(
      make("div", { class: "top" },
        make("span", { class: "chip" }, swatch(kind), say(`class.${kind}`)),
        make("button", { type: "button", onclick: () => select([]) }, say("ui.clear"))),
      make("h2", { lang: kind === "Finding" ? LANGUAGES[state.language] : "zh", dir: "auto" }, nameOf(id)),
      ...(kind === "Mention" ? [make("p", { class: "empty" }, say("ui.unresolved"))] : []),
      ...listFacts(found), ...listRelations(id), ...listQuotes(found, kind),
      make("p", { class: "iri" }, id));
    pane.scrollTop = 0;
  }

  function listFacts({ facts }) {
    if (!facts.length) return [];
    const rows = facts.flatMap(([name, ...value]) => [
      make("dt", {}, property(name)), make("dd", { dir: "auto" }, value[state.language])]);
    return [make("h3", {}, say("ui.facts")), make("dl", { class: "facts" }, ...rows)];
  }

  const MANY = 6; // relations of one name, from which on they are folded up

  function listRelations(id) {
    const own = data.edges.filter((edge) => edge.from === id || edge.to === id);
    if (!own.length) return [];
    const groups = new Map();
    for (const edge of own) {
      const how = `${edge.from === id ? "→" : "←"} ${edge[LANGUAGES[state.language]]}`;
      groups.set(how, [...(groups.get(how) ?? []), edge.from === id ? edge.to : edge.from]);
    }
    const link = (other) => make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([other]) }, nameOf(other));
    const rows = [...groups].flatMap(([how, others]) => {
      if (others.length <= MANY) return others.map((other) => make("li", {}, make("span", { class: "how" }, how), link(other)));
      const all = others.map((other) => make("li", {}, link(other)));
      return [make("li", {}, make("details", {}, make("summary", { class: "how" }, `${how} ${others.length}`), make("ul", {}, ...all)))];
    });
    return [make("h3", {}, `${say("ui.relations")} ${own.length}`), make("ul", { class: "links" }, ...rows)];
  }

  function listQuotes({ quotes }, kind) {
    const rows = quotes.map(([source, start, end, exact, note]) => {
      const place = make("small", {}, `${start}–${end}` + (note ? ` · ${say(note)}` : ""));
      return make("button", { type: "button", class: `quote of-${kind}`, lang: "zh", dir: "auto", onclick: () => scrollToOffset(source, start) }, exact, place);
    });
    if (!rows.length) rows.push(make("p", { class: "empty" }, say("ui.no_evidence")));
    return [make("h3", {}, say("ui.evidence")), ...rows];
  }

  // ------------------------------------------------------------------------------------------------ findings

  const SEVERITIES = ["violation", "warning", "info"];
  const VERDICTS = ["inconsistent", "late", "missing", "unverifiable"];
  const placeIn = (list, item) => (list.includes(item) ? list.indexOf(item) : list.length);
  const findings = data.nodes.filter((node) => node.kind === "Finding").map((node) => node.id).sort((a, b) =>
    placeIn(SEVERITIES, details[a].severity) - placeIn(SEVERITIES, details[b].severity)
    || placeIn(VERDICTS, details[a].verdict) - placeIn(VERDICTS, details[b].verdict)
    || details[a].start - details[b].start || (a < b ? -1 : 1));

  function concerns(finding) {
    const own = data.edges.filter((edge) => edge.from === finding && (edge.key === "about" || edge.key === "operand"));
    return [...new Set(own.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map((edge) => edge.to))];
  }

  function showFindings() {
    $("findings-count").textContent = String(findings.length);
    const rows = findings.map((id) => {
      const { verdict, severity, facts } = details[id];
      const rule = facts.find(([name]) => name === "rule");
      return make("button", { type: "button", class: "finding", "data-id": id, "data-severity": severity, "data-verdict": verdict, onclick: () => select([id, ...concerns(id)]) },
        make("span", { class: "verdict" }, `${say(`severity.${severity}`)} · ${say(`verdict.${verdict}`)}`),
        make("span", { class: "rule" }, rule ? rule[state.language + 1] : ""),
        make("span", { class: "message", dir: "auto" }, nameOf(id)));
    });
    if (!rows.length) rows.push(make("p", { class: "empty" }, say("ui.no_findings")));
    $("findings").replaceChildren(make("p", { class: "about" }, say("ui.findings_lead")), ...rows);
  }

  // ------------------------------------------------------------------------------------------------ source text

  /** The quotes of a report's text that are worth a mark: start, end, node, in order of their start. */
  function findMarks(report, length) {
    const marks = [];
    for (const id of Object.keys(details)) {
      if (["Report", "Finding", "Topic"].includes(kindOf[id])) continue;
      for (const [source, start, end] of details[id].quotes) {
        if (source === report && start < end && end <= length) marks.push({ start, end, id });
      }
    }
    return marks.sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
  }

  /** The text in pieces, cut wherever a quote begins or ends; each piece knows its nodes, the closest fit first. */
  function showSource() {
    const pane = $("source");
    const text = data.texts[state.report];
    if (text === undefined) return pane.replaceChildren(make("p", { class: "empty" }, say("ui.no_text")));
    const characters = Array.from(text);
    const marks = findMarks(state.report, characters.length);
    const cuts = [...new Set([0, characters.length, ...marks.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
    const pieces = [];
    let [open, next] = [[], 0];
    for (let number = 0; number + 1 < cuts.length; number += 1) {
      const [start, end] = [cuts[number], cuts[number + 1]];
      open = open.filter((mark) => mark.end > start);
      for (; next < marks.length && marks[next].start <= start; next += 1) open.push(marks[next]);
      const piece = characters.slice(start, end).join("");
      const covering = [...open].sort((a, b) => (a.end - a.start) - (b.end - b.start) || order[kindOf[a.id]] - order[kindOf[b.id]]);
      pieces.push(covering.length ? makeMark(piece, start, end, [...new Set(covering.map((mark) => mark.id))]) : piece);
    }
    pane.replaceChildren(...pieces);
    const first = pane.querySelector(".mark");
    if (first) first.tabIndex = 0;
  }

  function makeMark(piece, start, end, ids) {
    const mark = make("span", { class: `mark of-${kindOf[ids[0]]}`, role: "button", tabindex: "-1", title: nameOf(ids[0]), onclick: () => chooseNext(ids) }, piece);
    if (ids.some((id) => alarms.has(id))) mark.classList.add("alarm");
    if (ids[0] in unresolved) mark.classList.add("unresolved");
    Object.assign(mark.dataset, { start, end });
    return mark;
  }

  /** The node that fits closest; clicked again, the next wider one. */
  function chooseNext(ids) {
    const next = ids.indexOf(state.chosen[0]) + 1;
    select([ids[next % ids.length]]);
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

  function scrollToOffset(source, start) {
    if (source !== state.report && reports.includes(source)) showReport(source);
    const mark = [...$("source").querySelectorAll(".mark")].find((piece) => Number(piece.dataset.end) > start);
    if (!mark) return;
    const pane = $("source");
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }

  /** Marks the words behind the chosen nodes and scrolls to the first of them. */
  function markEvidence() {
    const spans = state.chosen.flatMap((id) => details[id].quotes).filter(([source]) => source === state.report);
    for (const mark of $("source").querySelectorAll(".mark")) {
      const [start, end] = [Number(mark.dataset.start), Number(mark.dataset.end)];
      mark.classList.toggle("here", spans.some(([, from, to]) => from <= start && end <= to));
    }
    if (spans.length) scrollToOffset(state.report, spans[0][1]);
  }

  // ------------------------------------------------------------------------------------------------ frame

  function showLegend() {
    const counts = {};
    for (const { kind } of data.nodes) counts[kind] = (counts[kind] ?? 0) + 1;
    $("legend").replaceChildren(...data.kinds.filter(({ name }) => counts[name]).map(({ name }) =>
      make("button", { type: "button", "data-kind": name, "aria-pressed": String(shown[name]), onclick: () => toggle(name) },
        swatch(name), say(`class.${name}`), make("small", {}, String(counts[name])))));
  }

  function toggle(kind) {
    shown[kind] = !shown[kind];
    document.querySelector(`#legend [data-kind="${kind}"]`).setAttribute("aria-pressed", String(shown[kind]));
    redraw();
    if (!state.chosen.length) fit();
  }

  function showHeader() {
    const facts = Object.fromEntries((details[state.report]?.facts ?? []).map(([name, ...value]) => [name, value[state.language]]));
    const issuer = data.edges.find((edge) => edge.from === state.report && edge.key === "issuedBy");
    const meta = [["ui.issuer", issuer ? nameOf(issuer.to) : facts.issuedBy], ["ui.year", facts.reportYear], ["ui.created", facts.created], ["ui.issued", facts.issued]];
    const entry = ([key, value]) => make("div", {}, make("dt", {}, say(key)), make("dd", { dir: "auto" }, String(value)));
    $("meta").replaceChildren(...meta.filter(([, value]) => value).map(entry));
    const count = (kind) => data.nodes.filter((node) => node.kind === kind).length;
    const counts = ["Measure", "Observation", "PolicyDocument"].map((kind) => entry([`class.${kind}`, count(kind)]));
    const warnings = entry(["ui.warnings", findings.filter((id) => details[id].severity !== "info").length]);
    warnings.classList.add("alarm");
    $("counts").replaceChildren(...counts, warnings);
    if (state.report) $("title").textContent = details[state.report].name[0];
  }

  function showReport(report) {
    state.report = report;
    $("report").value = report;
    showHeader();
    showSource();
  }

  function showWords() {
    document.documentElement.lang = LANGUAGES[state.language];
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    for (const element of document.querySelectorAll("[data-word-label]")) element.setAttribute("aria-label", say(element.dataset.wordLabel));
    showLegend();
    showFindings();
    showDetails();
    showReport(state.report);
    redraw();
    markEvidence();
  }

  const yearOf = (id) => details[id].facts.find(([name]) => name === "reportYear")?.[1] ?? "";
  $("report").replaceChildren(...reports.map((id) => make("option", { value: id }, [yearOf(id), details[id].name[0]].join(" ").trim())));
  $("report").hidden = reports.length < 2;
  $("report").addEventListener("change", () => { showReport($("report").value); fit(state.report); });
  $("language").addEventListener("click", () => { state.language = 1 - state.language; showWords(); });
  $("relations").addEventListener("click", () => {
    state.relations = !state.relations;
    $("relations").setAttribute("aria-pressed", String(state.relations));
    for (const kind of ["Agency", "Program"]) shown[kind] = state.relations; // what most of them lead to
    showLegend();
    redraw();
    if (!state.chosen.length) fit();
  });
  $("fit").addEventListener("click", () => fit());
  $("zoom-in").addEventListener("click", () => scaleBy(1.4));
  $("zoom-out").addEventListener("click", () => scaleBy(1 / 1.4));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.chosen.length) select([]); });
  for (const media of ["(prefers-color-scheme: dark)", "print"]) matchMedia(media).addEventListener("change", () => { palette.clear(); redraw(); });

  network.canvas.frame.tabIndex = 0; // vis-network puts it behind everything else
  showWords();
  fit(state.report);
  // For tests and for other scripts: the drawing, its data, and choosing a node by its IRI.
  window.fatu = { network, nodes, edges, select: (...ids) => select(ids), fit };
})();
