// ---------------------------------------------------------------------------------------------------- page
// The frame around it all: header, legend, trail, words in two languages; and the start.

function showLegend() {
  const counts = {};
  for (const { kind } of state.scene.places.keys()) counts[kind] = (counts[kind] ?? 0) + 1;
  $("legend").replaceChildren(...data.kinds.filter(({ name }) => counts[name]).map(({ name }) =>
    make("button", { type: "button", "data-kind": name, "aria-pressed": String(state.scene.shown[name]), onclick: () => toggle(name) },
      swatch(name), say(`class.${name}`), make("small", {}, String(counts[name])))));
}

function toggle(kind) {
  const { shown } = state.scene;
  shown[kind] = !shown[kind];
  document.querySelector(`#legend [data-kind="${kind}"]`).setAttribute("aria-pressed", String(shown[kind]));
  refresh();
  if (!state.chosen.length) fit();
  writeAddress();
}

/** Where one is: the overview, a report's board, a focus, a path; each a way back. On the first scene how to read it. */
function showTrail() {
  const { scene } = state;
  const steps = [];
  const go = (words, action) => steps.push(make("button", { type: "button", class: "link", onclick: action }, words));
  if (reports.length > 1 && scene !== scenes[0]) go(say("ui.overview"), openOverview);
  if (scene.type !== "overview" && scene.type !== "board" && state.report) go(reports.length > 1 ? shortName(state.report) : say("ui.board"), leaveScene);
  const here = {
    overview: () => say("ui.overview_lead", { count: reports.length }),
    board: () => (steps.length ? nameOf(scene.report ?? { name: [say("ui.graph"), say("ui.graph")] }) : say("ui.lead")),
    focus: () => `${say("ui.focus_of", { name: nameOf(scene.centre), steps: scene.steps })}${scene.isCut ? ` · ${say("ui.cut")}` : ""}`,
    path: () => say("ui.path_of", { from: nameOf(scene.from), to: nameOf(scene.to), count: scene.places.size - 1 }),
  }[scene.type]();
  $("trail").replaceChildren(...steps.flatMap((step) => [step, make("span", { "aria-hidden": "true" }, "›")]), make("span", { dir: "auto" }, here));
  $("trail").classList.toggle("away", steps.length > 0);
  if (steps.length && scene.type !== "board") $("trail").append(make("button", { type: "button", id: "leave", onclick: leaveScene }, say("ui.leave")));
  showLegend();
}

function openOverview() {
  openScene(scenes[0], { chosen: [] });
  select([], { moves: false, isDrawn: true });
  showTrail();
}

/** Says what is not drawn. */
function showNotice() {
  const words = [drawn.left ? say("ui.too_many", { shown: drawn.view.size, all: drawn.view.size + drawn.left }) : "", isFiltered() && state.scene.type !== "overview" ? say("ui.filtered", { shown: drawn.view.size, all: state.scene.places.size }) : ""];
  $("notice").textContent = words.filter(Boolean).join(" ");
  $("notice").hidden = !$("notice").textContent;
}

function showHeader() {
  const { report } = state;
  const isWhole = reports.length > 1 && state.scene?.type === "overview";
  const [issuer] = report ? linked(report, true, "issuedBy") : [];
  const own = (kind) => nodes.filter((node) => node.kind === kind && (isWhole || !report || sceneOf(report).places.has(node))).length;
  const meta = report && !isWhole ? [["ui.issuer", issuer ? nameOf(issuer) : factOf(report, "issuedBy")], ["ui.year", factOf(report, "reportYear")], ["ui.created", factOf(report, "created")], ["ui.issued", factOf(report, "issued")]] : [];
  const entry = ([key, value]) => make("div", {}, make("dt", {}, say(key)), make("dd", { dir: "auto" }, String(value)));
  $("meta").replaceChildren(...meta.filter(([, value]) => value).map(entry));
  const counts = ["Measure", "Observation", "PolicyDocument"].map((kind) => [`class.${kind}`, own(kind)]);
  if (isWhole) counts.unshift(["class.Report", reports.length]);
  const warnings = entry(["ui.warnings", findings.filter((finding) => finding.severity !== "info" && (isWhole || reports.length < 2 || reportOf(finding) === report)).length]);
  warnings.classList.add("alarm");
  $("counts").replaceChildren(...counts.map(entry), warnings);
  $("title").textContent = isWhole || !report ? say("ui.reports", { count: reports.length }) : report.name[0];
  $("report").value = isWhole ? "" : report?.id ?? "";
}

