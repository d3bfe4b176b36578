// What is chosen, a node or a link: the panel about it, what fades, the announcement, and the keyboard.
const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

function selectNode(drawing, id) {
  choose(drawing, id, null);
}

function selectLink(drawing, id) {
  choose(drawing, null, id);
}

// Chooses a node or a link, or with two nulls nothing: the rest fades, and the panel says what is known of it.
function choose(drawing, node, link) {
  const { network, card, announcement } = drawing;
  drawing.selected = node;
  drawing.selectedLink = link;
  network.unselectAll();
  if (node !== null) network.selectNodes([node], false);
  card.hidden = node === null && link === null;
  fadeRest(drawing);
  if (!card.hidden) {
    const lines = node === null ? showLink(drawing, drawing.linkRows.get(link)) : showNode(drawing, drawing.nodes.get(node));
    announcement.textContent = lines.filter(Boolean).join(", ");
    card.scrollTop = 0;
    // The panel says all that the tooltip says.
    network.interactionHandler?.popup?.hide();
  }
  updateUrl(drawing, true);
}

// Fades all but the chosen node with its links and neighbours, or the chosen link with its ends.
function fadeRest(drawing) {
  const { data, nodes, network, selected, selectedLink } = drawing;
  const links = data.edges.filter((link) => link.id === selectedLink || link.from === selected || link.to === selected);
  const isChosen = selected !== null || selectedLink !== null;
  drawing.focus = !isChosen ? null : {
    nodes: new Set([...(selected === null ? [] : [selected]), ...links.flatMap(({ from, to }) => [from, to])]),
    edges: new Set(links.map(({ id }) => id)),
  };
  const opacity = ({ id }) => (drawing.focus && !drawing.focus.nodes.has(id) ? FADED : 1);
  nodes.update(nodes.get().filter((node) => (node.opacity ?? 1) !== opacity(node)).map((node) => ({ id: node.id, opacity: opacity(node) })));
  network.redraw();
}

function showNode(drawing, node) {
  const { data, network, card } = drawing;
  const { words } = data;
  const status = node.status && data.statuses[node.status]?.label;
  const lines = [data.kinds[node.kind], node.kind_label, status, `${words.origins}: ${node.origins}`];
  const drawnCount = network.getConnectedNodes(node.id).filter((other) => other !== node.id).length;
  const undrawnCount = undrawnNeighbours(drawing, node.id);
  if (undrawnCount !== undefined) lines.push(words.ties.replace("{drawn}", drawnCount).replace("{n}", node.ties));
  nameCard(card, node.name, node.language);
  card.querySelector(".picture-details").textContent = lines.filter(Boolean).join(" · ");
  card.querySelector(".picture-facts").replaceChildren();
  const page = card.querySelector(".picture-page-link");
  page.hidden = !data.base;
  if (data.base) page.href = pageUrl(data, "entities", node.id);
  showRemoval(drawing, node.id);
  const expand = card.querySelector("[value=expand]");
  const isOpen = isExpanded(data, node.id);
  expand.hidden = !data.live || isOpen || undrawnCount === 0;
  expand.textContent = words.expand + (undrawnCount ? ` (+${undrawnCount})` : "");
  card.querySelector("[value=collapse]").hidden = !data.live || !isOpen;
  const links = linksOf(drawing, node.id);
  listChoices(drawing, words.links, links.map((link) => ({
    text: linkText(drawing, link), link: link.id, status: link.status, faint: link.faint,
  })));
  return [node.name, ...lines];
}

// In a picture of chosen entities (`ids` in the URL), a chosen one can be taken out.
function showRemoval({ data, card }, id) {
  const address = new URL(location.href);
  const ids = (address.searchParams.get("ids") ?? "").split(",");
  const removal = card.querySelector(".picture-removal");
  removal.hidden = !data.live || !ids.includes(id);
  address.searchParams.set("ids", ids.filter((other) => other !== id).join());
  address.searchParams.delete("choice");
  removal.href = address.href;
}

