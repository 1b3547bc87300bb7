// ------------------------------------------------------------------------------------------------- figures
// The network in numbers: what is central, what belongs together, and how the documents hang together.

const MOST_CENTRAL = 12;

function showFigures() {
  const { central, communities, modularity, hierarchy } = data.figures;
  $("figures-body").replaceChildren(
    make("p", { class: "about" }, say("ui.figures_lead")),
    make("h2", {}, say("ui.central")), make("div", { class: "tables" }, ...central.filter(([, rows]) => rows.length).map(([kind, rows]) => centralTable(kind, rows))),
    make("h2", {}, say("ui.hierarchy")), make("p", { class: "about" }, say("ui.hierarchy_lead")), hierarchyTree(hierarchy),
    make("h2", {}, say("ui.communities")), make("p", { class: "about" }, say("ui.communities_lead", { modularity })), make("ol", { class: "communities" }, ...communities.map(communityItem)));
}

const nodeLink = (at, ...more) => make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([nodes[at]]) }, nameOf(nodes[at]), ...more);

function centralTable(kind, rows) {
  const heads = ["", "ui.degree", ...(isCorpus ? ["ui.in_reports"] : []), "ui.betweenness", "ui.pagerank"];
  const cells = rows.slice(0, MOST_CENTRAL).map(([at, degree, inReports, betweenness, pagerank]) => make("tr", {}, make("th", { scope: "row" }, nodeLink(at)),
    ...[degree, ...(isCorpus ? [inReports] : []), betweenness, pagerank].map((value) => make("td", { class: "number" }, String(value)))));
  return make("table", {}, make("caption", {}, swatch(kind), say(`class.${kind}`), ` ${rows.length}`),
    make("thead", {}, make("tr", {}, ...heads.map((head) => (head ? make("th", { scope: "col", class: "number" }, say(head)) : make("td", {}))))), make("tbody", {}, ...cells));
}

/** The hierarchy is a flat list in reading order; each entry says how deep it stands. */
function hierarchyTree(entries) {
  const root = make("ul", { class: "tree" });
  const open = [root];
  const isAlone = ({ depth }, at) => depth === 0 && !(entries[at + 1]?.depth > 0); // merely named: after all others
  for (const { depth, node, relation, level } of [...entries.filter((entry, at) => !isAlone(entry, at)), ...entries.filter(isAlone)]) {
    while (open.length > depth + 1) open.pop();
    const how = [relation ? relation[state.language] : "", level ? level[state.language] : ""].filter(Boolean).join(" · ");
    const name = nodes[node].number ? `${nodes[node].number} ` : "";
    const item = make("li", {}, swatch(nodes[node].kind), ...(how ? [make("span", { class: "how" }, how)] : []), name, nodeLink(node));
    open[open.length - 1].append(item);
    const inner = make("ul");
    item.append(inner);
    open.push(inner);
  }
  for (const list of root.querySelectorAll("ul:empty")) list.remove();
  return entries.length ? root : make("p", { class: "empty" }, say("ui.no_hierarchy"));
}

function communityItem({ size, leading, members }) {
  const show = () => {
    showView("graph");
    select(members.map((at) => nodes[at]).filter((node) => state.scene.places.has(node)));
  };
  return make("li", {}, make("button", { type: "button", class: "community", onclick: show }, say("ui.community", { size })),
    ...leading.flatMap((at) => [" ", swatch(nodes[at].kind), nodeLink(at)]));
}