function showReport(report) {
  state.report = report;
  showHeader();
  showSource();
  showFilters();
}

function showWords() {
  document.documentElement.lang = LANGUAGES[state.language];
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) element.setAttribute("aria-label", say(element.dataset.wordLabel));
  for (const element of document.querySelectorAll("[data-word-title]")) element.title = say(element.dataset.wordTitle);
  $("query").placeholder = say("ui.query");
  $("table-words").placeholder = say("ui.table_words");
  if (!state.scene) return;
  showReport(state.report);
  showTrail();
  showFindings();
  showDetails();
  showFind();
  showLarge();
  markEvidence();
}

$("report").replaceChildren(
  make("option", { value: "", "data-word": "ui.overview" }, say("ui.overview")),
  ...reports.map((report) => make("option", { value: report.id }, reports.length > 1 ? `${shortName(report)} ${report.name[0]}` : report.name[0])));
$("report").hidden = reports.length < 2;
$("report").addEventListener("change", () => {
  const report = byId.get($("report").value);
  if (report) openReport(report);
  else openOverview();
});
$("language").addEventListener("click", () => {
  state.language = 1 - state.language;
  showWords();
  refresh();
  writeAddress();
});
$("relations").addEventListener("click", () => {
  state.relations = !state.relations;
  $("relations").setAttribute("aria-pressed", String(state.relations));
  if (state.scene.type === "board") for (const kind of ["Agency", "Program"]) state.scene.shown[kind] = state.relations; // what most of them lead to
  showLegend();
  refresh();
  if (!state.chosen.length) fit();
  writeAddress();
});
$("physics").addEventListener("click", () => setPhysics(!state.physics));
$("fit").addEventListener("click", () => fit());
$("zoom-in").addEventListener("click", () => scaleBy(1.4));
$("zoom-out").addEventListener("click", () => scaleBy(1 / 1.4));
$("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : $("graph-part").requestFullscreen()));
document.addEventListener("fullscreenchange", () => {
  $("full").setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
  setTimeout(fit, 60);
});
walkTabs(TABS, "tab", showTab);
walkTabs(VIEWS, "view", showView);

document.addEventListener("keydown", (event) => {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !isTyping) {
    $("query").focus();
    $("query").select();
    event.preventDefault();
  } else if (event.key === "Escape" && state.joining) joinFrom(state.joining);
  else if (event.key === "Escape" && isTyping && document.activeElement === $("query")) setQuery("");
  else if (event.key === "Escape" && state.chosen.length && state.scene.type === "board") select([]);
  else if (event.key === "Escape" && (state.scene.type === "focus" || state.scene.type === "path")) leaveScene();
});
for (const media of ["(prefers-color-scheme: dark)", "print"]) {
  matchMedia(media).addEventListener("change", () => {
    palette.clear();
    refresh();
  });
}

/** The lists and the text beside the graph, which is drawn before them. */
function begin() {
  showWords();
  showFindings();
  if (location.hash.length > 1) readAddress();
  else written = state.scene;
  // For tests and for other scripts.
  window.fatu = {
    network, data, state, drawn, fit, cut, parted, widthOf, findNodes, writeSvg, writeCsv, tableValues,
    select: (...ids) => select(ids.map(findNode).filter(Boolean)),
    focus: (id, steps) => focusOn(findNode(id), steps),
    isVisible: (id) => drawn.view.has(findNode(id)),
    place: (id) => state.scene.places.get(findNode(id)),
    lines: (id) => cachedLines(findNode(id), state.scene.places.get(findNode(id))),
    colors: (id) => colorsOf(findNode(id), true),
  };
}

openScene(scenes[0]);
showTrail();
requestAnimationFrame(() => setTimeout(begin));
