// --------------------------------------------------------------------------------------------------- panel
// Choosing nodes, and what is told of the chosen one: its facts, its relations, the words of the report behind it.

/** Chooses nodes: the first is described, all are marked. `moves` brings them into view; `isDrawn` where the scene was
    just opened with them. While the other end of a path is asked for, the first is it. */
function select(chosen, { moves = true, isDrawn = false, tab = chosen.length ? "details" : "findings" } = {}) {
  const [first] = chosen;
  const from = state.joining;
  state.joining = null;
  if (from && first && first !== from && first.kind !== "Mention") return showPath(from, first);
  state.chosen = chosen;
  const report = first && reportOf(first);
  if (report && report !== state.report) showReport(report);
  const isElsewhere = first && first.kind !== "Mention" && !state.scene.places.has(first);
  if (isElsewhere) openScene(homeOf(first));
  else if (!isDrawn) refresh();
  showTab(tab);
  showDetails();
  showTrail();
  markEvidence();
  for (const item of document.querySelectorAll("[data-node]")) item.setAttribute("aria-current", String(first !== undefined && item.dataset.node === first.id));
  $("status").textContent = first ? say("ui.chosen", { kind: say(`class.${first.kind}`), name: nameOf(first), links: first.links.length }) : "";
  if (moves) bringIntoView(chosen);
  writeAddress();
}

/** The scene where a node stands: the board of its report, or of one that has to do with it. */
function homeOf(node) {
  const own = scenes.find((scene) => scene.report && scene.report === reportOf(node) && scene.places.has(node));
  return own ?? [sceneOf(state.report), ...scenes].find((scene) => scene.places.has(node)) ?? scenes[0];
}

/** Opens what stands behind a box: a report's board, of anything else what is around it. */
function unfold(node) {
  if (node.kind === "Report" && state.scene.report !== node) return openReport(node);
  focusOn(node, 1);
}

function openReport(report) {
  openScene(sceneOf(report), { chosen: [] });
  select([], { moves: false, isDrawn: true });
  showReport(report);
  showTrail();
}

/** Shows a node with what is within some steps of it. */
function focusOn(node, steps) {
  if (state.physics) setPhysics(false);
  showView("graph");
  openScene(focusScene(node, steps), { chosen: [node] });
  select([node], { moves: false, isDrawn: true });
}

/** Begins or ends the search for a path: the next node chosen is its other end. */
function joinFrom(node) {
  state.joining = state.joining ? null : node;
  showDetails();
}

/** Shows the shortest path between two nodes. */
function showPath(from, to) {
  const path = pathBetween(from, to);
  if (!path) {
    select([from]);
    $("details").prepend(make("p", { class: "notice", role: "alert" }, say("ui.no_path", { from: nameOf(from), to: nameOf(to) })));
    return;
  }
  if (state.physics) setPhysics(false);
  showView("graph");
  openScene(pathScene(from, to, path), { chosen: [from] });
  select([from], { moves: false, isDrawn: true });
}

/** Back from a focus or a path to the board, from there to the overview. */
function leaveScene() {
  const { scene } = state;
  const [first] = state.chosen;
  const chosen = scene.type === "board" || !first ? [] : [first];
  openScene(scene.type === "board" ? scenes[0] : first && first.kind !== "Mention" ? homeOf(first) : sceneOf(state.report), { chosen });
  select(chosen, { moves: false, isDrawn: true });
}

// ---- tabs

const TABS = ["findings", "details", "find"];
const VIEWS = ["graph", "table", "charts", ...(data.comparison ? ["compare"] : []), "figures"];

function showTab(name) {
  for (const tab of TABS) {
    const isOn = tab === name;
    $(`tab-${tab}`).setAttribute("aria-selected", String(isOn));
    $(`tab-${tab}`).tabIndex = isOn ? 0 : -1;
    $(tab).hidden = !isOn;
  }
}

