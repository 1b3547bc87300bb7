// -------------------------------------------------------------------------------------------------- canvas
// vis-network keeps the boxes, moves and zooms them; forms, words and lines are drawn here, in one go for all lines.

const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const boxes = new vis.DataSet([]);
const springs = new vis.DataSet([]); // filled while the physics is on
const options = { ...data.options, nodes: { ...data.options.nodes, ctxRenderer: renderBox } };
const network = new vis.Network($("canvas"), { nodes: boxes, edges: springs }, options);
const drawn = { view: new Set(), near: new Set(), calm: [], on: [], drops: [], curves: null, left: 0, hovered: null, isFitted: true };

function renderBox({ ctx, id, x, y }) {
  const node = byId.get(id);
  const place = state.scene.places.get(node);
  return {
    drawNode() {
      drawNode(new CanvasPen(ctx), node, { x, y }, place, { isNear: isNear(node), isChosen: state.chosen.includes(node), scale: network.getScale() });
    },
    nodeDimensions: { width: place.width, height: place.height },
  };
}

/** Whether a box is drawn in its colours: all are while nothing is chosen, and on a path or around a chosen centre;
    else the chosen one's neighbours. */
function isNear(node) {
  const { chosen, scene } = state;
  return !chosen.length || scene.type === "path" || chosen[0] === scene.centre || drawn.near.has(node);
}

let quiet = 0;

/** Does something that changes much, and draws once after it instead of at every step. */
function quietly(action) {
  const { emitter } = network.body;
  quiet += 1;
  emitter.emit("_blockRedraw");
  try {
    action();
  } finally {
    quiet -= 1;
    if (!quiet) {
      emitter.emit("_allowRedraw");
      emitter.emit("_requestRedraw");
    }
  }
}

/** Puts a scene on the canvas, with what is chosen in it. */
function openScene(scene, { moves = true, chosen = state.chosen } = {}) {
  quietly(() => {
    Object.assign(state, { scene, chosen });
    Object.assign(drawn, { view: new Set(), calm: [], on: [], drops: [], hovered: null, curves: null });
    boxes.clear();
    refresh();
    if (moves) fit();
  });
}

/** Draws what the choices say: classes shown, filters, the chosen node, theme and language. */
function refresh() {
  quietly(renew);
}

function renew() {
  const { scene } = state;
  const { view, left } = nodesInView();
  const gone = [...drawn.view].filter((node) => !view.has(node));
  const come = [...view].filter((node) => !drawn.view.has(node));
  Object.assign(drawn, { calm: [], on: [], drops: [], hovered: null, curves: null }); // lines of boxes that go must not be drawn
  boxes.remove(gone.map(({ id }) => id));
  boxes.add(come.map((node) => ({ id: node.id, x: scene.places.get(node).x, y: scene.places.get(node).y })));
  for (const node of come) { // before a box is first drawn nobody else knows how large it is
    const { shape } = network.body.nodes[node.id];
    const { width, height, x, y } = scene.places.get(node);
    Object.assign(shape, { customSizeWidth: width, customSizeHeight: height, width, height });
    shape.boundingBox = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  }
  Object.assign(drawn, { view, left, near: nearChosen(), drops: dropsOf(scene), ...edgesInView(view) });
  for (const { from, to } of drawn.on) drawn.near.add(from).add(to); // on the overview by way of measures
  if (state.physics && (come.length || gone.length)) setSprings();
  network.selectNodes(state.chosen.filter((node) => view.has(node)).map(({ id }) => id), false);
  showNotice();
}

// ---- lines

