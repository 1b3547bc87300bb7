// --------------------------------------------------------------------------------------------------- table
// The observations as a table: sorted by a click on a heading, narrowed by words, copied or saved as CSV.

const isCorpus = reports.length > 1;
const BOUNDS = { at_least: "≥", at_most: "≤", approx: "≈" };

/** The columns: name, the words of a row's cell, whether its cells are numbers. */
const COLUMNS = [
  ...(isCorpus ? [{ name: "area", cell: (node) => (reportOf(node) ? shortName(reportOf(node)) : "") }] : []),
  { name: "indicator", cell: (node) => factOf(node, "indicator") || factOf(node, "phrase") || nameOf(node) },
  { name: "value", cell: (node) => node.value ?? "", isNumber: true },
  { name: "unit", cell: (node) => node.unit ?? "" },
  { name: "bound", cell: (node) => factOf(node, "bound") },
  { name: "period", cell: (node) => factOf(node, "period") },
  { name: "agency", cell: (node) => linked(node, true, "actor").map(nameOf).join("、") },
  { name: "scope", cell: (node) => factOf(node, "scope") },
  { name: "status", cell: (node) => factOf(node, "status") },
  { name: "verdict", cell: (node) => verdictsOf(node).map((verdict) => say(`verdict.${verdict}`)).join("、") },
];
const table = { sort: "", isDown: false, words: "", most: 300 };

/** What the audit says of a figure, the worst first, each once. */
function verdictsOf(node) {
  const found = [...new Set(node.findings.map(({ verdict }) => verdict))];
  return found.sort((a, b) => placeIn(VERDICTS, a) - placeIn(VERDICTS, b));
}

/** The rows that the filters and the table's own words leave, in the order chosen: [node, cells]. */
function tableRows() {
  const words = fold(table.words);
  const rows = observations.filter((node) => !isFiltered() || passes(node)).map((node) => [node, COLUMNS.map(({ cell }) => cell(node))])
    .filter(([, cells]) => !words || fold(cells.join(" ")).includes(words));
  const column = COLUMNS.findIndex(({ name }) => name === table.sort);
  if (column < 0) return rows;
  const collator = new Intl.Collator("zh", { numeric: true });
  const order = COLUMNS[column].isNumber ? (a, b) => compareDecimals(a, b) : (a, b) => collator.compare(a, b);
  const isEmpty = (row) => row[1][column] === "";
  return rows.sort((a, b) => isEmpty(a) - isEmpty(b) || (table.isDown ? -1 : 1) * order(a[1][column], b[1][column]) || a[0].at - b[0].at);
}

/** Decimals in writing, compared without loss. */
function compareDecimals(a, b) {
  const split = (text) => {
    const [, sign, whole, part = ""] = text.match(/^(-?)0*(\d*)(?:\.(\d*))?$/) ?? ["", "", "", ""];
    return { sign: sign ? -1 : 1, whole, part };
  };
  const [p, q] = [split(a), split(b)];
  if (p.sign !== q.sign) return p.sign - q.sign;
  return p.sign * (p.whole.length - q.whole.length || compare(p.whole, q.whole) || compare(p.part.padEnd(q.part.length, "0"), q.part.padEnd(p.part.length, "0")));
}

function showTable() {
  const rows = tableRows();
  const heads = COLUMNS.map(({ name, isNumber }) => {
    const isSorted = table.sort === name;
    const sign = isSorted ? (table.isDown ? " ↓" : " ↑") : "";
    const button = make("button", { type: "button", "data-sort": name, onclick: () => sortBy(name) }, say(`table.${name}`) + sign);
    return make("th", { scope: "col", class: isNumber ? "number" : null, "aria-sort": isSorted ? (table.isDown ? "descending" : "ascending") : "none" }, button);
  });
  const body = rows.slice(0, table.most).map(([node, cells]) => make("tr", { "data-node": node.id, "aria-current": String(state.chosen[0] === node), class: node.alarm ? "alarm" : null },
    ...cells.map((cell, at) => tableCell(node, COLUMNS[at], cell))));
  $("table-count").textContent = say("ui.rows", { count: rows.length, all: observations.length });
  $("table-body").replaceChildren(
    make("table", {}, make("caption", { class: "unseen" }, say("view.table")), make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body)),
    ...(rows.length > table.most ? [make("button", { type: "button", id: "table-more", onclick: showMoreRows }, say("ui.more", { count: rows.length - table.most }))] : []));
}

function tableCell(node, { name, isNumber }, cell) {
  if (name === "indicator") return make("th", { scope: "row" }, make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([node]) }, cell));
  if (name === "verdict") return make("td", { class: "verdicts" }, ...node.findings.map((finding) => make("button", {
    type: "button", class: "verdict-mark", "data-verdict": finding.verdict, title: nameOf(finding), onclick: () => select([finding, ...concerns(finding)]),
  }, say(`verdict.${finding.verdict}`))));
  const sign = isNumber ? BOUNDS[boundOf(node)] ?? "" : "";
  return make("td", { class: isNumber ? "number" : `cell-${name}`, dir: isNumber ? null : "auto" }, sign + cell);
}

/** at_least, at_most, approx or exact. */
function boundOf(node) {
  const words = node.facts.find(([name]) => name === "bound")?.[1];
  return ["at_least", "at_most", "approx"].find((bound) => data.words[`bound.${bound}`][0] === words) ?? "exact";
}

function sortBy(name) {
  if (table.sort !== name) Object.assign(table, { sort: name, isDown: false });
  else if (!table.isDown) table.isDown = true;
  else Object.assign(table, { sort: "", isDown: false }); // back to the order of the text
  showTable();
  document.querySelector(`[data-sort="${name}"]`).focus();
}

function showMoreRows() {
  table.most += 1000;
  showTable();
}

/** The rows as lists of words, headings first; values as the graph has them, with their bound in a column of its own. */
function tableValues() {
  const heads = COLUMNS.map(({ name }) => say(`table.${name}`));
  return [[...heads, "IRI"], ...tableRows().map(([node, cells]) => [...cells, node.id])];
}

/** CSV after RFC 4180 with a byte order mark, as Excel needs it for Chinese; a cell that a spreadsheet would take for
    a formula is set off with an apostrophe. */
function writeCsv(rows) {
  const cell = (text) => {
    const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

async function copyTable() {
  const text = tableValues().map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  await copyText(text);
  $("status").textContent = $("table-said").textContent = say("ui.copied");
  setTimeout(() => ($("table-said").textContent = ""), 2500);
}

/** To the clipboard; where a page from a file may not use it, by way of a selection. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}

$("table-words").addEventListener("input", () => {
  table.words = $("table-words").value;
  showTable();
});
$("table-copy").addEventListener("click", copyTable);
$("table-csv").addEventListener("click", () => download(new Blob([writeCsv(tableValues())], { type: "text/csv;charset=utf-8" }), fileName("observations", "csv")));