/** Turns the large part of the page to the graph, the table, the charts or the figures of the network. */
function showView(name) {
  if (state.view === name) return;
  state.view = name;
  for (const view of VIEWS) {
    $(`view-${view}`).setAttribute("aria-selected", String(view === name));
    $(`view-${view}`).tabIndex = view === name ? 0 : -1;
    $(view).hidden = view !== name;
  }
  $("graph-tools").hidden = name !== "graph";
  showLarge();
  if (name === "graph") fit();
  writeAddress();
}

/** What the large part shows beside the graph is made when it is first looked at. */
function showLarge() {
  if (state.view === "table") showTable();
  if (state.view === "charts") showCharts();
  if (state.view === "compare") showComparison();
  if (state.view === "figures") showFigures();
}

/** Tabs are reached with the tab key once, then walked with the arrow keys (WAI-ARIA authoring practices). */
function walkTabs(names, prefix, show) {
  names.forEach((name, at) => {
    const tab = $(`${prefix}-${name}`);
    tab.addEventListener("click", () => show(name));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = names[(at + step + names.length) % names.length];
      show(next);
      $(`${prefix}-${next}`).focus();
      event.preventDefault();
    });
  });
}

// ---- details

function showDetails() {
  const pane = $("details");
  const [node] = state.chosen;
  if (!node) return pane.replaceChildren(make("p", { class: "empty" }, say("ui.nothing")));
  if (pane.scrollTop) pane.scrollTop = 0;
  pane.replaceChildren(
    make("div", { class: "top" },
      make("span", { class: "chip" }, swatch(node.kind), say(`class.${node.kind}`)),
      make("button", { type: "button", onclick: () => select([]) }, say("ui.clear"))),
    make("h2", { lang: node.kind === "Finding" ? LANGUAGES[state.language] : "zh", dir: "auto" }, nameOf(node)),
    ...(node.kind === "Mention" ? [make("p", { class: "empty" }, say("ui.unresolved"))] : [listMoves(node)]),
    ...(node.kind === "Finding" ? listOperands(node) : []),
    ...listFacts(node), ...listQuotes(node), ...listDoubts(node), ...listRelations(node),
    make("p", { class: "iri" }, node.id),
    ...(data.server ? [make("p", { class: "iri" }, make("a", { href: `${data.server}?query=${encodeURIComponent(`DESCRIBE <${node.id}>`)}`, target: "_blank" }, say("ui.ask_node")))] : []));
}

/** What one can do with a node: see what is around it, find a path from it, open its report. */
function listMoves(node) {
  const { scene } = state;
  const steps = [1, 2, 3].map((count) => make("button", {
    type: "button", class: "step", "data-steps": count, "aria-pressed": String(scene.type === "focus" && scene.centre === node && scene.steps === count),
    "aria-label": say("ui.steps_label", { count }), onclick: () => focusOn(node, count),
  }, String(count)));
  const isJoining = state.joining === node;
  return make("div", { class: "moves" },
    make("span", { role: "group", "aria-label": say("ui.focus") }, `${say("ui.focus")} `, ...steps, ` ${say("ui.steps")}`),
    make("button", { type: "button", id: "join", "aria-pressed": String(isJoining), onclick: () => joinFrom(node) }, say("ui.path")),
    ...(node.kind === "Report" && reports.length > 1 ? [make("button", { type: "button", id: "open-report", onclick: () => openReport(node) }, say("ui.open_report"))] : []),
    ...(isJoining ? [make("p", { class: "notice", role: "status" }, say("ui.path_lead"))] : []));
}

/** A fact with the words it rests on: a click marks them in the source text. */
function listFacts(node) {
  if (!node.facts.length) return [];
  const rows = node.facts.flatMap(([name, ...value]) => {
    const said = value[state.language];
    const spot = node.quotes.length && node.kind !== "Finding" ? [spotFor(node, said)] : []; // what is computed stands in no text
    return [make("dt", {}, property(name)), make("dd", { dir: "auto" }, said, ...spot)];
  });
  return [make("h3", {}, say("ui.facts")), make("dl", { class: "facts" }, ...rows)];
}

