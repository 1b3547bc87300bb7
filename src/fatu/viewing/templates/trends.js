// -------------------------------------------------------------------------------------------------- trends
// One indicator over the years: a line for each area, broken where a year has no comparable figure, and a table of all.

const MOST_LINES = 8;
const [WIDEST, NARROWEST, TREND_HEIGHT, TREND_LEFT, TREND_RIGHT, TREND_TOP, TREND_FOOT] = [820, 280, 260, 56, 8, 14, 28];

/** Areas with what each year has: rows of the figure that is compared first; null for no report. */
function trendRows(rows, years) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row.group)) groups.set(row.group, { name: row.name, cells: new Map() });
    const { cells } = groups.get(row.group);
    if (!cells.has(row.year)) cells.set(row.year, []);
    cells.get(row.year).push(row);
  }
  return [...groups.values()].map(({ name, cells }) => ({ name, cells: years.map((year) => cells.get(year) ?? null) }));
}

function trendsOf(rows, years, title) {
  const trends = trendRows(rows, years);
  const told = trends.filter(({ cells }) => cells.some((cell) => cell?.[0].node));
  const drawnTrends = told.slice(0, MOST_LINES);
  const note = told.length > drawnTrends.length ? [make("p", { class: "missing" }, say("ui.trend_shown", { shown: drawnTrends.length, all: trends.length }))] : [];
  return [make("h2", {}, say("ui.trend")), make("figure", { class: "chart trend" }, trendPicture(drawnTrends, years, title), trendKeys(drawnTrends), ...note), trendTable(trends, years, title)];
}

/** A round number not below a value, which half of is round as well. */
function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 0.999999) ?? value;
}

function trendPicture(trends, years, title) {
  const heights = trends.flatMap(({ cells }) => cells.flatMap((cell) => (cell?.[0].node && !cell[0].keys.includes("unit") ? [Math.abs(number(cell[0].node.value))] : [])));
  const top = roundUp(Math.max(...heights, 0));
  const width = Math.min(WIDEST, Math.max(NARROWEST, $("compare-body").clientWidth - 56)); // words keep their size
  const x = (at) => TREND_LEFT + (years.length > 1 ? (at * (width - TREND_LEFT - TREND_RIGHT - 36)) / (years.length - 1) : 0) + 18;
  const y = (value) => TREND_HEIGHT - TREND_FOOT - (value * (TREND_HEIGHT - TREND_FOOT - TREND_TOP)) / top;
  const short = new Intl.NumberFormat(LANGUAGES[state.language], { notation: "compact", maximumFractionDigits: 2 });
  const grid = [0, 0.5, 1].flatMap((part) => [
    draw("path", { d: `M${TREND_LEFT} ${y(top * part).toFixed(1)}H${width - TREND_RIGHT}`, class: "grid" }),
    draw("text", { x: TREND_LEFT - 8, y: (y(top * part) + 4).toFixed(1), "text-anchor": "end" }, short.format(top * part)),
  ]);
  const axis = years.map((year, at) => draw("text", { x: x(at).toFixed(1), y: TREND_HEIGHT - 8, "text-anchor": "middle" }, String(year)));
  return draw("svg", { viewBox: `0 0 ${width} ${TREND_HEIGHT}`, role: "img", "aria-label": `${title} · ${say("ui.trend")}` }, ...grid, ...axis, ...trends.map((trend, line) => trendLine(trend, line, x, y)));
}

/** One area's line: comparable figures of years that follow each other are joined; the others stand alone. */
function trendLine({ name, cells }, line, x, y) {
  let path = "";
  let isOpen = false;
  const points = [];
  cells.forEach((cell, at) => {
    const row = cell?.[0];
    const node = row?.node;
    const joins = Boolean(node && !row.isApart);
    if (joins) path += `${isOpen ? "L" : "M"}${x(at).toFixed(1)} ${y(Math.abs(number(node.value))).toFixed(1)}`;
    isOpen = joins;
    if (node) points.push(trendPoint(row, x(at), y));
  });
  return draw("g", { class: `line line-${line % 6}${line > 5 ? " dashed" : ""}` }, draw("title", {}, name), draw("path", { d: path || "M0 0", class: "joined" }), ...points);
}

function trendPoint(row, x, y) {
  const { node, keys, isApart } = row;
  const isOther = keys.includes("unit");
  const height = isOther ? y(0) : y(Math.abs(number(node.value)));
  const shape = isOther ? `M${(x - 4).toFixed(1)} ${(height - 4).toFixed(1)}l8 8m0 -8l-8 8` : isApart ? `M${x.toFixed(1)} ${(height - 6).toFixed(1)}l6 6l-6 6l-6 -6z` : `M${(x - 4).toFixed(1)} ${height.toFixed(1)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`;
  const point = draw("path", { d: shape, class: isOther ? "point other" : isApart ? "point apart" : keys.length ? "point noted" : "point", "data-node": node.id }, draw("title", {}, `${row.name} ${row.year}: ${node.amount} ${markWords(keys)}`.trim()));
  point.addEventListener("click", () => select([node]));
  return point;
}

function trendKeys(trends) {
  const hasOther = trends.some(({ cells }) => cells.some((cell) => cell?.[0].keys.includes("unit")));
  return make("ul", { class: "keys across" },
    ...trends.map(({ name }, line) => make("li", {}, draw("svg", { viewBox: "0 0 22 10", class: `key-line line-${line % 6}${line > 5 ? " dashed" : ""}`, "aria-hidden": "true" }, draw("path", { d: "M1 5H21", class: "joined" })), name)),
    ...(hasOther ? [make("li", { class: "quiet" }, say("ui.other_unit"))] : []));
}

/** Areas by years: every figure with its marks, and why there is none. */
function trendTable(trends, years, title) {
  const head = make("tr", {}, make("th", { scope: "col" }, say("ui.compare_area")), ...years.map((year) => make("th", { scope: "col", class: "number" }, String(year))));
  const body = trends.map(({ name, cells }) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, name), ...cells.map(trendCell)));
  return make("div", { class: "wide" }, make("table", { class: "trend-table" }, make("caption", { class: "unseen" }, `${title} · ${say("ui.trend")}`), make("thead", {}, head), make("tbody", {}, ...body)));
}

function trendCell(rows) {
  if (!rows?.[0].node) return make("td", { class: "number none" }, say(rows ? "mark.not_reported" : "mark.no_report"));
  return make("td", { class: "number" }, ...rows.map((row) => make("div", {}, ...(row.isApart ? [make("span", { class: "sign", "aria-hidden": "true" }, `${APART} `)] : []), figureButton(row), ...(row.keys.length ? [make("small", {}, markWords(row.keys))] : []))));
}
