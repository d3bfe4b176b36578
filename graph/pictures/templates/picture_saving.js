// Saves the whole picture in its current view, with title and legend: a served page fetches the SVG from the site,
// a standalone file edits the SVG it contains.
const SHARP = 2;
const LARGEST = 8192;

async function staticSvg(drawing) {
  const { data, root } = drawing;
  if (!data.live) return applyChanges(drawing, root.querySelector("noscript").textContent);
  const response = await fetch(root.dataset.svgUrl + queryOf(viewOf(drawing)));
  if (!response.ok) throw new Error(response.statusText);
  return response.text();
}

function applyChanges({ data, network, hidden, moved }, text) {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  const sizes = new Map(data.nodes.map(({ id, size }) => [id, size]));
  const old = new Map(data.nodes.map(({ id, x, y }) => [id, { x, y }]));
  const now = network.getPositions();
  const links = new Map(data.edges.map((edge) => [edge.id, edge]));
  for (const part of picture.querySelectorAll("[data-node], [data-link]")) {
    const { node, link } = part.dataset;
    const { from, to } = links.get(link) ?? {};
    if (hidden.nodes.has(node) || hidden.edges.has(link)) part.remove();
    else if (moved.has(node)) translate(part, old.get(node), now[node]);
    else if (moved.has(from) || moved.has(to)) redraw(part, links.get(link), now, sizes, old);
  }
  const frame = picture.documentElement;
  const [left, top, wide, high] = frame.getAttribute("viewBox").split(" ").map(Number);
  const [xs, ys] = [[...moved.values()].map(({ x }) => x), [...moved.values()].map(({ y }) => y)];
  const [west, north] = [Math.min(left, ...xs.map((x) => x - 120)), Math.min(top, ...ys.map((y) => y - 60))];
  const east = Math.max(left + wide, ...xs.map((x) => x + 120));
  const south = Math.max(top + high, ...ys.map((y) => y + 120));
  frame.setAttribute("viewBox", [west, north, east - west, south - north].join(" "));
  const sides = { x: west, y: north, width: east - west, height: south - north };
  for (const side of ["width", "height"]) frame.setAttribute(side, sides[side]);
  for (const side of Object.keys(sides)) picture.querySelector("rect").setAttribute(side, sides[side]);
  return new XMLSerializer().serializeToString(picture);
}

function translate(part, old, now) {
  part.setAttribute("transform", `translate(${now.x - old.x} ${now.y - old.y})`);
}

function redraw(part, link, now, sizes, old) {
  const [from, to, bend] = [now[link.from], now[link.to], link.bend ?? 0];
  if (link.from === link.to) return translate(part, old.get(link.from), from);
  const middle = along(from, to, bend, link.at ?? 0.5);
  if (part.tagName === "text") {
    part.setAttribute("x", middle.x);
    part.setAttribute("y", middle.y + 4);
    return undefined;
  }
  const far = (spot, end, room) => Math.hypot(spot.x - end.x, spot.y - end.y) > room;
  const path = Array.from({ length: 101 }, (_, step) => along(from, to, bend, step / 100))
    .filter((spot) => far(spot, from, sizes.get(link.from) + 3) && far(spot, to, sizes.get(link.to) + 4));
  part.querySelector("path").setAttribute("d", `M${path.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`);
  const tip = part.querySelector("polygon");
  if (!tip || path.length < 2) return undefined;
  const [back, end] = path.slice(-2);
  const angle = Math.atan2(end.y - back.y, end.x - back.x);
  const wing = (side) => `${end.x + 9 * Math.cos(angle + side)},${end.y + 9 * Math.sin(angle + side)}`;
  return tip.setAttribute("points", [`${end.x},${end.y}`, wing(Math.PI - 0.4), wing(0.4 - Math.PI)].join(" "));
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
  const scale = Math.min(SHARP * Math.max(1, devicePixelRatio / 2), LARGEST / Math.max(image.width, image.height));
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("PNG"))), "image/png");
  });
}