/** Where an edge begins and ends and how it bends: eight numbers, with the direction in which it arrives. */
function curveOf({ from, to, key }) {
  const { places } = state.scene;
  const [a, b] = [network.body.nodes[from.id], network.body.nodes[to.id]];
  const [p, q] = [places.get(from), places.get(to)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const isApart = Math.abs(dy) > (p.height + q.height) / 2 + 4;
  const isBeside = Math.abs(dx) > (p.width + q.width) / 2;
  const isAcross = state.scene.type === "board" ? isBeside && (SIDEWAYS.includes(key) || !isApart) : isBeside && (!isApart || Math.abs(dx) > 6 * Math.abs(dy));
  if (isAcross) {
    const side = dx < 0 ? -1 : 1;
    const [x1, x2] = [a.x + (side * p.width) / 2, b.x - (side * q.width) / 2];
    const bend = Math.max(16, Math.abs(x2 - x1) * 0.4) * side;
    return { at: [x1, a.y, x1 + bend, a.y, x2 - bend, b.y, x2, b.y], towards: [side, 0] };
  }
  const side = dy < 0 ? -1 : 1;
  const [y1, y2] = [a.y + (side * p.height) / 2, b.y - (side * q.height) / 2];
  const bend = Math.abs(y2 - y1) * 0.4 * side;
  return { at: [a.x, y1, a.x, y1 + bend, b.x, y2 - bend, b.x, y2], towards: [0, side] };
}

function headOf({ at, towards: [dx, dy] }, size) {
  const [x, y] = at.slice(6);
  return [x, y, x - dx * size - dy * size * 0.45, y - dy * size - dx * size * 0.45, x - dx * size + dy * size * 0.45, y - dy * size + dx * size * 0.45];
}

const middleOf = ([x1, y1, x2, y2, x3, y3, x4, y4]) => [(x1 + 3 * x2 + 3 * x3 + x4) / 8, (y1 + 3 * y2 + 3 * y3 + y4) / 8];

/** The lines of edges with their arrow heads. */
function layCurves(list) {
  const curves = list.map(curveOf);
  return { lines: curves.map(({ at }) => at), heads: curves.map((curve) => headOf(curve, 9)) };
}

/** Everything behind the boxes: panels, captions, lines. */
function drawBehind(pen, scale = network.getScale()) {
  const { scene } = state;
  if (!state.physics) drawBoard(pen, scene);
  const isPale = state.chosen.length > 0 && (scene.type === "board" || scene.type === "overview");
  if (state.physics) drawn.curves = null;
  drawn.curves ??= layCurves(drawn.calm);
  pen.curves(drawn.curves.lines, { line: css("--edge"), width: 2, opacity: isPale ? 0.5 : 1 });
  if (!isPale && 9 * scale > 2.5) pen.heads(drawn.curves.heads, css("--edge"));
  const on = drawn.on.map(curveOf);
  pen.curves(on.map(({ at }) => at), { line: css("--edge-on"), width: on.length < 20 ? 3 : 2 });
  pen.heads(on.map((curve) => headOf(curve, 13)), css("--edge-on"));
  if (scene.type === "path" || (scene.type === "focus" && drawn.on.length <= 12)) {
    drawn.on.forEach((edge, number) => {
      const [x, y] = middleOf(on[number].at);
      const words = edge.name[state.language];
      const width = widthOf(words) * 1.6 + 10;
      pen.form(roundedPath(width, 22, 5), x, y, { fill: css("--page"), line: css("--page"), width: 1 });
      pen.words(words, x, y, { size: 16, color: css("--edge-on"), align: "center" });
    });
  }
  if (drawn.hovered) {
    const curve = curveOf(drawn.hovered);
    pen.curves([curve.at], { line: css("--accent"), width: 4 });
    pen.heads([headOf(curve, 14)], css("--accent"));
  }
}

/** Panels behind the sections, and over each band of the board what stands there. */
function drawBoard(pen, scene) {
  for (const [x, y, width, height] of scene.panels) {
    pen.form(roundedPath(width, height, 8), x + width / 2, y + height / 2, { fill: css("--panel"), line: css("--panel-rule"), width: 2 });
  }
  const inView = new Set([...drawn.view].map(({ kind }) => kind));
  for (const { word, kind, x, y, of } of scene.captions) {
    if (!inView.has(kind)) continue;
    const words = of ? `${linesOf(of, { width: 400, height: 20, font: 20 })[0]} ${say(word)}` : say(word);
    pen.words(words, x, y, { size: 21, color: css(`--${kind}-line`), align: "left", baseline: "bottom", weight: "600" });
  }
  if (drawn.view.has(scene.report)) for (const drop of drawn.drops) if (drawn.view.has(drop.to)) drawDrop(pen, scene, drop);
}

/** An arrow straight down from a document to the report that rests on it, with the relation's name. */
function drawDrop(pen, scene, { to, name }) {
  const [document, report] = [scene.places.get(to), scene.places.get(scene.report)];
  const [start, end] = [document.y + document.height / 2 + 3, report.y - report.height / 2 - 3];
  const color = css("--PolicyDocument-line");
  pen.curves([[document.x, start, document.x, start, document.x, end, document.x, end]], { line: color, width: 2 });
  pen.heads([headOf({ at: [0, 0, 0, 0, 0, 0, document.x, end], towards: [0, 1] }, 11)], color);
  pen.words(name[state.language], document.x + 12, (start + end) / 2, { size: 18, color, align: "left" });
}

network.on("beforeDrawing", (context) => drawBehind(new CanvasPen(context)));

// ---- moving about

const animation = () => (isCalm ? false : { duration: 350, easingFunction: "easeInOutQuad" });
function scaleBy(factor) {
  drawn.isFitted = false;
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: animation() });
}

