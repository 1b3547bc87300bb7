// ------------------------------------------------------------------------------------------------- drawing
// How a box looks: its form by class, the words in it. Forms are path data, so that canvas, SVG and the legend
// show the same.

/** The form of a box of a width and height around 0, 0. */
const FORMS = {
  round: (w, h) => roundedPath(w, h, Math.min(12, h / 3)),
  tab: (w, h) => roundedPath(w, h, Math.min(5, h / 4)),
  pill: (w, h) => roundedPath(w, h, h / 2),
  sheet: (w, h) => {
    const fold = Math.min(14, h / 3);
    return `M${-w / 2} ${-h / 2}H${w / 2 - fold}L${w / 2} ${-h / 2 + fold}V${h / 2}H${-w / 2}ZM${w / 2 - fold} ${-h / 2}V${-h / 2 + fold}H${w / 2}`;
  },
  hexagon: (w, h) => `M${-w / 2} 0L${-w / 2 + h / 3} ${-h / 2}H${w / 2 - h / 3}L${w / 2} 0L${w / 2 - h / 3} ${h / 2}H${-w / 2 + h / 3}Z`,
  slant: (w, h) => `M${-w / 2 + h / 3} ${-h / 2}H${w / 2}L${w / 2 - h / 3} ${h / 2}H${-w / 2}Z`,
  arrow: (w, h) => `M${-w / 2} ${-h / 2}H${w / 2 - h / 3}L${w / 2} 0L${w / 2 - h / 3} ${h / 2}H${-w / 2}Z`,
  flag: (w, h) => `M${-w / 2} ${-h / 2}H${w / 2}L${w / 2 - h / 4} 0L${w / 2} ${h / 2}H${-w / 2}Z`,
  cut: (w, h) => `M${-w / 2 + h / 4} ${-h / 2}H${w / 2 - h / 4}L${w / 2} ${-h / 4}V${h / 4}L${w / 2 - h / 4} ${h / 2}H${-w / 2 + h / 4}L${-w / 2} ${h / 4}V${-h / 4}Z`,
  ticket: (w, h) => {
    const r = h / 5;
    return `M${-w / 2 + r} ${-h / 2}H${w / 2 - r}A${r} ${r} 0 0 0 ${w / 2} ${-h / 2 + r}V${h / 2 - r}A${r} ${r} 0 0 0 ${w / 2 - r} ${h / 2}`
      + `H${-w / 2 + r}A${r} ${r} 0 0 0 ${-w / 2} ${h / 2 - r}V${-h / 2 + r}A${r} ${r} 0 0 0 ${-w / 2 + r} ${-h / 2}Z`;
  },
};
const MARGINS = { hexagon: 0.3, slant: 0.3, arrow: 0.2, flag: 0.15, pill: 0.15 }; // of the height, at each side
const SIDE_MARGIN = 6;
const LEFT = ["Section", "Measure", "Problem", "Plan", "Outcome"]; // their words begin at the left
const SIGNS = { inconsistent: "≠", unverifiable: "?", missing: "!", late: "!" };

function roundedPath(w, h, r) {
  return `M${-w / 2 + r} ${-h / 2}H${w / 2 - r}A${r} ${r} 0 0 1 ${w / 2} ${-h / 2 + r}V${h / 2 - r}A${r} ${r} 0 0 1 ${w / 2 - r} ${h / 2}`
    + `H${-w / 2 + r}A${r} ${r} 0 0 1 ${-w / 2} ${h / 2 - r}V${-h / 2 + r}A${r} ${r} 0 0 1 ${-w / 2 + r} ${-h / 2}Z`;
}

const formOf = (kind, width, height) => FORMS[kinds[kind].shape](width, height);
const marginOf = (kind, height) => SIDE_MARGIN + Math.round((MARGINS[kinds[kind].shape] ?? 0) * height);

/** The form of a class, for legends and lists. */
function swatch(kind) {
  const form = kinds[kind] ? formOf(kind, 16, 11) : roundedPath(16, 11, 2);
  return draw("svg", { class: `swatch of-${kind}`, viewBox: "-9.5 -7 19 14", width: "19", height: "14", "aria-hidden": "true" }, draw("path", { d: form }));
}

// What is drawn wide in East Asian type: as wide as it is high. Other characters take six tenths.
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2460-\u27bf\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/u;

/** The width of a text in tenths of its font's size. */
function widthOf(text) {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 10 : 6;
  return width;
}

/** A text that is at most `room` wide, with … where more was said. */
function cut(text, room) {
  if (widthOf(text) <= room) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += widthOf(character);
    if (width > room - 10) break;
    kept += character;
  }
  return `${kept.replace(/[… ]+$/u, "")}…`;
}