/** A button to the passage that a fact rests on: the fact's own words or digits where a quote has them, else the
    first quote. */
function spotFor(node, said) {
  const digits = said.match(/\d[\d.,]*/)?.[0];
  for (const wanted of [said, digits]) {
    for (const [source, start, , exact] of wanted ? node.quotes : []) {
      const at = exact.indexOf(wanted);
      if (at >= 0) return makeSpot(source, start + Array.from(exact.slice(0, at)).length, wanted);
    }
  }
  const [source, start, , exact] = node.quotes[0];
  return makeSpot(source, start, exact);
}

function makeSpot(source, start, exact) {
  const end = start + Array.from(exact).length;
  return make("button", { type: "button", class: "spot", title: exact, "aria-label": say("ui.spot", { words: exact }), onclick: () => markSpan(source, start, end) }, "¶");
}

const MANY = 6; // relations of one name, from which on they are folded up

function listRelations(node) {
  const own = node.links;
  if (!own.length) return [];
  const groups = new Map();
  for (const edge of own) {
    const how = `${edge.from === node ? "→" : "←"} ${edge.name[state.language]}`;
    groups.set(how, [...(groups.get(how) ?? []), edge.from === node ? edge.to : edge.from]);
  }
  const link = (other) => make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([other]) }, relationName(node, other));
  const rows = [...groups].flatMap(([how, others]) => {
    if (others.length <= MANY) return others.map((other) => make("li", {}, make("span", { class: "how" }, how), link(other)));
    const folded = make("details", {}, make("summary", { class: "how" }, `${how} ${others.length}`));
    folded.addEventListener("toggle", () => folded.append(make("ul", {}, ...others.map((other) => make("li", {}, link(other))))), { once: true });
    return [make("li", {}, folded)];
  });
  return [make("h3", {}, `${say("ui.relations")} ${own.length}`), make("ul", { class: "links" }, ...rows)];
}

/** The name of another node; where there are several reports, with the report it belongs to if that is another. */
function relationName(node, other) {
  const report = reportOf(other);
  const isForeign = reports.length > 1 && other.kind !== "Report" && report && report !== reportOf(node);
  return isForeign ? `${nameOf(other)} (${shortName(report)})` : nameOf(other);
}

/** A report by area and year, as short as can be. */
function shortName(report) {
  const [area] = linked(report, true, "area");
  const place = area ? nameOf(area) : nameOf(report);
  return [place, yearOf(report)].filter(Boolean).join(" ");
}

function listQuotes(node) {
  const quotes = node.quotes.length || node.kind !== "Finding" ? node.quotes : concerns(node).flatMap((figure) => figure.quotes);
  const rows = quotes.map(([source, start, end, exact, note]) => {
    const stands = standsOf(source, start, end);
    const told = [`${start}–${end}`, note && say(note), reports.length > 1 && byId.get(source) && shortName(byId.get(source)), ...tellStands(stands)];
    const place = make("small", {}, told.filter(Boolean).join(" · "));
    const quote = make("button", { type: "button", class: `quote of-${node.kind}`, lang: "zh", dir: "auto", onclick: () => markSpan(source, start, end) }, exact, place);
    return make("div", {}, quote, ...showRegions(source, stands));
  });
  if (!rows.length) rows.push(make("p", { class: "empty" }, say("ui.no_evidence")));
  if (rows.length <= 12) return [make("h3", {}, say("ui.evidence")), ...rows];
  return [make("h3", {}, `${say("ui.evidence")} ${rows.length}`), ...rows.slice(0, 12), make("details", {}, make("summary", {}, say("ui.more", { count: rows.length - 12 })), ...rows.slice(12))];
}

/** Findings about a node, each a way to its formula. */
function listDoubts(node) {
  if (!node.findings.length) return [];
  return [make("h3", {}, say("ui.findings")), ...node.findings.map(findingButton)];
}
