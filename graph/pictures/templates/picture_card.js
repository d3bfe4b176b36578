// The selected node: its card, the announcement for screen readers, and keyboard navigation between nodes.
function choose(drawing, id) {
  const { data, network, card, told } = drawing;
  drawing.chosen = id;
  network.selectNodes(id === null ? [] : [id]);
  card.hidden = id === null;
  if (id === null) return;
  const node = drawing.nodes.get(id);
  const { words } = data;
  const lines = [data.kinds[node.kind], node.status && data.statuses[node.status], `${words.origins}: ${node.origins}`];
  const drawn = network.getConnectedNodes(id).filter((other) => other !== id).length;
  const more = beyond(drawing, id);
  if (more !== undefined) lines.push(words.ties.replace("{drawn}", drawn).replace("{n}", node.ties));
  const name = card.querySelector(".picture-name");
  name.textContent = node.name;
  name.lang = node.language ?? "";
  card.querySelector(".picture-said").textContent = lines.filter(Boolean).join(" · ");
  const link = card.querySelector("a");
  link.hidden = !data.base;
  if (data.base) link.href = `${data.base}entities/${encodeURIComponent(id).replaceAll("%3A", ":")}${data.suffix}`;
  const expand = card.querySelector("[value=expand]");
  const open = isOpen(data, id);
  expand.hidden = !data.live || open || more === 0;
  expand.textContent = words.expand + (more ? ` (+${more})` : "");
  card.querySelector("[value=collapse]").hidden = !data.live || !open;
  told.textContent = [node.name, ...lines.filter(Boolean)].join(", ");
}

const isOpen = (data, id) => data.expanded.some((one) => one.id === id);

// Number of neighbours of a node that are not drawn; undefined if their total is unknown.
function beyond({ nodes, network }, id) {
  const drawn = network.getConnectedNodes(id).filter((other) => other !== id).length;
  const { ties } = nodes.get(id);
  return ties === undefined ? undefined : Math.max(0, ties - drawn);
}

function toggle(drawing, id) {
  const { data, say } = drawing;
  if (!data.live || !id) return;
  const expanded = data.expanded.map((one) => one.id);
  if (isOpen(data, id)) queue(drawing, expanded.filter((one) => one !== id));
  else if (beyond(drawing, id) === 0) say.textContent = data.words.all;
  else queue(drawing, [...expanded, id]);
}

function queue(drawing, expanded) {
  drawing.asked = drawing.asked.then(() => ask(drawing, expanded));
}

// Nodes added by expanding a node, by expanding those, and so on: they move along with the node.
function carried(data, id) {
  const found = new Set();
  const queue = [id];
  while (queue.length) {
    const next = queue.pop();
    for (const name of data.expanded.find((one) => one.id === next)?.brought ?? []) {
      found.add(name);
      queue.push(name);
    }
  }
  return found;
}

// Selects the nearest node in a direction; sideways distance costs 2.5 times as much as distance ahead.
function step(drawing, right, down) {
  const { network, data, off, chosen } = drawing;
  const at = network.getPositions();
  const shown = data.nodes.map(({ id }) => id).filter((id) => !off.nodes.has(id));
  if (!chosen || off.nodes.has(chosen)) return walk(drawing, first(drawing, shown));
  const from = at[chosen];
  const cost = (id) => {
    const [x, y] = [at[id].x - from.x, at[id].y - from.y];
    const ahead = x * right + y * down;
    return ahead > 0 ? ahead + 2.5 * Math.abs(x * down - y * right) : Infinity;
  };
  const nearest = shown.reduce((best, id) => (id !== chosen && cost(id) < cost(best) ? id : best), chosen);
  return walk(drawing, nearest);
}

function first({ data }, shown) {
  return shown.includes(data.centre) ? data.centre : shown[0] ?? null;
}

function walk(drawing, id) {
  const { network, stage } = drawing;
  choose(drawing, id);
  if (id === null) return;
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const edge = 60;
  const inside = x > edge && y > edge && x < stage.clientWidth - edge && y < stage.clientHeight - edge;
  if (!inside) look(drawing, { position: network.getPosition(id) }, true);
}