/** Whether a line may end between two characters: not in a word or range, after an opening, before a closing. */
function mayPart(before, after) {
  const isWord = /[0-9A-Za-z]/.test(before) && /[0-9A-Za-z]/.test(after);
  return !isWord && !/[\p{Ps}\p{Pi}\p{Pd}]/u.test(before) && !/[\p{Pe}\p{Pf}\p{Po}\p{Pd}]/u.test(after);
}

/** A text in two lines of about the same width where one would be wider than `room`. */
function parted(text, room) {
  if (widthOf(text) <= room) return [text];
  const characters = Array.from(cut(text, 2 * room - 10));
  let best = null;
  for (let at = 1; at < characters.length; at += 1) {
    if (!mayPart(characters[at - 1], characters[at])) continue;
    const lines = [characters.slice(0, at).join(""), characters.slice(at).join("")];
    const width = Math.max(...lines.map(widthOf));
    if (!best || width < best.width) best = { width, lines };
  }
  return (best?.lines ?? [characters.join("")]).map((line) => cut(line.trim(), room));
}

/** A text in one line, without the marks that turn the direction of writing: a drawing cannot keep them to itself. */
const clean = (text) => text.replace(/\p{Cf}/gu, "").replace(/\s+/gu, " ").trim();

/** What stands in a node's box: as much as there is room for, in one or two lines. */
function linesOf(node, place) {
  const room = Math.floor((10 * (place.width - 2 * marginOf(node.kind, place.height))) / place.font);
  const [name, label] = [clean(nameOf(node)), clean(node.label[state.language])];
  const isTag = place.width < kinds[node.kind].width;
  if (node.kind === "Finding" && place.width <= kinds.Finding.width) return [SIGNS[node.verdict] ?? "✓"];
  if (node.kind === "Outcome" && isTag && place.height <= 24) return [say("ui.twin")]; // short enough in both languages
  if (node.kind === "Report" && state.scene?.type === "overview") return [cut(overviewLabel(node), room)];
  if (node.kind === "PolicyDocument" && node.number) return [cut(node.number, room), cut(name, room)];
  if (node.kind === "Observation" && widthOf(name) > room) {
    const amount = node.amount ?? "";
    const counted = amount && name.endsWith(amount) ? name.slice(0, -amount.length).trim() : name;
    if (place.height >= 2.4 * place.font) return [cut(counted, room), cut(amount, room)];
    return [`${cut(counted, room - widthOf(amount) - 6)} ${amount}`];
  }
  if (place.height < 2 * place.font) return [cut(node.kind === "Report" ? name : label, room)];
  return parted(node.kind === "Finding" ? label : name, room);
}

/** A report on the overview: its year, who issued it where one area has several, and how many figures are in doubt. */
function overviewLabel(report) {
  const doubts = doubtsOf(report);
  return [yearOf(report) || nameOf(report), doubts ? `≠ ${doubts}` : ""].join("  ").trim();
}

const doubtCounts = new Map();
for (const { report, verdict } of findings) if (verdict === "inconsistent") doubtCounts.set(report, (doubtCounts.get(report) ?? 0) + 1);
const doubtsOf = (report) => doubtCounts.get(report.id) ?? 0;

const palette = new Map(); // emptied when the page turns dark or light
function css(name) {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return palette.get(name);
}

/** Colours of a node: by class, red where the audit contradicts it, pale where something else is chosen. */
function colorsOf(node, isNear) {
  if (!isNear) return [css("--rule"), css("--panel"), css("--soft")];
  const isAlarm = node.alarm || node.severity === "violation" || node.verdict === "inconsistent" || (node.kind === "Report" && state.scene?.of === -1 && doubtsOf(node));
  if (isAlarm) return [css("--alarm"), css("--alarm-fill"), css("--alarm")];
  if (node.severity === "warning") return [css("--amber"), css("--amber-fill"), css("--amber")];
  return ["line", "fill", "ink"].map((part) => css(`--${node.kind}-${part}`));
}

const SMALL = 5; // pixels of height below which the form of a box cannot be told from a rectangle

/** Draws a box with its words on a pen (canvas or SVG). */
function drawNode(pen, node, { x, y }, place, { isNear = true, isChosen = false, scale = 1 } = {}) {
  const [line, fill, ink] = colorsOf(node, isNear);
  const width = isChosen ? 4 : node.alarm ? 2 : 1.2;
  if (place.height * scale < SMALL && !isChosen) return pen.box(x, y, place, { fill, line, width: Math.max(width, 0.7 / scale) });
  place.form ??= formOf(node.kind, place.width, place.height);
  pen.form(place.form, x, y, { fill, line, width, dash: kinds[node.kind].dashed ? [6, 4] : [] });
  if (place.font * scale < 4) return;
  const lines = cachedLines(node, place);
  const isLeft = LEFT.includes(node.kind) && lines[0] !== say("ui.twin");
  const at = isLeft ? x - place.width / 2 + marginOf(node.kind, place.height) : x;
  lines.forEach((words, number) => {
    pen.words(words, at, y + (number - (lines.length - 1) / 2) * place.font * 1.08, { size: place.font, color: ink, align: isLeft ? "left" : "center" });
  });
}

