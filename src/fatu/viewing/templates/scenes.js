// -------------------------------------------------------------------------------------------------- scenes
// What stands on the canvas: the overview of several reports, the board of one, the surroundings of a node, or the
// path between two. A scene has places (node → box), captions, panels, and which classes it shows.

const isNarrow = $("canvas").getBoundingClientRect().width < 600;
const scenes = data.scenes.map(({ of, boards }) => readScene(of, boards[isNarrow ? 1 : 0]));

function readScene(of, { at, captions, panels }) {
  const places = new Map();
  for (let i = 0; i < at.length; i += 6) places.set(nodes[at[i]], { x: at[i + 1], y: at[i + 2], width: at[i + 3], height: at[i + 4], font: at[i + 5] });
  const shown = Object.fromEntries(data.kinds.map((kind) => [kind.name, of === -1 || kind.shown]));
  const named = captions.map(([word, kind, x, y, node]) => ({ word, kind, x, y, of: nodes[node] ?? null }));
  return { type: of === -1 ? "overview" : "board", of, report: nodes[of] ?? null, places, captions: named, panels, shown };
}

const sceneOf = (report) => scenes.find((scene) => scene.report === report) ?? scenes[scenes.length - 1];

/** Whether a relation counts as a step: not where a document governs all measures alike because the report rests on
    it, but from that document itself. */
function isStep({ key, to }, centre = null) {
  return key !== "inReport" && (key !== "underDocumentInherited" || to === centre);
}