function showLink(drawing, link) {
  const { data, card } = drawing;
  const { words } = data;
  const text = linkText(drawing, link);
  nameCard(card, text, "");
  card.querySelector(".picture-details").textContent = link.faint ? words.context_only_help : "";
  for (const part of card.querySelectorAll(".picture-actions :is(a, [value=expand], [value=collapse])")) part.hidden = true;
  const status = data.statuses[link.status];
  const day = data.dates[link.as_of] ?? link.as_of;
  const facts = [
    [words.status, [status ? statusChip(data, link.status) : words.not_stated]],
    [words.details, link.details && [link.details]],
    [words.basis, link.basis && [link.basis]],
    [words.as_of_heading, day && [day]],
    [words.statements, idLinks(data, "statements", link.statements)],
    [words.disagreements, idLinks(data, "disagreements", link.disagreements)],
  ].filter(([, parts]) => parts?.length);
  card.querySelector(".picture-facts").replaceChildren(...facts.flatMap(([title, parts]) => {
    const text = element("dd");
    parts.forEach((part, number) => text.append(...(number ? [", ", part] : [part])));
    return [element("dt", "", title), text];
  }));
  const ends = [...new Set([link.from, link.to])].map((id) => drawing.nodes.get(id));
  listChoices(drawing, words.ends, ends.map(({ id, name, status: end }) => ({ text: name, node: id, status: end })));
  const spoken = facts.slice(0, 4).map(([title, parts]) => `${title}: ${parts.map((part) => part.textContent ?? part).join(", ")}`);
  return [text, ...spoken];
}

function nameCard(card, text, language) {
  const name = card.querySelector(".picture-name");
  name.textContent = text;
  name.lang = language ?? "";
}

const linkText = ({ nodes }, { from, to, relation }) => `${nodes.get(from).name} – ${relation} – ${nodes.get(to).name}`;

const pageUrl = (data, folder, id) => `${data.base}${folder}/${encodeURIComponent(id).replaceAll("%3A", ":")}${data.suffix}`;

// Ids as links to their pages; as plain text in a file that does not know where the site is.
function idLinks(data, folder, ids) {
  return ids?.map((id) => {
    const made = element(data.base ? "a" : "code", "", id.slice(id.indexOf(":") + 1));
    if (data.base) made.href = pageUrl(data, folder, id);
    return made;
  });
}

function statusChip(data, key) {
  const { label, symbol, tone } = data.statuses[key];
  const chip = element("span", `picture-chip picture-chip--${tone}`);
  const sign = element("span", "", `${symbol} `);
  sign.setAttribute("aria-hidden", "true");
  chip.append(sign, label);
  return chip;
}

// Lists nodes or links that can be chosen from the panel.
function listChoices({ data, card }, title, choices) {
  card.querySelector(".picture-choices-title").textContent = choices.length ? title : "";
  card.querySelector(".picture-choices").replaceChildren(...choices.map(({ text, node, link, status, faint }) => {
    const button = element("button", "", text);
    button.type = "button";
    button.dataset[node ? "node" : "link"] = node ?? link;
    if (status) button.append(" ", statusChip(data, status));
    if (faint) button.append(" ", element("small", "", data.words.context_only));
    const item = element("li");
    item.append(button);
    return item;
  }));
}

// The drawn links of a node, in the order in which they are drawn.
function linksOf({ data, hidden }, id) {
  return data.edges.filter((link) => (link.from === id || link.to === id) && !hidden.edges.has(link.id));
}

// Chooses the next link of the chosen node, or after a link the next one of the same node.
function stepToLink(drawing) {
  const { selected, selectedLink, linkRows } = drawing;
  if (selected !== null) drawing.linkAnchor = selected;
  else if (selectedLink !== null && ![linkRows.get(selectedLink).from, linkRows.get(selectedLink).to].includes(drawing.linkAnchor)) {
    drawing.linkAnchor = linkRows.get(selectedLink).from;
  }
  const links = selected === null && selectedLink === null ? [] : linksOf(drawing, drawing.linkAnchor);
  if (links.length) selectLink(drawing, links[(links.findIndex(({ id }) => id === selectedLink) + 1) % links.length].id);
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
  const { network, data, hidden, linkRows } = drawing;
  const selected = drawing.selected ?? linkRows.get(drawing.selectedLink)?.from ?? null;
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