/** Lines are laid out once for each place and language. */
function cachedLines(node, place) {
  place.lines ??= [];
  place.lines[state.language] ??= linesOf(node, place);
  return place.lines[state.language];
}

/** Curves as paths of some hundred each: a stroke of thousands takes longer than many of some. */
function joinCurves(list) {
  const paths = [];
  for (let at = 0; at < list.length; at += 200) {
    const path = new Path2D();
    for (const [x, y, ...rest] of list.slice(at, at + 200)) {
      path.moveTo(x, y);
      path.bezierCurveTo(...rest);
    }
    paths.push(path);
  }
  return paths;
}

/** Draws on a canvas. */
class CanvasPen {
  static forms = new Map();

  constructor(context) {
    this.context = context;
  }

  form(path, x, y, { fill, line, width, dash = [] }) {
    const { context } = this;
    if (!CanvasPen.forms.has(path)) CanvasPen.forms.set(path, new Path2D(path));
    const form = CanvasPen.forms.get(path);
    context.translate(x, y);
    if (fill) {
      context.fillStyle = fill;
      context.fill(form);
    }
    context.strokeStyle = line;
    context.lineWidth = width;
    if (dash.length) context.setLineDash(dash);
    context.stroke(form);
    if (dash.length) context.setLineDash([]);
    context.translate(-x, -y);
  }

  /** A rectangle around a point: many times faster than a form. */
  box(x, y, { width: w, height: h }, { fill, line, width }) {
    const { context } = this;
    context.fillStyle = line;
    context.fillRect(x - w / 2, y - h / 2, w, h);
    context.fillStyle = fill;
    context.fillRect(x - w / 2 + width, y - h / 2 + width, w - 2 * width, h - 2 * width);
  }

  words(text, x, y, { size, color, align, baseline = "middle", weight = "" }) {
    const { context } = this;
    context.font = `${weight} ${size}px ${css("--font")}`;
    context.fillStyle = color;
    context.textAlign = align;
    context.textBaseline = baseline;
    context.fillText(text, x, y);
  }

  /** Curves [x, y, x, y, x, y, x, y] in one go; they are kept with the list, which must not change. */
  curves(list, { line, width, opacity = 1 }) {
    const { context } = this;
    context.globalAlpha = opacity;
    context.strokeStyle = line;
    context.lineWidth = width;
    list.paths ??= joinCurves(list);
    for (const path of list.paths) context.stroke(path);
    context.globalAlpha = 1;
  }

  /** Filled triangles [x, y, x, y, x, y]. */
  heads(list, color) {
    const { context } = this;
    context.fillStyle = color;
    context.beginPath();
    for (const [a, b, c, d, e, f] of list) {
      context.moveTo(a, b);
      context.lineTo(c, d);
      context.lineTo(e, f);
      context.closePath();
    }
    context.fill();
  }
}

/** Draws the same into an SVG element. */
class SvgPen {
  constructor(root) {
    this.root = root;
  }

  form(path, x, y, { fill, line, width, dash = [] }) {
    const attributes = { d: path, transform: `translate(${x} ${y})`, fill: fill || "none", stroke: line, "stroke-width": width };
    if (dash.length) attributes["stroke-dasharray"] = dash.join(" ");
    this.root.append(draw("path", attributes));
  }

  words(text, x, y, { size, color, align, baseline = "middle", weight = "" }) {
    const anchor = { left: "start", center: "middle", right: "end" }[align];
    const attributes = { x, y, fill: color, "font-size": size, "text-anchor": anchor, "dominant-baseline": baseline === "bottom" ? "text-after-edge" : "central" };
    if (weight) attributes["font-weight"] = weight;
    this.root.append(draw("text", attributes, text));
  }

  curves(list, { line, width, opacity = 1 }) {
    const path = list.map(([x, y, ...rest]) => `M${x} ${y}C${rest.join(" ")}`).join("");
    if (path) this.root.append(draw("path", { d: path, fill: "none", stroke: line, "stroke-width": width, opacity }));
  }

  heads(list, color) {
    const path = list.map(([a, b, c, d, e, f]) => `M${a} ${b}L${c} ${d}L${e} ${f}Z`).join("");
    if (path) this.root.append(draw("path", { d: path, fill: color }));
  }
}
