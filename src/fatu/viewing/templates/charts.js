// -------------------------------------------------------------------------------------------------- charts
// Small pictures of counts that compare: a part against its whole, parts of a sum, and, where there are several
// reports, one indicator over areas and years. Each says in words what it shows.

const RATIO = /^(\d[\d.,]*)÷(\d[\d.,]*)=/;
const SUM = /^(\d[\d.,]*(?:\+\d[\d.,]*)+)=/;
const number = (text) => Number(text.replaceAll(",", ""));
const MOST_CHARTS = 60;

function showCharts() {
  const own = findings.filter((finding) => (!isFiltered() || passes(finding)) && concerns(finding).length > 1);
  const parts = own.map((finding) => [finding, factOf(finding, "formula")]);
  const ratios = parts.filter(([, formula]) => RATIO.test(formula));
  const sums = parts.filter(([, formula]) => SUM.test(formula));
  const series = findSeries();
  const block = (word, charts) => (charts.length ? [make("h2", {}, `${say(word)} `, make("small", {}, String(charts.length))), make("div", { class: "charts" }, ...charts.slice(0, MOST_CHARTS).map((chart) => chart())),
    ...(charts.length > MOST_CHARTS ? [make("p", { class: "empty" }, say("ui.more", { count: charts.length - MOST_CHARTS }))] : [])] : []);
  const all = [
    ...block("ui.over_reports", series.map((one) => () => seriesChart(one))),
    ...block("ui.ratios", ratios.map(([finding, formula]) => () => ratioChart(finding, formula))),
    ...block("ui.sums", sums.map(([finding, formula]) => () => sumChart(finding, formula))),
  ];
  $("charts-body").replaceChildren(...(all.length ? all : [make("p", { class: "empty" }, say("ui.no_charts"))]));
}

/** A chart in its frame: a heading that chooses its finding, the picture, and what it says in words. */
function frame(node, title, said, picture, ...notes) {
  const isBad = node.verdict === "inconsistent";
  const choose = () => (node.kind === "Finding" ? select([node, ...concerns(node)]) : select([node]));
  return make("figure", { class: isBad ? "chart alarm" : "chart", "data-node": node.id },
    make("figcaption", {}, make("button", { type: "button", class: "link", dir: "auto", onclick: choose }, title), ...(node.verdict ? [make("small", { "data-verdict": node.verdict }, say(`verdict.${node.verdict}`))] : [])),
    picture, make("p", { class: "said" }, said), ...notes);
}

const counted = (node) => factOf(node, "indicator") || nameOf(node);

/** The operand whose value a number of the formula is; of several the one that counts `what`. */
function operandOf(finding, text, taken = [], what = "") {
  const value = text.replaceAll(",", "");
  const found = concerns(finding).filter((node) => !taken.includes(node) && node.value !== undefined && compareDecimals(node.value, value) === 0);
  return found.find((node) => counted(node) === what) ?? found[0];
}

function ratioChart(finding, formula) {
  const [, part, whole] = formula.match(RATIO);
  const [stated] = linked(finding, true, "about");
  const high = operandOf(finding, whole, [], stated && factOf(stated, "denominator"));
  const low = operandOf(finding, part, [high], stated && factOf(stated, "numerator"));
  const share = number(whole) ? (100 * number(part)) / number(whole) : 0;
  const most = Math.max(100, share, number(stated?.value ?? "0"));
  const at = (percent) => Math.round((3000 * percent) / most) / 10;
  const isPercent = stated?.unit === "%";
  const picture = draw("svg", { viewBox: "0 0 300 34", role: "img", "aria-label": formula },
    draw("rect", { x: 0, y: 8, width: at(100), height: 18, rx: 3, class: "whole" }), draw("rect", { x: 0, y: 8, width: at(share), height: 18, rx: 3, class: "part" }),
    ...(isPercent ? [draw("path", { d: `M${at(number(stated.value))} 2V32`, class: "tick" })] : []));
  const said = [`${low ? counted(low) : ""} ${part} / ${high ? counted(high) : ""} ${whole}`, formula, isPercent ? say("ui.says", { amount: stated.amount }) : ""];
  return frame(finding, stated ? counted(stated) : nameOf(finding), said.filter(Boolean).join(" · "), picture);
}