/** The edges of what is in view. */
function bounds() {
  const { scene } = state;
  const edge = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const take = (left, right, top, bottom) => Object.assign(edge, {
    left: Math.min(edge.left, left), right: Math.max(edge.right, right), top: Math.min(edge.top, top), bottom: Math.max(edge.bottom, bottom),
  });
  for (const node of drawn.view) {
    const { x, y } = network.body.nodes[node.id];
    const { width, height } = scene.places.get(node);
    take(x - width / 2 - 8, x + width / 2 + 8, y - height / 2 - 8, y + height / 2 + 8);
  }
  const inView = new Set([...drawn.view].map(({ kind }) => kind));
  for (const { kind, x, y } of scene.captions) if (inView.has(kind)) take(x, x, y - 24, y);
  return edge;
}

/** Everything in view; in a narrow window the head of it, over the full width. It stays so while the frame changes
    its size, until one moves the drawing. */
function fit() {
  network.setSize("100%", "100%");
  const { left, right, top, bottom } = bounds();
  const [width, height] = [$("canvas").clientWidth - 16, $("canvas").clientHeight - 12];
  if (!(left < right) || width <= 0 || height <= 0) return;
  const isTall = isNarrow && state.scene.type !== "path";
  const scale = Math.min(1.2, isTall ? width / (right - left) : Math.min(width / (right - left), height / (bottom - top)));
  const y = isTall ? top + height / scale / 2 : (top + bottom) / 2;
  network.moveTo({ position: { x: (left + right) / 2, y }, scale, animation: false });
  drawn.isFitted = true;
}

network.on("dragging", ({ nodes: [hit] }) => {
  if (hit !== undefined) drawn.curves = null; // its lines go with it
});
for (const moved of ["zoom", "dragStart", "animationFinished"]) network.on(moved, () => (drawn.isFitted = false));
new ResizeObserver(() => {
  if (drawn.isFitted) return fit();
  network.setSize("100%", "100%");
  network.redraw();
}).observe($("canvas"));

function bringIntoView(chosen) {
  const visible = chosen.filter((node) => drawn.view.has(node));
  if (!visible.length || (visible.length === 1 && isLegible(visible[0]))) return;
  drawn.isFitted = false;
  if (visible.length > 1) network.fit({ nodes: visible.map(({ id }) => id), maxZoomLevel: 0.9, animation: animation() });
  else network.focus(visible[0].id, { scale: Math.max(network.getScale(), 13 / state.scene.places.get(visible[0]).font), animation: animation() });
}

/** Whether a box is in the window with words large enough to read. */
function isLegible(node) {
  const { font, width } = state.scene.places.get(node);
  const { x, y } = network.canvasToDOM(network.getPosition(node.id));
  const half = (width / 2) * network.getScale();
  return font * network.getScale() >= 8 && x - half > 0 && x + half < $("canvas").clientWidth && y > 20 && y < $("canvas").clientHeight - 20;
}

/** The box or line under a point of the canvas (in pixels of the page). */
function hitAt(at) {
  const id = network.getNodeAt(at);
  if (id !== undefined) return { node: byId.get(id) };
  const { x, y } = network.DOMtoCanvas(at);
  let [best, least] = [null, 7 / network.getScale()];
  for (const edge of [...drawn.on, ...drawn.calm]) {
    const [x1, y1, x2, y2, x3, y3, x4, y4] = curveOf(edge).at;
    if (x < Math.min(x1, x2, x3, x4) - least || x > Math.max(x1, x2, x3, x4) + least || y < Math.min(y1, y2, y3, y4) - least || y > Math.max(y1, y2, y3, y4) + least) continue;
    for (let step = 0; step <= 24; step += 1) {
      const [t, u] = [step / 24, 1 - step / 24];
      const [px, py] = [u * u * u * x1 + 3 * u * u * t * x2 + 3 * u * t * t * x3 + t * t * t * x4, u * u * u * y1 + 3 * u * u * t * y2 + 3 * u * t * t * y3 + t * t * t * y4];
      const far = Math.hypot(px - x, py - y);
      if (far < least) [best, least] = [edge, far];
    }
  }
  return { edge: best };
}

