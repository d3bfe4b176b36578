// Labels: vis-network sets lines too close for Vietnamese, and link labels on top of node labels, so we draw both.
const DIACRITICS = /\p{M}/gu;
// Minimum height of labels in pixels: zoomed out, labels are enlarged to it, as many as fit; those of links are omitted
// where they would be smaller than the other number.
const MIN_LABEL_HEIGHT = { node: 11, link: 8 };
const SMALLEST_LINK_LABEL = 6;
// Maximum radius, in pixels, of a symbol so small that a label may cover it.
const MAX_COVERED_RADIUS = 3;
const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(DIACRITICS, "");

// Label metrics that do not depend on the view: lines, height, width per pixel of height; node labels by priority.
function measureLabels(data, face) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `100px ${face}`;
  const widest = (lines) => Math.max(...lines.map((line) => context.measureText(line).width)) / 100;
  const nodeLabels = data.nodes.map(({ id, label, height = data.text.node, ink = data.text.ink, size }) => {
    const lines = label.split("\n");
    return { id, lines, height, ink, size, width: widest(lines) };
  });
  const rank = ({ id, height, size }) => (id === data.centre ? 1e6 : 0) + 100 * height + size;
  nodeLabels.sort((a, b) => rank(b) - rank(a));
  const labelledEdges = data.edges.filter(({ label }) => label);
  const linkLabels = labelledEdges.map(({ id, label, from, to, bend, at }) => ({ id, from, to, bend, at, lines: [label], width: widest([label]) }));
  return { nodeLabels, linkLabels };
}

// Occupied boxes by grid cell; each box has the id of its node, whose own boxes may overlap.
function occupancyGrid(cellSize) {
  const cells = new Map();
  const keys = ({ left, top, right, bottom }) => {
    const cellKeys = [];
    for (let x = Math.floor(left / cellSize); x <= right / cellSize; x += 1) {
      for (let y = Math.floor(top / cellSize); y <= bottom / cellSize; y += 1) cellKeys.push(x * 1e6 + y);
    }
    return cellKeys;
  };
  const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add(box) {
      for (const key of keys(box)) {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
      }
    },
    isFree: (box) => keys(box).every((key) => !cells.get(key)?.some((other) => other.id !== box.id && overlaps(other, box))),
  };
}

function drawLabels(drawing, context) {
  const { data, network, stage, hidden, focus, labelMetrics: { nodeLabels, linkLabels } } = drawing;
  const { pale, paper, link } = data.text;
  const { face } = drawing;
  const scale = network.getScale();
  const middle = network.getViewPosition();
  const halfSize = [stage.clientWidth / scale / 2 + 150, stage.clientHeight / scale / 2 + 80];
  const isInView = (point) => point && Math.abs(point.x - middle.x) < halfSize[0] && Math.abs(point.y - middle.y) < halfSize[1];
  const positions = network.getPositions();
  const occupied = occupancyGrid(80 / scale);
  const padding = 1.5 / scale;
  // Draws a label at the first of some spots (middle, top) where it fits; if there is none, only the tooltip shows it.
  const drawLabel = ({ lines, width, id }, spots, height, color, isForced) => {
    const half = (width * height) / 2 + padding;
    const boxes = spots(half, lines.length * height * 1.2 + padding).map(([middle, top]) => (
      { id, x: middle, left: middle - half, right: middle + half, top, bottom: top + lines.length * height * 1.2 + padding }
    ));
    const box = boxes.find(occupied.isFree) ?? (isForced ? boxes[0] : null);
    if (!box) return;
    const { x, top } = box;
    occupied.add(box);
    context.font = `${height}px ${face}`;
    context.strokeStyle = paper;
    context.lineWidth = Math.max(4, height / 5);
    context.fillStyle = color;
    lines.forEach((line, row) => context.strokeText(line, x, top + (1.02 + row * 1.2) * height));
    lines.forEach((line, row) => context.fillText(line, x, top + (1.02 + row * 1.2) * height));
  };
  context.textAlign = "center";
  context.lineJoin = "round";
  context.textBaseline = "alphabetic";
  const visible = nodeLabels.filter(({ id }) => !hidden.nodes.has(id) && isInView(positions[id]));
  for (const { id, size } of visible.filter((label) => label.size * scale > MAX_COVERED_RADIUS)) {
    const { x, y } = positions[id];
    occupied.add({ id, left: x - size, right: x + size, top: y - size, bottom: y + size });
  }
  const isSelected = ({ id }) => id === drawing.selected || Boolean(drawing.selectedLink && focus?.nodes.has(id));
  const isFocused = ({ id }) => !focus || focus.nodes.has(id);
  const rank = (label) => Number(isSelected(label)) * 2 + Number(isFocused(label));
  for (const label of [...visible].sort((a, b) => rank(b) - rank(a))) {
    const { x, y } = positions[label.id];
    context.globalAlpha = isFocused(label) ? 1 : FADED;
    const spots = (half, tall) => {
      const beside = label.size + 4 / scale + half;
      return [[x, y + label.size + 4], [x, y - label.size - tall - 4], [x + beside, y - tall / 2], [x - beside, y - tall / 2]];
    };
    drawLabel(label, spots, Math.max(label.height, MIN_LABEL_HEIGHT.node / scale), label.ink, isSelected(label));
  }
  const linkHeight = Math.max(link, MIN_LABEL_HEIGHT.link / scale);
  for (const label of link * scale >= SMALLEST_LINK_LABEL ? linkLabels : []) {
    const [from, to] = [positions[label.from], positions[label.to]];
    if (hidden.edges.has(label.id) || !from || !to) continue;
    context.globalAlpha = focus && !focus.edges.has(label.id) ? FADED : 1;
    const { size } = drawing.nodes.get(label.from);
    const point = from === to ? { x: from.x + 2 * size, y: from.y - 2 * size } : pointOnLink(from, to, label.bend, label.at);
    if (isInView(point)) drawLabel(label, () => [[point.x, point.y - 0.6 * linkHeight]], linkHeight, pale, false);
  }
  context.globalAlpha = 1;
}