function sumChart(finding, formula) {
  const terms = formula.match(SUM)[1].split("+");
  const [stated] = linked(finding, true, "about");
  const total = terms.reduce((sum, term) => sum + number(term), 0) || 1;
  const taken = stated ? [stated] : [];
  let x = 0;
  const [bars, keys] = [[], []];
  terms.forEach((term, at) => {
    const node = operandOf(finding, term, taken);
    if (node) taken.push(node);
    const width = Math.round((3000 * number(term)) / total) / 10;
    bars.push(draw("rect", { x, y: 8, width: Math.max(1, width - 1), height: 18, class: `term-${at % 6}` }, draw("title", {}, `${node ? counted(node) : ""} ${term}`)));
    keys.push(make("li", {}, make("span", { class: `key term-${at % 6}`, "aria-hidden": "true" }), `${node ? counted(node) : ""} ${term}`));
    x += width;
  });
  const picture = draw("svg", { viewBox: "0 0 300 34", role: "img", "aria-label": formula }, ...bars);
  return frame(finding, stated ? counted(stated) : nameOf(finding), `${formula}${stated ? ` · ${say("ui.says", { amount: stated.amount })}` : ""}`, picture, make("ul", { class: "keys" }, ...keys));
}

/** Whether the audit adds a figure up to another one of its indicator: a bureau's penalties to the county's. */
function isPart(node) {
  const sums = linked(node, false, "operand").filter((finding) => SUM.test(factOf(finding, "formula") ?? ""));
  return sums.some((finding) => linked(finding, true, "about").some((whole) => whole !== node && factOf(whole, "indicator") === factOf(node, "indicator")));
}

/** Indicators that several reports state of the whole area, in one unit: who states it, in the order of area and year,
    and who does not. Values of another scope, or required and planned ones, are not of the series. */
function findSeries() {
  if (reports.length < 2) return [];
  const groups = new Map();
  for (const node of observations) {
    const [name, report] = [factOf(node, "indicator"), reportOf(node)];
    const isAchieved = node.facts.find(([key]) => key === "status")?.[1] === data.words["status.achieved"][0];
    const period = node.facts.find(([key]) => key === "period")?.[1] ?? "";
    if (!name || !report || !isAchieved || factOf(node, "scope") || isPart(node) || node.value === undefined || (period && period !== yearOf(report))) continue;
    if (isFiltered() && !passes(node)) continue;
    const key = `${name}\t${node.unit ?? ""}`;
    if (!groups.has(key)) groups.set(key, { name, unit: node.unit ?? "", values: new Map() });
    const { values } = groups.get(key);
    if (!values.has(report)) values.set(report, node);
  }
  return [...groups.values()].filter(({ values }) => values.size > 1).sort((a, b) => b.values.size - a.values.size || compare(a.name, b.name));
}

const MOST_BARS = 40;

function seriesChart({ name, unit, values }) {
  const rows = [...values].sort(([a], [b]) => compare(shortName(a), shortName(b)));
  const shown = rows.slice(0, MOST_BARS);
  const most = Math.max(...rows.map(([, node]) => number(node.value)), 1e-9);
  const bars = shown.map(([report, node]) => make("li", { class: node.alarm ? "alarm" : null },
    make("button", { type: "button", class: "link bar-name", onclick: () => select([node]) }, shortName(report)),
    make("span", { class: "bar-room" }, make("span", { class: boundOf(node) === "exact" ? "bar" : "bar vague", style: `width:${Math.max(0.5, Math.round((1000 * number(node.value)) / most) / 10)}%` })),
    make("span", { class: "bar-value" }, node.amount)));
  const missing = reports.filter((report) => !values.has(report));
  const notes = missing.length ? [make("p", { class: "missing" }, say("ui.not_stated", { count: missing.length, names: missing.slice(0, 8).map(shortName).join("、") + (missing.length > 8 ? "…" : "") }))] : [];
  if (rows.length > shown.length) notes.unshift(make("p", { class: "missing" }, say("ui.more", { count: rows.length - shown.length })));
  return make("figure", { class: "chart series" }, make("figcaption", {}, name, make("small", {}, unit)), make("ul", { class: "bars" }, ...bars), ...notes);
}
