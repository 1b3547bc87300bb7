// ---------------------------------------------------------------------------------------------------- data
// The graph as the page carries it. Everything that comes from it is set as text (textContent), never as markup.
// Offsets count code points.

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const kinds = Object.fromEntries(data.kinds.map((kind, order) => [kind.name, { ...kind, order }]));
const SEVERITIES = ["violation", "warning", "info"];
const VERDICTS = ["inconsistent", "late", "missing", "unverifiable"];
const LIMIT = 2000; // boxes on the canvas at once
const LANGUAGES = ["zh", "en"];

const nodes = data.nodes;
const byId = new Map([...nodes, ...data.unresolved].map((node) => [node.id, node]));
[...byId.values()].forEach((node, at) => Object.assign(node, { at, links: [], findings: [] }));
const edges = [];
for (let at = 0; at < data.edges.length; at += 3) {
  const [key, zh, en] = data.relations[data.edges[at + 2]];
  const edge = { from: nodes[data.edges[at]], to: nodes[data.edges[at + 1]], key, name: [zh, en] };
  edges.push(edge);
  edge.from.links.push(edge);
  edge.to.links.push(edge);
  if (key === "about") edge.to.findings.push(edge.from);
}
for (const node of nodes) node.alarm = node.findings.some(({ verdict }) => verdict === "inconsistent");

const reports = nodes.filter(({ kind }) => kind === "Report");
const findings = nodes.filter(({ kind }) => kind === "Finding").sort((a, b) =>
  placeIn(SEVERITIES, a.severity) - placeIn(SEVERITIES, b.severity)
  || placeIn(VERDICTS, a.verdict) - placeIn(VERDICTS, b.verdict)
  || compare(a.report, b.report) || a.start - b.start || compare(a.id, b.id));
const observations = nodes.filter(({ kind }) => kind === "Observation");

/** What the reader has chosen; `language` 0 is Chinese, 1 English. */
const state = {
  language: 0, view: "graph", report: reports[0] ?? null, chosen: [], scene: null, relations: false, physics: false,
  query: "", filters: { section: "", topic: "", agency: "", verdict: "" },
};

function placeIn(list, item) {
  return list.includes(item) ? list.indexOf(item) : list.length;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

const say = (key, values = {}) => (data.words[key] ?? [key, key])[state.language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const nameOf = (node) => node.name[state.language];
const property = (name) => (data.words[`property.${name}`] ? say(`property.${name}`) : name);
const factOf = (node, name) => node.facts.find(([key]) => key === name)?.[state.language + 1] ?? "";
const yearOf = (report) => report.facts.find(([key]) => key === "reportYear")?.[1] ?? "";
const reportOf = (node) => (node.kind === "Report" ? node : byId.get(node.report) ?? null);

/** The other ends of a node's edges of some properties; `outwards` from the node, else towards it. */
function linked(node, outwards, ...keys) {
  return node.links.filter((edge) => keys.includes(edge.key) && (outwards ? edge.from : edge.to) === node).map((edge) => (outwards ? edge.to : edge.from));
}

/** The measures and plans that a figure or an outcome comes from; of any other node itself. */
function actsOf(node) {
  const acts = linked(node, false, "hasObservation", "hasOutcome");
  return acts.length ? acts : [node];
}

/** The agencies that have to do with a node: with itself, and with the measure that it comes from. */
const agenciesOf = (node) => [...new Set([node, ...actsOf(node)].flatMap((part) => linked(part, true, "actor", "participant", "recipient", "issuedBy")))];

/** The sections that a node is in, from the inner to the outer. */
function sectionsOf(node) {
  const found = [];
  let next = node.kind === "Section" ? [node] : actsOf(node).concat(node).flatMap((part) => linked(part, true, "inSection"));
  while (next.length) {
    next = next.filter((section) => !found.includes(section));
    found.push(...next);
    next = next.flatMap((section) => linked(section, true, "inSection"));
  }
  return found;
}

/** An element with attributes and children; `onclick` is a listener. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Hands a file to the reader. */
function download(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name for a file that is about what is shown. */
function fileName(what, ending) {
  const id = reports.length === 1 ? reports[0].id.split("/").slice(-3).join("-") : "reports";
  return `fatu-${id}-${what}.${ending}`.replace(/[^\p{L}\p{N}.-]+/gu, "-");
}
