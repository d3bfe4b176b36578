// Links: we draw them, so that lines, arrows and what fades look as in the SVG; vis-network only notices the pointer.
const TRANSPARENT = "rgba(0,0,0,0)";
const HALO = "#0b5cad";
const FADED = 0.14;
// In pixels: the least height of letters on a symbol, and the radius of a symbol too small for any.
const MIN_MARK_HEIGHT = 8;
const MIN_MARKED_RADIUS = 5;

// The rows of links for vis-network, which draws them transparent.
const transparentLinks = (links) => links.map(({ color, dashes, ...link }) => ({
  ...link,
  color: { color: TRANSPARENT, highlight: TRANSPARENT, hover: TRANSPARENT, inherit: false },
}));

// The control point of a link, bent as vis-network does.
function controlPoint(from, to, bend) {
  if (!bend) return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (0.5 * bend + 0.5) * Math.PI;
  const span = (0.5 * Math.abs(bend) + 0.5) * Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + span * Math.sin(angle), y: from.y + span * Math.cos(angle) };
}

// A point of a link at a share (0 to 1) of its length, for current node positions; with two shares, the control point
// of the part between them.
function pointOnLink(from, to, bend, s, t = s) {
  const control = controlPoint(from, to, bend);
  const blend = (a, b, c) => (1 - s) * (1 - t) * a + (s * (1 - t) + t * (1 - s)) * b + s * t * c;
  return { x: blend(from.x, control.x, to.x), y: blend(from.y, control.y, to.y) };
}

// The share of a link's length at which it leaves a circle around its start.
function circleExit(from, to, bend, radius) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!bend) return Math.min(0.5, radius / (length || 1));
  let [low, high] = [0, 0.5];
  for (let step = 0; step < 12; step += 1) {
    const half = (low + high) / 2;
    const point = pointOnLink(from, to, bend, half);
    if (Math.hypot(point.x - from.x, point.y - from.y) < radius) low = half;
    else high = half;
  }
  return high;
}

// What is drawn of a link: start, control point and end of its visible part.
function visiblePart(link, positions, sizes) {
  const [from, to, bend] = [positions[link.from], positions[link.to], link.bend ?? 0];
  const start = circleExit(from, to, bend, sizes.get(link.from) + 3);
  const end = 1 - circleExit(to, from, -bend, sizes.get(link.to) + 4);
  return [pointOnLink(from, to, bend, start), pointOnLink(from, to, bend, start, end), pointOnLink(from, to, bend, end)];
}

function arrowhead(beforeEnd, end, width) {
  const length = 7 + 1.5 * width;
  const angle = Math.atan2(end.y - beforeEnd.y, end.x - beforeEnd.x);
  const corner = (side) => ({ x: end.x + length * Math.cos(angle + side), y: end.y + length * Math.sin(angle + side) });
  return [end, corner(Math.PI - 0.4), corner(0.4 - Math.PI)];
}

function drawLinks(drawing, context) {
  const { data, network, hidden, sizes, focus } = drawing;
  if (drawing.isDragging && data.options.interaction.hideEdgesOnDrag) return;
  const positions = network.getPositions();
  context.save();
  context.lineJoin = "round";
  for (const link of data.edges) {
    if (hidden.edges.has(link.id) || !positions[link.from] || !positions[link.to]) continue;
    context.globalAlpha = focus && !focus.edges.has(link.id) ? FADED : 1;
    drawLink(drawing, context, link, positions, sizes);
  }
  context.restore();
}

function drawLink(drawing, context, link, positions, sizes) {
  const { selectedLink, hoveredLink, data } = drawing;
  const path = new Path2D();
  let parts = null;
  if (link.from === link.to) {
    const [{ x, y }, size] = [positions[link.from], sizes.get(link.from)];
    path.arc(x + size, y - size, size, 0, 2 * Math.PI);
  } else {
    parts = visiblePart(link, positions, sizes);
    const [start, control, end] = parts;
    path.moveTo(start.x, start.y);
    path.quadraticCurveTo(control.x, control.y, end.x, end.y);
  }
  const stroke = (color, width, dashes) => {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(dashes);
    context.stroke(path);
  };
  if (link.id === selectedLink) stroke(`${HALO}66`, link.width + 9, []);
  else if (link.id === hoveredLink) stroke(`${HALO}33`, link.width + 6, []);
  stroke(link.color, link.width, link.dashes ?? []);
  if (link.double) stroke(data.text.paper, link.width * data.text.gap, []);
  if (link.arrows !== "to" || !parts) return;
  const [tip, ...wings] = arrowhead(parts[1], parts[2], link.width);
  context.fillStyle = link.color;
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  for (const { x, y } of wings) context.lineTo(x, y);
  context.fill();
}

// Letters of kinds on the symbols, and signs of statuses beside them.
function drawSigns(drawing, context) {
  const { data, network, hidden, focus } = drawing;
  const { ink, paper, badge: radius } = data.text;
  const { face } = drawing;
  const scale = network.getScale();
  const positions = network.getPositions();
  context.save();
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { id, size, mark, mark_size: markSize, badge, group } of data.nodes) {
    if ((!mark && !badge) || hidden.nodes.has(id) || !positions[id]) continue;
    const { x, y } = positions[id];
    context.globalAlpha = focus && !focus.nodes.has(id) ? FADED : 1;
    if (mark && size * scale >= MIN_MARKED_RADIUS) {
      const height = Math.max(markSize, MIN_MARK_HEIGHT / scale);
      context.font = `700 ${height}px ${face}`;
      context.strokeStyle = data.options.groups[group].color.background;
      context.lineWidth = height / 4;
      context.strokeText(mark, x, y + 0.36 * height);
      context.fillStyle = ink;
      context.fillText(mark, x, y + 0.36 * height);
    }
    if (!badge || radius * scale < 3) continue;
    const [left, top] = [x + 0.8 * size, y - 0.8 * size];
    const { border } = data.options.groups[group].color;
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
    context.fillStyle = paper;
    context.fill();
    context.strokeStyle = border;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = border;
    context.font = `700 11px ${face}`;
    context.fillText(badge, left, top + 4);
  }
  context.restore();
}
