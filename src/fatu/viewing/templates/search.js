// -------------------------------------------------------------------------------------------------- search
// Finding nodes by name, document number, pinyin initials and the words of the text; filters by section, topic,
// agency and verdict.

const MOST_HITS = 200;
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "").replace(/[\[({【〔]/gu, "〔").replace(/[\])}】〕]/gu, "〕");
for (const node of byId.values()) node.folded = [fold(node.name[0]), fold(node.name[1]), fold(node.number ?? "")];

/** How well a node answers a query: the lower the better, -1 for not at all. */
function matchOf(node, query) {
  const [zh, en, number] = node.folded;
  if (number && number === query) return 0;
  if (zh === query || en === query) return 1;
  if (zh.startsWith(query) || en.startsWith(query) || (number && number.includes(query))) return 2;
  if (zh.includes(query) || en.includes(query)) return 3;
  if (/^[a-z0-9]{2,}$/.test(query)) {
    const at = node.initials.indexOf(query);
    if (at >= 0) return at === 0 ? 4 : 5;
  }
  if (node.facts.some(([, fact]) => fold(fact).includes(query))) return 6;
  return -1;
}

/** The nodes that answer the query and pass the filters, the best first; without a query all that pass. */
function findNodes() {
  const query = fold(state.query);
  const hits = [];
  for (const node of byId.values()) {
    const match = query ? matchOf(node, query) : 0;
    if (match >= 0 && (node.kind === "Mention" ? !isFiltered() : passes(node))) hits.push({ node, match });
  }
  const rank = ({ kind }) => kinds[kind]?.order ?? 99;
  return hits.sort((a, b) => a.match - b.match || rank(a.node) - rank(b.node) || a.node.at - b.node.at).map(({ node }) => node);
}

/** Where the words of the query stand in the texts of the reports: report, start, end, with the words around. */
function findPassages(most = 30) {
  const query = Array.from(state.query.trim().toLowerCase());
  const found = [];
  if (query.length < 2) return found;
  for (const report of reports) {
    const characters = charactersOf(report);
    if (!characters) continue;
    for (let at = 0; at + query.length <= characters.length && found.length < most; at += 1) {
      if (query.some((character, step) => characters[at + step].toLowerCase() !== character)) continue;
      found.push({ report, start: at, end: at + query.length, around: [characters.slice(Math.max(0, at - 12), at), characters.slice(at, at + query.length), characters.slice(at + query.length, at + query.length + 18)].map((part) => part.join("")) });
    }
  }
  return found;
}

function showFind() {
  const pane = $("find-results");
  if (!state.query.trim() && !isFiltered()) return pane.replaceChildren(make("p", { class: "empty" }, say("ui.find_lead")));
  const hits = findNodes();
  const passages = findPassages();
  const rows = hits.slice(0, MOST_HITS).map(hitButton);
  $("status").textContent = say("ui.found", { count: hits.length });
  pane.replaceChildren(
    make("p", { class: "about" }, say("ui.found", { count: hits.length })), ...rows,
    ...(hits.length > MOST_HITS ? [make("p", { class: "empty" }, say("ui.more", { count: hits.length - MOST_HITS }))] : []),
    ...(passages.length ? [make("h3", {}, `${say("ui.in_text")} ${passages.length}`), ...passages.map(passageButton)] : []));
}

function hitButton(node) {
  const report = reportOf(node);
  const where = [node.number, reports.length > 1 && report && node.kind !== "Report" ? shortName(report) : ""].filter(Boolean).join(" · ");
  return make("button", { type: "button", class: "hit", "data-node": node.id, "aria-current": String(state.chosen[0] === node), onclick: () => select([node], { tab: "details" }) },
    swatch(node.kind), make("span", { class: "hit-name", dir: "auto" }, nameOf(node)), make("small", {}, [say(`class.${node.kind}`), where].filter(Boolean).join(" · ")));
}

function passageButton({ report, start, end, around: [before, words, after] }) {
  return make("button", { type: "button", class: "hit passage", lang: "zh", onclick: () => markSpan(report.id, start, end) },
    make("span", { class: "hit-name" }, `…${before}`, make("mark", {}, words), `${after}…`));
}

// ---- filters

const FILTERS = ["section", "topic", "agency", "verdict"];

/** What each filter can be set to: value, words, how many nodes pass. */
function choicesFor(filter) {
  if (filter === "verdict") {
    const found = new Map();
    for (const { verdict } of findings) found.set(verdict, (found.get(verdict) ?? 0) + 1);
    return [...found].sort((a, b) => placeIn(VERDICTS, a[0]) - placeIn(VERDICTS, b[0])).map(([verdict, count]) => [verdict, `${say(`verdict.${verdict}`)} ${count}`]);
  }
  const kind = { section: "Section", topic: "Topic", agency: "Agency" }[filter];
  const own = nodes.filter((node) => node.kind === kind && (filter !== "section" || reportOf(node) === state.report));
  if (filter === "section") return own.map((node) => [node.id, "\u3000".repeat(Math.max(0, sectionsOf(node).length - 1)) + nameOf(node)]);
  const does = filter === "agency" ? (node) => linked(node, false, "actor", "participant").length : (node) => linked(node, false, "topic").length;
  return own.map((node) => [node, does(node)]).filter(([, count]) => count).sort((a, b) => b[1] - a[1] || compare(a[0].id, b[0].id))
    .map(([node, count]) => [node.id, `${nameOf(node)} ${count}`]);
}

function showFilters() {
  for (const filter of FILTERS) {
    const box = $(`filter-${filter}`);
    const choices = choicesFor(filter);
    if (state.filters[filter] && !choices.some(([value]) => value === state.filters[filter])) state.filters[filter] = "";
    box.replaceChildren(make("option", { value: "" }, say("ui.any")), ...choices.map(([value, words]) => make("option", { value }, words)));
    box.value = state.filters[filter];
  }
}

/** Sets filters, and shows everywhere what they leave. */
function setFilters(filters, { moves = true } = {}) {
  Object.assign(state.filters, filters);
  for (const filter of FILTERS) $(`filter-${filter}`).value = state.filters[filter];
  $("clear-filters").hidden = !isFiltered();
  refresh();
  if (moves && !state.chosen.length && state.view === "graph") fit();
  showFindings();
  showFind();
  showLarge();
  writeAddress();
}

for (const filter of FILTERS) $(`filter-${filter}`).addEventListener("change", (event) => setFilters({ [filter]: event.target.value }));
$("clear-filters").addEventListener("click", () => setFilters({ section: "", topic: "", agency: "", verdict: "" }));

let typing = 0;
$("query").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => setQuery($("query").value), 80);
});
$("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    clearTimeout(typing);
    setQuery($("query").value);
    $("find-results").querySelector("button")?.click();
  } else if (event.key === "ArrowDown") $("find-results").querySelector("button")?.focus();
  else return;
  event.preventDefault();
});
$("find-results").addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  let next = step && document.activeElement[step];
  while (next && next.tagName !== "BUTTON") next = next[step];
  if (step) event.preventDefault();
  if (next) next.focus();
  else if (event.key === "ArrowUp") $("query").focus();
});

function setQuery(query) {
  state.query = query;
  if ($("query").value !== query) $("query").value = query;
  if (query.trim()) showTab("find");
  showFind();
  writeAddress();
}
