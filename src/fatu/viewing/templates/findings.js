// ------------------------------------------------------------------------------------------------ findings
// What the audit says, the worst first; a click shows formula, operands and the words they stand in.

/** The figures that a finding is about, then those it was computed from. */
const concerns = (finding) => [...new Set([...linked(finding, true, "about"), ...linked(finding, true, "operand")])];

function findingButton(finding) {
  const rule = factOf(finding, "rule");
  const formula = factOf(finding, "formula");
  return make("button", {
    type: "button", class: "finding", "data-node": finding.id, "data-severity": finding.severity, "data-verdict": finding.verdict ?? "",
    onclick: () => select([finding, ...concerns(finding).filter(({ kind }) => kind !== "Report")]),
  },
  make("span", { class: "verdict" }, `${say(`severity.${finding.severity}`)} · ${say(`verdict.${finding.verdict}`)}`),
  make("span", { class: "rule" }, rule + (reports.length > 1 && reportOf(finding) ? ` · ${shortName(reportOf(finding))}` : "")),
  ...(formula ? [make("span", { class: "formula" }, formula)] : []),
  make("span", { class: "message", dir: "auto" }, nameOf(finding)));
}

const SOME = 200; // findings shown at once

function showFindings() {
  const { verdict } = state.filters;
  const own = findings.filter((finding) => (!isFiltered() || passes(finding)) && (!verdict || finding.verdict === verdict));
  $("findings-count").textContent = String(own.length);
  const rows = own.slice(0, SOME).map(findingButton);
  if (!rows.length) rows.push(make("p", { class: "empty" }, say("ui.no_findings")));
  if (own.length > SOME) rows.push(make("p", { class: "empty" }, say("ui.more", { count: own.length - SOME })));
  $("findings").replaceChildren(make("p", { class: "about" }, say("ui.findings_lead")), ...rows);
}

/** The figures of a finding with what each is: stated or operand, its value, its words. */
function listOperands(finding) {
  const own = concerns(finding).filter(({ kind }) => kind !== "Report");
  if (!own.length) return [];
  const stated = new Set(linked(finding, true, "about"));
  const rows = own.map((node) => make("li", {},
    make("span", { class: "how" }, say(stated.has(node) ? "ui.stated" : "ui.operand")),
    make("button", { type: "button", class: "link", dir: "auto", onclick: () => select([node]) }, nameOf(node))));
  return [make("h3", {}, say("ui.operands")), make("ul", { class: "links operands" }, ...rows)];
}
