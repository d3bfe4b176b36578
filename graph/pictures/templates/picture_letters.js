// Labels: vis-network sets lines too close for Vietnamese, and link labels on top of node labels, so we draw both.
const MARKS = /\p{M}/gu;
// Minimum height of labels in pixels: zoomed out, node labels are enlarged to it, as many as fit; link labels are omitted.
const READABLE = { node: 11, link: 8 };
// Maximum radius, in pixels, of a symbol so small that a label may cover it.
const SPECK = 3;
const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(MARKS, "");

// Label metrics that do not depend on the view: lines, height, width per pixel of height; node labels by priority.
function measureLabels(data) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `100px ${data.text.face}`;
  const widest = (lines) => Math.max(...lines.map((line) => pen.measureText(line).width)) / 100;
  const labels = data.nodes.map(({ id, label, height = data.text.node, ink = data.text.ink, size }) => {
    const lines = label.split("\n");
    return { id, lines, height, ink, size, width: widest(lines) };
  });
  const rank = ({ id, height, size }) => (id === data.centre ? 1e6 : 0) + 100 * height + size;
  labels.sort((a, b) => rank(b) - rank(a));
  const labelled = data.edges.filter(({ label }) => label);
  const words = labelled.map(({ id, label, from, to, bend, at }) => ({ id, from, to, bend, at, lines: [label], width: widest([label]) }));
  return { labels, words };
}

// A point of a link at a share (0 to 1) of its length, bent as vis-network does, for current node positions.
function along(from, to, bend, share) {
  const reach = 0.5 * Math.abs(bend) + 0.5;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (0.5 * bend + 0.5) * Math.PI;
  const span = bend ? reach * Math.hypot(to.x - from.x, to.y - from.y) : 0;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const via = bend ? { x: from.x + span * Math.sin(angle), y: from.y + span * Math.cos(angle) } : middle;
  const mix = (a, b, c) => (1 - share) ** 2 * a + 2 * share * (1 - share) * b + share * share * c;
  return { x: mix(from.x, via.x, to.x), y: mix(from.y, via.y, to.y) };
}

// Occupied boxes by grid cell; each box has the id of its node, whose own boxes may overlap.
function occupancyGrid(cell) {
  const cells = new Map();
  const keys = ({ left, top, right, bottom }) => {
    const cellKeys = [];
    for (let x = Math.floor(left / cell); x <= right / cell; x += 1) {
      for (let y = Math.floor(top / cell); y <= bottom / cell; y += 1) cellKeys.push(x * 1e6 + y);
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
    isFree: (box) => keys(box).every((key) => !cells.get(key)?.some((taken) => taken.id !== box.id && overlaps(taken, box))),
  };
}

function drawLabels(drawing, pen) {
  const { data, network, stage, hidden, labelMetrics: { labels, words } } = drawing;
  const { face, pale, paper, link } = data.text;
  const scale = network.getScale();
  const middle = network.getViewPosition();
  const reach = [stage.clientWidth / scale / 2 + 150, stage.clientHeight / scale / 2 + 80];
  const isInView = (spot) => spot && Math.abs(spot.x - middle.x) < reach[0] && Math.abs(spot.y - middle.y) < reach[1];
  const positions = network.getPositions();
  const occupied = occupancyGrid(80 / scale);
  const slack = 1.5 / scale;
  // Draws a label below `top`, unless it does not fit: then only the tooltip shows it.
  const write = ({ lines, width, id }, x, top, height, color, must) => {
    const half = (width * height) / 2 + slack;
    const box = { id, left: x - half, right: x + half, top, bottom: top + lines.length * height * 1.2 + slack };
    if (!must && !occupied.isFree(box)) return;
    occupied.add(box);
    pen.font = `${height}px ${face}`;
    pen.strokeStyle = paper;
    pen.lineWidth = Math.max(4, height / 5);
    pen.fillStyle = color;
    lines.forEach((line, row) => pen.strokeText(line, x, top + (1.02 + row * 1.2) * height));
    lines.forEach((line, row) => pen.fillText(line, x, top + (1.02 + row * 1.2) * height));
  };
  pen.textAlign = "center";
  pen.lineJoin = "round";
  pen.textBaseline = "alphabetic";
  const visible = labels.filter(({ id }) => !hidden.nodes.has(id) && isInView(positions[id]));
  for (const { id, size } of visible.filter((label) => label.size * scale > SPECK)) {
    const { x, y } = positions[id];
    occupied.add({ id, left: x - size, right: x + size, top: y - size, bottom: y + size });
  }
  const isChosen = ({ id }) => id === drawing.chosen;
  for (const label of [...visible.filter(isChosen), ...visible.filter((label) => !isChosen(label))]) {
    const { x, y } = positions[label.id];
    write(label, x, y + label.size + 4, Math.max(label.height, READABLE.node / scale), label.ink, isChosen(label));
  }
  for (const word of link * scale >= READABLE.link ? words : []) {
    const [from, to] = [positions[word.from], positions[word.to]];
    if (hidden.edges.has(word.id) || !from || !to) continue;
    const { size } = drawing.nodes.get(word.from);
    const spot = from === to ? { x: from.x + 2 * size, y: from.y - 2 * size } : along(from, to, word.bend, word.at);
    if (isInView(spot)) write(word, spot.x, spot.y - 0.6 * link, link, pale, false);
  }
}
