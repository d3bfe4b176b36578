// Labels: vis-network sets lines too close for Vietnamese, and words where labels are, so both are written here.
const MARKS = /\p{M}/gu;
const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(MARKS, "");
const heightsOf = (data) => new Map(data.nodes.map((node) => [node.id, node.height ?? data.text.node]));

// A point of a link as vis-network bends it, with nodes at their present places.
function along(from, to, bend, share) {
  const reach = 0.5 * Math.abs(bend) + 0.5;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (0.5 * bend + 0.5) * Math.PI;
  const span = bend ? reach * Math.hypot(to.x - from.x, to.y - from.y) : 0;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const via = bend ? { x: from.x + span * Math.sin(angle), y: from.y + span * Math.cos(angle) } : middle;
  const mix = (a, b, c) => (1 - share) ** 2 * a + 2 * share * (1 - share) * b + share * share * c;
  return { x: mix(from.x, via.x, to.x), y: mix(from.y, via.y, to.y) };
}

function letters(drawing, pen) {
  const { data, network, stage, off } = drawing;
  const { face, ink, pale, paper, link } = data.text;
  const write = (lines, x, y, height, color) => {
    pen.font = `${height}px ${face}`;
    pen.strokeStyle = paper;
    pen.lineWidth = Math.max(4, height / 5);
    pen.fillStyle = color;
    lines.forEach((line, row) => pen.strokeText(line, x, y + row * height * 1.2));
    lines.forEach((line, row) => pen.fillText(line, x, y + row * height * 1.2));
  };
  const scale = network.getScale();
  const middle = network.getViewPosition();
  const reach = [stage.clientWidth / scale / 2 + 150, stage.clientHeight / scale / 2 + 80];
  const seen = (spot) => spot && Math.abs(spot.x - middle.x) < reach[0] && Math.abs(spot.y - middle.y) < reach[1];
  const at = network.getPositions();
  pen.textAlign = "center";
  pen.lineJoin = "round";
  pen.textBaseline = "middle";
  for (const edge of link * scale >= 6 ? data.edges : []) {
    if (!edge.label || off.edges.has(edge.id) || !at[edge.from] || !at[edge.to]) continue;
    const { size } = drawing.nodes.get(edge.from);
    const { x, y } = at[edge.from];
    const loop = { x: x + 2 * size, y: y - 2 * size };
    const spot = edge.from === edge.to ? loop : along(at[edge.from], at[edge.to], edge.bend, edge.at);
    if (seen(spot)) write([edge.label], spot.x, spot.y, link, pale);
  }
  pen.textBaseline = "alphabetic";
  for (const node of data.nodes) {
    const height = drawing.heights.get(node.id);
    if (height * scale < 6.5 || off.nodes.has(node.id) || !seen(at[node.id])) continue;
    const { x, y } = at[node.id];
    write(node.label.split("\n"), x, y + node.size + 4 + height * 1.02, height, node.ink ?? ink);
  }
}