function showTip(event) {
  const tip = $("tip");
  const frame = $("canvas").getBoundingClientRect();
  const at = event && { x: event.clientX - frame.left, y: event.clientY - frame.top };
  const { node, edge } = at ? hitAt(at) : {};
  if ((edge ?? null) !== drawn.hovered) {
    drawn.hovered = edge ?? null;
    network.redraw();
  }
  tip.hidden = !node && !edge;
  $("canvas").style.cursor = node || edge ? "pointer" : "";
  if (node) tip.textContent = `${say(`class.${node.kind}`)}  ${nameOf(node)}`;
  if (edge) tip.textContent = `${nameOf(edge.from)}\n—— ${edge.name[state.language]}${edge.count ? ` ${edge.count}` : ""} →\n${nameOf(edge.to)}`;
  if (tip.hidden) return;
  const { x, y } = at;
  tip.style.left = `${Math.max(4, Math.min(x + 14, frame.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > frame.height ? Math.max(4, y - tip.offsetHeight - 12) : y + 18}px`;
}

let tipFrame = 0;
$("canvas").addEventListener("pointermove", (event) => {
  cancelAnimationFrame(tipFrame);
  if (event.buttons) return;
  tipFrame = requestAnimationFrame(() => showTip(event));
});
$("canvas").addEventListener("pointerleave", () => {
  cancelAnimationFrame(tipFrame);
  showTip(null);
});

network.on("click", ({ pointer }) => {
  const { node, edge } = hitAt(pointer.DOM);
  if (node) select([node], { moves: false });
  else if (edge) select([edge.from, edge.to], { moves: false });
  else select([]);
});
network.on("doubleClick", ({ nodes: [hit] }) => {
  if (hit !== undefined) unfold(byId.get(hit));
});

// The arrow keys go from box to box; with the shift key they move the drawing.
network.canvas.frame.tabIndex = 0; // vis-network puts it behind everything else
Object.entries({ role: "application", "aria-describedby": "canvas-help" }).forEach(([name, value]) => network.canvas.frame.setAttribute(name, value));
network.canvas.frame.addEventListener("keydown", (event) => {
  const direction = { ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowUp: [0, -1] }[event.key];
  const [first] = state.chosen;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (direction && event.shiftKey) {
    drawn.isFitted = false;
    const { x, y } = network.getViewPosition();
    const step = 120 / network.getScale();
    network.moveTo({ position: { x: x + direction[0] * step, y: y + direction[1] * step }, animation: false });
  } else if (direction) stepTo(direction);
  else if (event.key === "+" || event.key === "=") scaleBy(1.4);
  else if (event.key === "-") scaleBy(1 / 1.4);
  else if (event.key === "0") fit();
  else if (event.key === "Enter" && first) unfold(first);
  else return;
  event.preventDefault();
});

/** Chooses the next box in a direction from the chosen one, or the first box. */
function stepTo([dx, dy]) {
  const here = state.scene.places.get(state.chosen[0]);
  let best = here ? null : [...drawn.view][0];
  let least = Infinity;
  for (const node of here ? drawn.view : []) {
    const { x, y } = state.scene.places.get(node);
    const [along, aside] = [(x - here.x) * dx + (y - here.y) * dy, Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx)];
    if (along > 4 && along + 3 * aside < least) [best, least] = [node, along + 3 * aside];
  }
  if (best) select([best]);
}

// ---- physics

function setSprings() {
  springs.clear();
  springs.add([...drawn.calm, ...drawn.on].map(({ from, to }) => ({ from: from.id, to: to.id })));
}

/** Lets forces move the boxes, or puts them back at their places. */
function setPhysics(isOn) {
  state.physics = isOn;
  $("physics").setAttribute("aria-pressed", String(isOn));
  if (isOn) setSprings();
  network.setOptions({ physics: { enabled: isOn } });
  if (isOn) return network.startSimulation();
  network.stopSimulation();
  springs.clear();
  boxes.update([...drawn.view].map((node) => ({ id: node.id, x: state.scene.places.get(node).x, y: state.scene.places.get(node).y })));
  fit();
}
