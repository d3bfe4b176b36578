// The selected node: its card, the announcement for screen readers, and keyboard navigation between nodes.
function selectNode(drawing, id) {
  const { data, network, card, announcement } = drawing;
  drawing.selected = id;
  network.selectNodes(id === null ? [] : [id]);
  card.hidden = id === null;
  if (id === null) return;
  const node = drawing.nodes.get(id);
  const { words } = data;
  const lines = [data.kinds[node.kind], node.status && data.statuses[node.status], `${words.origins}: ${node.origins}`];
  const drawnCount = network.getConnectedNodes(id).filter((other) => other !== id).length;
  const undrawnCount = undrawnNeighbours(drawing, id);
  if (undrawnCount !== undefined) lines.push(words.ties.replace("{drawn}", drawnCount).replace("{n}", node.ties));
  const name = card.querySelector(".picture-name");
  name.textContent = node.name;
  name.lang = node.language ?? "";
  card.querySelector(".picture-details").textContent = lines.filter(Boolean).join(" · ");
  const link = card.querySelector("a");
  link.hidden = !data.base;
  if (data.base) link.href = `${data.base}entities/${encodeURIComponent(id).replaceAll("%3A", ":")}${data.suffix}`;
  const expand = card.querySelector("[value=expand]");
  const isOpen = isExpanded(data, id);
  expand.hidden = !data.live || isOpen || undrawnCount === 0;
  expand.textContent = words.expand + (undrawnCount ? ` (+${undrawnCount})` : "");
  card.querySelector("[value=collapse]").hidden = !data.live || !isOpen;
  announcement.textContent = [node.name, ...lines.filter(Boolean)].join(", ");
}

const isExpanded = (data, id) => data.expansions.some((expansion) => expansion.id === id);

// Number of neighbours of a node that are not drawn; undefined if their total is unknown.
function undrawnNeighbours({ nodes, network }, id) {
  const drawnCount = network.getConnectedNodes(id).filter((other) => other !== id).length;
  const { ties } = nodes.get(id);
  return ties === undefined ? undefined : Math.max(0, ties - drawnCount);
}

function toggle(drawing, id) {
  const { data, output } = drawing;
  if (!data.live || !id) return;
  const expanded = data.expansions.map((expansion) => expansion.id);
  if (isExpanded(data, id)) queueUpdate(drawing, expanded.filter((key) => key !== id));
  else if (undrawnNeighbours(drawing, id) === 0) output.textContent = data.words.all_drawn;
  else queueUpdate(drawing, [...expanded, id]);
}

function queueUpdate(drawing, expanded) {
  drawing.pendingUpdate = drawing.pendingUpdate.then(() => fetchExpanded(drawing, expanded));
}

// Nodes added by expanding a node, by expanding those, and so on: they move along with the node.
function expansionDescendants(data, id) {
  const descendants = new Set();
  const queue = [id];
  while (queue.length) {
    const current = queue.pop();
    for (const added of data.expansions.find((expansion) => expansion.id === current)?.added_ids ?? []) {
      descendants.add(added);
      queue.push(added);
    }
  }
  return descendants;
}

// Selects the nearest node in a direction; sideways distance costs 2.5 times as much as distance ahead.
function stepTo(drawing, dx, dy) {
  const { network, data, hidden, selected } = drawing;
  const positions = network.getPositions();
  const visibleIds = data.nodes.map(({ id }) => id).filter((id) => !hidden.nodes.has(id));
  if (!selected || hidden.nodes.has(selected)) return focusNode(drawing, startNode(drawing, visibleIds));
  const from = positions[selected];
  const cost = (id) => {
    const [x, y] = [positions[id].x - from.x, positions[id].y - from.y];
    const ahead = x * dx + y * dy;
    return ahead > 0 ? ahead + 2.5 * Math.abs(x * dy - y * dx) : Infinity;
  };
  const nearest = visibleIds.reduce((best, id) => (id !== selected && cost(id) < cost(best) ? id : best), selected);
  return focusNode(drawing, nearest);
}

function startNode({ data }, visibleIds) {
  return visibleIds.includes(data.centre) ? data.centre : visibleIds[0] ?? null;
}

function focusNode(drawing, id) {
  const { network, stage } = drawing;
  selectNode(drawing, id);
  if (id === null) return;
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const margin = 60;
  const isInside = x > margin && y > margin && x < stage.clientWidth - margin && y < stage.clientHeight - margin;
  if (!isInside) moveView(drawing, { position: network.getPosition(id) }, true);
}
