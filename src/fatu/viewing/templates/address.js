// ------------------------------------------------------------------------------------------------- address
// What is shown, in the page's address after the #, so that a link or the back button brings it again:
// #node=…&steps=2 · to=… (a path) · report=… · view=table · view=compare with indicator, year · q=… · section, topic, agency, verdict · hide/show=… · lang=en
// An IRI may be given whole, without what all IRIs of the graph begin with, or by what follows its #.

const ROOT = data.root;
const shorten = (node) => (node.id.startsWith(ROOT) ? node.id.slice(ROOT.length) : node.id);
const byShort = new Map();
for (const node of byId.values()) byShort.set(node.id.split("#")[1] ?? shorten(node), node);
for (const node of byId.values()) byShort.set(shorten(node), node);
const findNode = (text) => (text ? byId.get(text) ?? byShort.get(text) ?? null : null);

let isReading = false;

function addressOf() {
  const { scene } = state;
  const [first] = state.chosen;
  const said = new URLSearchParams();
  const centre = scene.type === "focus" ? scene.centre : scene.type === "path" ? scene.from : first;
  if (centre) said.set("node", shorten(centre));
  if (scene.type === "focus") said.set("steps", String(scene.steps));
  if (scene.type === "path") said.set("to", shorten(scene.to));
  if (reports.length > 1 && scene.type === "board" && scene.report) said.set("report", shorten(scene.report));
  if (state.view !== "graph") said.set("view", state.view);
  if (state.view === "compare" && compared.indicators[comparing.indicator]) {
    said.set("indicator", compared.indicators[comparing.indicator].id);
    if (comparing.year) said.set("year", String(comparing.year));
  }
  if (state.query.trim()) said.set("q", state.query.trim());
  for (const filter of FILTERS) {
    const value = state.filters[filter];
    if (value) said.set(filter, filter === "verdict" ? value : shorten(byId.get(value)));
  }
  for (const [word, isShown] of [["show", true], ["hide", false]]) {
    if (scene.type !== "board") continue;
    const changed = data.kinds.filter(({ name, shown }) => scene.shown[name] === isShown && shown !== isShown).map(({ name }) => name);
    if (changed.length) said.set(word, changed.join(","));
  }
  if (state.relations) said.set("relations", "all");
  if (state.language) said.set("lang", LANGUAGES[state.language]);
  return said.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
}

let written = null; // the scene that the address is of

/** Writes the address; another scene is a step that the back button undoes. */
function writeAddress() {
  if (isReading || !state.scene) return;
  const isStep = written !== null && written !== state.scene;
  const address = `#${addressOf()}`;
  written = state.scene;
  if (address === (location.hash || "#")) return;
  try {
    history[isStep ? "pushState" : "replaceState"](null, "", address);
  } catch {
    // A frame in a notebook has no address of its own.
  }
}

/** Shows what the address says; what it names but the graph has not is passed over. */
function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const [node, to] = [findNode(said.get("node")), findNode(said.get("to"))];
  const steps = Math.min(3, Math.max(1, Number.parseInt(said.get("steps") ?? "", 10) || 0));
  isReading = true;
  try {
    const language = Math.max(0, LANGUAGES.indexOf(said.get("lang")));
    state.relations = said.get("relations") === "all";
    $("relations").setAttribute("aria-pressed", String(state.relations));
    if (language !== state.language) {
      state.language = language;
      showWords(); // what is drawn follows with the scene
    }
    const report = findNode(said.get("report"));
    const scene = report?.kind === "Report" ? sceneOf(report) : node && node.kind !== "Mention" && !scenes[0].places.has(node) ? homeOf(node) : scenes[0];
    if (scene.report && scene.report !== state.report) showReport(scene.report);
    for (const kind of data.kinds) {
      const [isOn, isOff] = ["show", "hide"].map((word) => (said.get(word) ?? "").split(",").includes(kind.name));
      if (scene.type === "board") scene.shown[kind.name] = isOn || (kind.shown && !isOff);
    }
    for (const filter of FILTERS) state.filters[filter] = filter === "verdict" ? said.get(filter) ?? "" : findNode(said.get(filter))?.id ?? "";
    if (node && to && node.kind !== "Mention" && to.kind !== "Mention") {
      openScene(scene, { moves: false });
      showPath(node, to);
    } else if (node && said.has("steps") && node.kind !== "Mention") focusOn(node, steps);
    else {
      const chosen = node ? [node] : [];
      openScene(scene, { chosen });
      select(chosen, { moves: Boolean(node), isDrawn: scene.places.has(node) || !node });
    }
    showFilters();
    setFilters({}, { moves: false });
    setQuery(said.get("q") ?? "");
    showLegend();
    showTrail();
    const named = compared.indicators.findIndex(({ id }) => id === said.get("indicator"));
    comparing.indicator = named < 0 ? MOST_GIVEN : named;
    comparing.year = Number.parseInt(said.get("year") ?? "", 10) || 0;
    if (state.view === "compare") showComparison();
    showView(VIEWS.includes(said.get("view")) ? said.get("view") : "graph");
  } finally {
    written = state.scene;
    isReading = false;
  }
}

window.addEventListener("popstate", readAddress);
window.addEventListener("hashchange", readAddress);
