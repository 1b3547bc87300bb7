// ---------------------------------------------------------------------------------------------- comparison
// Reports beside each other: one indicator's ranking of a year, and its trends. What compares with what was decided when
// the page was made; here it is only shown.

const compared = data.comparison ?? { marks: [], groups: [], reports: [], indicators: [] };
const given = ({ rows }) => new Set(rows.filter(([, at]) => at >= 0).map(([report]) => report)).size;
const MOST_GIVEN = compared.indicators.reduce((best, indicator, at, all) => (given(indicator) > given(all[best]) ? at : best), 0);
const comparing = { indicator: MOST_GIVEN, year: 0 };
const MOST_RANKED = 60;
const APART = "◆";

/** The rows of an indicator as objects: who, when, the figure's node (null for silence) and the keys of its marks. */
function rowsOf(indicator) {
  return indicator.rows.map(([report, at, marks]) => {
    const [node, group, year] = compared.reports[report];
    const keys = marks.map((mark) => compared.marks[mark]);
    return { report: nodes[node] ?? null, group, name: compared.groups[group][1], year, node: at < 0 ? null : nodes[at] ?? null, keys, isApart: keys.some((key) => data.apart.includes(key)) };
  });
}

/** The years that some report is of, in order. */
const yearsCompared = () => [...new Set(compared.reports.map(([, , year]) => year))].sort((a, b) => a - b);

/** Ranked by value with ties, then those set apart, then the silent; each in the order of area and place. */
function rankRows(rows) {
  const beside = rows.filter(({ node, isApart }) => node && !isApart).sort((a, b) => compareDecimals(b.node.value, a.node.value));
  const ranks = new Map();
  beside.forEach((row, at) => {
    const before = beside[at - 1];
    ranks.set(row, before && compareDecimals(before.node.value, row.node.value) === 0 ? ranks.get(before) : at + 1);
  });
  return { ranked: beside.map((row) => [ranks.get(row), row]), apart: rows.filter(({ node, isApart }) => node && isApart), silent: rows.filter(({ node }) => !node) };
}

function showComparison() {
  const years = yearsCompared();
  if (!years.includes(comparing.year)) comparing.year = fullestYear(years);
  $("compare-indicator").replaceChildren(...compared.indicators.map(({ name }, at) => make("option", { value: String(at) }, name[state.language])));
  $("compare-indicator").value = String(comparing.indicator);
  $("compare-year").replaceChildren(...years.map((year) => make("option", { value: String(year) }, String(year))));
  $("compare-year").value = String(comparing.year);
  const indicator = compared.indicators[comparing.indicator];
  if (!indicator) return $("compare-body").replaceChildren(make("p", { class: "empty" }, say("ui.compare_none")));
  const rows = rowsOf(indicator);
  const own = rows.filter(({ year }) => year === comparing.year);
  const said = new Set(rows.filter(({ node }) => node).map(({ report }) => report)).size;
  $("compare-count").textContent = say("ui.compare_count", { count: new Set(rows.map(({ report }) => report)).size, given: said });
  const hasPeers = years.some((year) => new Set(compared.reports.filter(([, , own]) => own === year).map(([, group]) => group)).size > 1);
  $("compare-year").parentElement.hidden = !hasPeers;
  $("compare-body").replaceChildren(
    make("p", { class: "about" }, say("ui.compare_lead")),
    ...(hasPeers ? [make("h2", {}, say("ui.ranking", { year: comparing.year })), rankingOf(rankRows(own))] : []),
    ...(years.length > 1 ? trendsOf(rows, years, indicator.name[state.language]) : []));
}

/** The year of which most reports are; of several the last. */
function fullestYear(years) {
  const count = (year) => compared.reports.filter(([, , own]) => own === year).length;
  return years.reduce((best, year) => (count(year) >= count(best) ? year : best), years[0] ?? 0);
}

const markWords = (keys) => keys.map((key) => say(`mark.${key}`)).join(state.language ? ", " : "、");

/** A figure that leads to its words. */
function figureButton({ node }) {
  return make("button", { type: "button", class: "link", "data-node": node.id, onclick: () => select([node]) }, node.amount);
}

function rankingOf({ ranked, apart, silent }) {
  const most = Math.max(...ranked.map(([, { node }]) => Math.abs(number(node.value))), 1e-9);
  const item = (row, place, bar) => make("li", { class: bar ? null : "apart" },
    make("span", { class: "rank" }, place),
    make("span", { class: "ranked-name", dir: "auto" }, row.name),
    make("span", { class: "bar-room" }, ...(bar ? [make("span", { class: boundOf(row.node) === "exact" ? "bar" : "bar vague", style: `width:${Math.max(0.5, Math.round((1000 * Math.abs(number(row.node.value))) / most) / 10)}%` })] : [])),
    make("span", { class: "bar-value" }, figureButton(row)),
    make("small", { class: "ranked-marks" }, markWords(row.keys)));
  const list = make("ol", { class: "ranking" }, ...ranked.slice(0, MOST_RANKED).map(([rank, row]) => item(row, String(rank), true)));
  const more = ranked.length > MOST_RANKED ? [make("p", { class: "missing" }, say("ui.more", { count: ranked.length - MOST_RANKED }))] : [];
  const aside = apart.length ? [make("h3", {}, say("ui.compare_apart")), make("ul", { class: "ranking" }, ...apart.map((row) => item(row, APART, false)))] : [];
  const silence = silent.length ? [make("h3", {}, `${say("ui.compare_silent")} (${silent.length})`), make("ul", { class: "silent" }, ...silent.map(silentItem))] : [];
  return make("div", { class: "chart ranked" }, list, ...more, ...aside, ...silence);
}

function silentItem({ report, name }) {
  return make("li", {}, report ? make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([report]) }, name) : name);
}

if (data.comparison) {
  for (const [id, key] of [["compare-indicator", "indicator"], ["compare-year", "year"]]) {
    $(id).addEventListener("change", () => {
      comparing[key] = Number($(id).value);
      showComparison();
      writeAddress();
    });
  }
}
