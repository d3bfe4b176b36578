// The view as in the page's URL: expanded, hidden and moved nodes, search text, what is chosen, and the visible area.
const VIEW_PARAMS = ["expand", "hide", "moved", "find", "choice", "at"];

function currentView(drawing) {
  const { data, root, network, moved, viewChanged } = drawing;
  const hidden = [...root.querySelectorAll(".picture-legend input:not(:checked)")].map((box) => box.value);
  const { x, y } = network.getViewPosition();
  return {
    expand: data.expansions.map(({ id }) => id).join(),
    hide: hidden.join(),
    moved: [...moved].map(([id, position]) => `${id}~${position.x}~${position.y}`).join(),
    find: root.querySelector("input[type=search]").value.trim(),
    choice: drawing.selected ?? drawing.selectedLink ?? "",
    at: viewChanged ? [Math.round(x), Math.round(y), Number(network.getScale().toPrecision(4))].join() : "",
  };
}

function viewQuery(view) {
  const encode = (text) => encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
  const otherParams = [...new URLSearchParams(location.search)].filter(([key]) => !VIEW_PARAMS.includes(key));
  const viewParams = VIEW_PARAMS.map((key) => [key, view[key]]).filter(([, value]) => value);
  const pairs = [...otherParams, ...viewParams].map(([key, value]) => `${key}=${encode(value)}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

// Writes the view into the URL, soon; at once and as a step that the browser can go back from if `isStep`.
function updateUrl(drawing, isStep) {
  if (!drawing.data.live || drawing.isRestoring) return;
  clearTimeout(drawing.urlTimer);
  const write = () => {
    const query = viewQuery(currentView(drawing));
    if (new URLSearchParams(query).toString() === new URLSearchParams(location.search).toString()) return;
    history[isStep ? "pushState" : "replaceState"](history.state, "", location.pathname + query);
    drawing.root.dispatchEvent(new CustomEvent("viewchange", { bubbles: true, detail: currentView(drawing) }));
  };
  if (isStep) write();
  else drawing.urlTimer = setTimeout(write, 200);
}

// Goes back to the view in the URL: what is chosen and in view changes here, anything else loads the page.
function restoreView(drawing) {
  clearTimeout(drawing.urlTimer);
  const params = new URLSearchParams(location.search);
  const view = currentView(drawing);
  if (["expand", "hide", "moved", "find"].some((key) => (params.get(key) ?? "") !== view[key])) {
    location.reload();
    return;
  }
  const requested = requestedView();
  if (requested) showArea(drawing, requested);
  chooseFromUrl(drawing);
  drawing.root.dispatchEvent(new CustomEvent("viewchange", { bubbles: true, detail: currentView(drawing) }));
}

function chooseFromUrl(drawing) {
  const choice = new URLSearchParams(location.search).get("choice") ?? "";
  drawing.isRestoring = true;
  if (drawing.linkRows.has(choice)) selectLink(drawing, choice);
  else selectNode(drawing, drawing.nodes.get(choice) ? choice : null);
  drawing.isRestoring = false;
}

function showArea(drawing, [x, y, scale]) {
  moveView(drawing, { position: { x, y }, scale }, false);
}

function requestedView() {
  const at = (new URLSearchParams(location.search).get("at") ?? "").split(",").map(Number);
  return at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
}

// Fetches the page with other nodes expanded and applies what changed; nodes already drawn do not move.
async function fetchExpanded(drawing, expand) {
  const { root, output, nodes } = drawing;
  const requestQuery = () => viewQuery({ ...currentView(drawing), expand: expand.join(), find: "", choice: "", at: "" });
  const query = requestQuery();
  output.textContent = drawing.data.words.loading;
  let page;
  try {
    const response = await fetch(location.pathname + query, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.statusText);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    output.textContent = `${drawing.data.words.failed} ${error.message}`;
    return;
  }
  // The response would move a node that is being dragged back to where it was at the time of the request.
  await drawing.dragEnded;
  if (query !== requestQuery()) {
    await fetchExpanded(drawing, expand);
    return;
  }
  const newRoot = page.querySelector(".vnkg-picture");
  const oldCount = nodes.length;
  applyData(drawing, JSON.parse(newRoot.querySelector(".picture-data").textContent));
  for (const part of [".picture-note", ".picture-legend", ".picture-scroll tbody", ".picture-links tbody"]) {
    const [oldPart, newPart] = [root.querySelector(part), newRoot.querySelector(part)];
    if (oldPart && newPart) oldPart.replaceWith(document.adoptNode(newPart));
  }
  for (const box of root.querySelectorAll(".picture-legend input")) box.hidden = false;
  filter(drawing);
  const change = nodes.length - oldCount;
  const message = change < 0 ? drawing.data.words.nodes_removed : drawing.data.words.nodes_added;
  output.textContent = change ? message.replace("{n}", Math.abs(change)) : "";
  if (change && !drawing.viewChanged) fitAll(drawing, true);
  updateUrl(drawing, change !== 0);
}

function applyData(drawing, data) {
  const { nodes, edges, network } = drawing;
  const presentIds = new Set(data.nodes.map(({ id }) => id));
  // This redraws at once, so it comes before any change.
  network.setOptions({ groups: data.options.groups });
  drawing.data = data;
  nodes.remove(nodes.getIds().filter((id) => !presentIds.has(id)));
  nodes.update(data.nodes);
  edges.clear();
  edges.add(transparentLinks(data.edges));
  drawing.hidden.edges = new Set();
  readData(drawing);
  for (const id of drawing.moved.keys()) if (!presentIds.has(id)) drawing.moved.delete(id);
  // The URL follows when all has changed.
  drawing.isRestoring = true;
  if (drawing.linkRows.has(drawing.selectedLink)) selectLink(drawing, drawing.selectedLink);
  else selectNode(drawing, presentIds.has(drawing.selected) ? drawing.selected : null);
  drawing.isRestoring = false;
}

// What is computed once from the data: labels, sizes of symbols, links by id.
function readData(drawing) {
  const { data } = drawing;
  drawing.labelMetrics = measureLabels(data, drawing.face);
  drawing.sizes = new Map(data.nodes.map(({ id, size }) => [id, size]));
  drawing.linkRows = new Map(data.edges.map((link) => [link.id, link]));
}

function filter(drawing) {
  const { data, nodes, edges, root } = drawing;
  const boxes = [...root.querySelectorAll(".picture-legend input:not(:checked)")].map((box) => box.value);
  const isHidden = (...keys) => keys.some((key) => boxes.includes(key));
  const ids = (rows, test) => new Set(rows.filter(test).map((row) => row.id));
  const hidden = { nodes: ids(data.nodes, ({ kind, status }) => isHidden(kind, status)) };
  hidden.edges = ids(data.edges, ({ status, from, to }) => isHidden(status) || hidden.nodes.has(from) || hidden.nodes.has(to));
  const changedRows = (rows, before, now) => rows.filter(({ id }) => before.has(id) !== now.has(id));
  const changes = [changedRows(data.nodes, drawing.hidden.nodes, hidden.nodes), changedRows(data.edges, drawing.hidden.edges, hidden.edges)];
  drawing.hidden = hidden;
  nodes.update(changes[0].map(({ id }) => ({ id, hidden: hidden.nodes.has(id) })));
  edges.update(changes[1].map(({ id }) => ({ id, hidden: hidden.edges.has(id) })));
  if (hidden.nodes.has(drawing.selected) || hidden.edges.has(drawing.selectedLink)) selectNode(drawing, null);
}