/** The nodes within some steps of a node, the closer first; at most `most`. */
function surroundings(centre, steps, most = 600) {
  const distance = new Map([[centre, 0]]);
  let rim = [centre];
  let isCut = false;
  for (let step = 1; step <= steps && rim.length; step += 1) {
    const next = [];
    for (const node of rim) {
      for (const edge of node.links) {
        const other = edge.from === node ? edge.to : edge.from;
        if (distance.has(other) || (!isStep(edge, centre) && !(edge.key === "inReport" && node === centre))) continue;
        if (distance.size >= most) isCut = true;
        else {
          distance.set(other, step);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return { distance, isCut };
}

// How far the ends of a relation are from each other on a path: what merely stands together is farther apart than
// what has to do with each other. Any other relation counts 2.
const DISTANCES = { underDocumentInherited: 3, topic: 4, inSection: 6, inReport: 8, area: 8, within: 8, broader: 6, issuedBy: 4, publisher: 8 };

/** The closest chain of edges between two nodes, as [node, edge, node, …]; null where there is none (Dijkstra, with
    a list of nodes for each whole distance). */
function pathBetween(from, to) {
  const before = new Map([[from, null]]);
  const far = new Map([[from, 0]]);
  const done = new Set();
  const rims = [[from]];
  for (let at = 0; at < rims.length && !done.has(to); at += 1) {
    for (const node of rims[at] ?? []) {
      if (done.has(node)) continue;
      done.add(node);
      for (const edge of node.links) {
        const other = edge.from === node ? edge.to : edge.from;
        const distance = at + (DISTANCES[edge.key] ?? 2);
        if (distance >= (far.get(other) ?? Infinity)) continue;
        far.set(other, distance);
        before.set(other, edge);
        (rims[distance] ??= []).push(other);
      }
    }
  }
  if (!done.has(to)) return null;
  const path = [to];
  while (path[0] !== from) {
    const edge = before.get(path[0]);
    path.unshift(edge.from === path[0] ? edge.to : edge.from, edge);
  }
  return path;
}

const LAYERS = [
  ["Area"], ["PolicyDocument"], ["Report"], ["Agency", "Program"], ["Section"], ["Measure", "Problem", "Plan"], ["Observation"],
  ["Outcome"], ["Finding"], ["Topic"],
];
const BOX = { width: 270, height: 54, font: 19 };

/** The surroundings of a node in layers: documents above measures above figures and outcomes; the larger a box, the
    more relations its node has. */
function focusScene(centre, steps) {
  const { distance, isCut } = surroundings(centre, steps);
  const found = [...distance.keys()];
  const perRow = isNarrow ? 2 : Math.max(3, Math.min(9, Math.ceil(Math.sqrt(found.length / 2.2))));
  const places = new Map();
  const captions = [];
  let y = 0;
  for (const layer of LAYERS) {
    const row = found.filter(({ kind }) => layer.includes(kind));
    if (!row.length) continue;
    const middle = (node) => {
      const above = node.links.map((edge) => places.get(edge.from === node ? edge.to : edge.from)).filter(Boolean);
      return above.length ? above.reduce((sum, place) => sum + place.x, 0) / above.length : 0;
    };
    const at = new Map(row.map((node) => [node, middle(node)]));
    row.sort((a, b) => (row.length <= perRow ? at.get(a) - at.get(b) : 0) || a.start - b.start || compare(a.id, b.id));
    const width = Math.min(perRow, row.length) * (BOX.width + 34) - 34;
    captions.push({ word: `class.${row[0].kind}`, kind: row[0].kind, x: -width / 2, y: y - 8, of: null });
    row.forEach((node, number) => {
      const [line, column] = [Math.floor(number / perRow), number % perRow];
      const inLine = Math.min(perRow, row.length - line * perRow);
      const percent = node === centre ? 112 : node.links.length >= 8 ? 105 : node.links.length >= 3 ? 96 : 88;
      places.set(node, {
        x: Math.round((column - (inLine - 1) / 2) * (BOX.width + 34)),
        y: y + line * (BOX.height + 20) + BOX.height / 2,
        width: Math.round((BOX.width * percent) / 100), height: Math.round((BOX.height * percent) / 100), font: Math.round((BOX.font * percent) / 100),
      });
    });
    y += Math.ceil(row.length / perRow) * (BOX.height + 20) + 62;
  }
  return { type: "focus", of: -3, centre, steps, isCut, places, captions, panels: [], shown: everyKind(), report: reportOf(centre) };
}

/** The path between two nodes as a chain, from left to right and on in the next row. */
function pathScene(from, to, path) {
  const perRow = isNarrow ? 1 : 4;
  const places = new Map();
  path.filter((_, number) => number % 2 === 0).forEach((node, number) => {
    const [row, column] = [Math.floor(number / perRow), number % perRow];
    places.set(node, { x: (row % 2 ? perRow - 1 - column : column) * 490, y: row * 160, width: 270, height: 64, font: 20 });
  });
  return { type: "path", of: -4, from, to, path, places, captions: [], panels: [], shown: everyKind(), report: reportOf(from) };
}

const everyKind = () => Object.fromEntries(data.kinds.map(({ name }) => [name, true]));

// ---- what of a scene is in view

/** Whether a node is what the filters ask for. A node passes with what belongs to it: a section with its measures,
    a measure with its figures. */
function passes(node, { section, topic, agency, verdict } = state.filters) {
  if (section && !sectionsOf(node).includes(byId.get(section))) return false;
  const acts = node.kind === "Finding" ? linked(node, true, "about").flatMap(actsOf) : actsOf(node);
  if (topic && node.id !== topic && !acts.some((act) => linked(act, true, "topic").some(({ id }) => id === topic))) return false;
  if (agency && node.id !== agency && !acts.some((act) => agenciesOf(act).some(({ id }) => id === agency))) return false;
  if (verdict && node.verdict !== verdict && !node.findings.some((finding) => finding.verdict === verdict)) return false;
  return true;
}

const isFiltered = () => Object.values(state.filters).some(Boolean);

/** The chosen node with its neighbours. */
function nearChosen() {
  const [first] = state.chosen;
  const near = new Set(state.chosen.filter((node) => node.kind !== "Mention"));
  if (first?.links) for (const edge of first.links) near.add(edge.from).add(edge.to);
  return near;
}

const FIRST = ["Report", "Area", "PolicyDocument", "Section", "Problem", "Plan", "Topic"];

/** The nodes of the scene that are to be drawn: of the classes shown, passing the filters, with what is near the
    chosen node; where they are too many, first what gives the report its shape and what the chosen section holds. */
function nodesInView() {
  const { scene } = state;
  const near = nearChosen();
  const all = [...scene.places.keys()];
  let wanted = all.filter((node) => near.has(node) || scene.shown[node.kind]);
  if (isFiltered() && scene.type !== "overview") wanted = wanted.filter((node) => node.kind === "Report" || near.has(node) || passes(node));
  if (wanted.length <= LIMIT) return { view: new Set(wanted), left: 0 };
  const open = state.chosen[0]?.kind === "Section" ? state.chosen[0] : sectionsOf(state.chosen[0] ?? reports[0] ?? nodes[0])[0];
  const rank = (node) => (near.has(node) ? 0 : FIRST.includes(node.kind) || node.severity === "warning" ? 1 : open && sectionsOf(node).includes(open) ? 2 : 3);
  const ranked = wanted.map((node, number) => [rank(node), number, node]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { view: new Set(ranked.slice(0, LIMIT).map(([, , node]) => node)), left: wanted.length - LIMIT };
}

// ---- edges

/** On the overview an edge runs between what stands there: from the report that a measure is part of. */
const lifted = new Map();
function liftedEdges() {
  const { scene } = state;
  if (lifted.has(scene)) return lifted.get(scene);
  const found = new Map();
  const lift = (node) => (scene.places.has(node) ? node : scene.places.has(reportOf(node)) ? reportOf(node) : null);
  for (const { from, to } of edges) {
    const [a, b] = [lift(from), lift(to)];
    if (!a || !b || a === b) continue;
    const key = `${a.at} ${b.at}`;
    if (!found.has(key)) found.set(key, { from: a, to: b, key: "related", count: 0, name: data.words["ui.links"] });
    found.get(key).count += 1;
  }
  lifted.set(scene, [...found.values()]);
  return lifted.get(scene);
}

const SKELETON = ["hasObservation", "hasOutcome", "promulgates"];
const SIDEWAYS = ["hasObservation", "hasOutcome", "about", "promulgates"];

/** Whether a relation is a line at all on a board: not where its ends are chosen together or stand in one panel, nor
    where a document governs all measures alike because the report rests on it. */
function isDrawn({ from, to, key }) {
  if (key === "inSection" || key === "inReport" || key === "within") return false;
  if (state.chosen.includes(from) && state.chosen.includes(to)) return false;
  return key !== "underDocumentInherited" || from === state.chosen[0];
}

/** The edges of the scene among what is in view: calm ones and those of the chosen node. */
function edgesInView(view) {
  const { scene } = state;
  const [first] = state.chosen;
  const isOn = ({ from, to }) => from === first || to === first;
  const within = (list) => list.filter(({ from, to }) => view.has(from) && view.has(to));
  if (scene.type === "overview") {
    const all = within(liftedEdges());
    return { calm: state.relations ? all.filter(({ to }) => to.kind === "PolicyDocument") : [], on: all.filter(isOn) };
  }
  if (scene.type === "path") return { calm: [], on: scene.path.filter((part) => part.key) };
  const all = [];
  for (const node of view) for (const edge of node.links) if (edge.from === node && view.has(edge.to)) all.push(edge);
  if (scene.type === "focus") {
    const drawn = all.filter((edge) => isStep(edge, scene.centre) || edge.from === scene.centre || edge.to === scene.centre);
    const isBold = (edge) => isOn(edge) && (edge.key !== "underDocumentInherited" || drawn.length < 20);
    return { calm: drawn.filter((edge) => !isBold(edge)), on: drawn.filter(isBold) };
  }
  const isTag = ({ key, to }) => key === "hasOutcome" && scene.places.get(to).width < 60; // stands beside its figure
  const calm = all.filter((edge) => !isOn(edge) && ((SKELETON.includes(edge.key) && !isTag(edge)) || (state.relations && isDrawn(edge))));
  const on = all.filter((edge) => isOn(edge) && (isDrawn(edge) || (SKELETON.includes(edge.key) && !isTag(edge))));
  return { calm, on };
}

/** Arrows straight down from the documents that a report rests on. */
function dropsOf(scene) {
  if (scene.type !== "board" || !scene.report) return [];
  const report = scene.places.get(scene.report);
  const below = new Set();
  return scene.report.links
    .filter(({ from, key }) => from === scene.report && (key === "compiledUnder" || key === "implementsPolicy"))
    .filter(({ to }) => {
      const at = scene.places.get(to);
      if (!at || at.y >= report.y) return false;
      const isCovered = [...scene.places].some(([node, p]) => node.kind === "PolicyDocument" && p.x === at.x && p.y > at.y && p.y < report.y);
      return !isCovered && !below.has(to) && below.add(to);
    });
}
