// Saves the whole picture in its current view, with title and legend: a served page fetches the SVG from the site,
// a standalone file edits the SVG it contains.
const PIXEL_RATIO = 2;
const MAX_SIDE = 8192;

async function staticSvg(drawing) {
  const { data, root } = drawing;
  if (!data.live) return applyChanges(drawing, root.querySelector("noscript").textContent);
  const response = await fetch(root.dataset.svgUrl + viewQuery(currentView(drawing)));
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}

function applyChanges({ data, network, hidden, moved, sizes }, text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml");
  const oldPositions = new Map(data.nodes.map(({ id, x, y }) => [id, { x, y }]));
  const positions = network.getPositions();
  const links = new Map(data.edges.map((edge) => [edge.id, edge]));
  for (const part of svg.querySelectorAll("[data-node], [data-link]")) {
    const { node, link } = part.dataset;
    const { from, to } = links.get(link) ?? {};
    if (hidden.nodes.has(node) || hidden.edges.has(link)) part.remove();
    else if (moved.has(node)) translate(part, oldPositions.get(node), positions[node]);
    else if (moved.has(from) || moved.has(to)) redrawLink(part, links.get(link), positions, sizes, oldPositions);
  }
  const frame = svg.documentElement;
  const [left, top, width, height] = frame.getAttribute("viewBox").split(" ").map(Number);
  const [xs, ys] = [[...moved.values()].map(({ x }) => x), [...moved.values()].map(({ y }) => y)];
  const [west, north] = [Math.min(left, ...xs.map((x) => x - 120)), Math.min(top, ...ys.map((y) => y - 60))];
  const east = Math.max(left + width, ...xs.map((x) => x + 120));
  const south = Math.max(top + height, ...ys.map((y) => y + 120));
  frame.setAttribute("viewBox", [west, north, east - west, south - north].join(" "));
  const sides = { x: west, y: north, width: east - west, height: south - north };
  for (const side of ["width", "height"]) frame.setAttribute(side, sides[side]);
  for (const side of Object.keys(sides)) svg.querySelector("rect").setAttribute(side, sides[side]);
  return new XMLSerializer().serializeToString(svg);
}

function translate(part, from, to) {
  part.setAttribute("transform", `translate(${to.x - from.x} ${to.y - from.y})`);
}

function redrawLink(part, link, positions, sizes, oldPositions) {
  const [from, to, bend] = [positions[link.from], positions[link.to], link.bend ?? 0];
  if (link.from === link.to) return translate(part, oldPositions.get(link.from), from);
  const middle = pointOnLink(from, to, bend, link.at ?? 0.5);
  if (part.tagName === "text") {
    part.setAttribute("x", middle.x);
    part.setAttribute("y", middle.y + 4);
    return undefined;
  }
  const [start, control, end] = visiblePart(link, positions, sizes).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  for (const path of part.querySelectorAll("path")) path.setAttribute("d", `M${start} Q${control} ${end}`);
  const [, beforeEnd, tip] = visiblePart(link, positions, sizes);
  const corners = arrowhead(beforeEnd, tip, link.width).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  return part.querySelector("polygon")?.setAttribute("points", corners.join(" "));
}

function download(drawing, blob, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = drawing.data.file + suffix;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function save(drawing, suffix) {
  try {
    const svgBlob = new Blob([await staticSvg(drawing)], { type: "image/svg+xml" });
    download(drawing, suffix === ".svg" ? svgBlob : await rasterize(svgBlob), suffix);
  } catch (error) {
    drawing.output.textContent = `${drawing.data.words.failed} ${error.message}`;
  }
}

async function rasterize(svgBlob) {
  const image = new Image();
  image.src = URL.createObjectURL(svgBlob);
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = Math.min(PIXEL_RATIO * Math.max(1, devicePixelRatio / 2), MAX_SIDE / Math.max(image.width, image.height));
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG"))), "image/png");
  });
}
