// -------------------------------------------------------------------------------------------------- images
// The view as a picture: PNG at twice its size, and SVG that a drawing program can edit.

/** Draws what is in view on a pen whose unit is that of the drawing. */
function drawView(pen, scale) {
  drawBehind(pen, scale);
  for (const node of drawn.view) {
    drawNode(pen, node, network.body.nodes[node.id], state.scene.places.get(node), { isNear: isNear(node), isChosen: state.chosen.includes(node), scale });
  }
}

function savePng() {
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight];
  const picture = make("canvas", { width: 2 * width, height: 2 * height });
  const context = picture.getContext("2d");
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  context.fillStyle = css("--page");
  context.fillRect(0, 0, 2 * width, 2 * height);
  context.setTransform(2 * scale, 0, 0, 2 * scale, width - 2 * scale * x, height - 2 * scale * y);
  drawView(new CanvasPen(context), 2 * scale);
  picture.toBlob((blob) => download(blob, fileName("graph", "png")), "image/png");
}

/** The view as the text of an SVG document; boxes out of view are left out. */
function writeSvg() {
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight];
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const box = [x - width / 2 / scale, y - height / 2 / scale, width / scale, height / scale].map((part) => Math.round(part));
  const title = state.report ? state.report.name[0] : say("ui.name");
  const root = draw("svg", { xmlns: SVG, viewBox: box.join(" "), width, height, "font-family": css("--font") }, draw("title", {}, title),
    draw("rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: css("--page") }));
  drawView(new SvgPen(root), 100);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

$("save-png").addEventListener("click", savePng);
$("save-svg").addEventListener("click", () => download(new Blob([writeSvg()], { type: "image/svg+xml" }), fileName("graph", "svg")));
