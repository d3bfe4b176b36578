// The view as in the page's URL: expanded, hidden and moved nodes, search text, and the visible area.
const VIEW = ["expand", "hide", "moved", "find", "at"];

function viewOf(drawing) {
  const { data, root, network, moved, touched } = drawing;
  const hidden = [...root.querySelectorAll(".picture-legend input:not(:checked)")].map((box) => box.value);
  const { x, y } = network.getViewPosition();
  return {
    expand: data.expanded.map(({ id }) => id).join(),
    hide: hidden.join(),
    moved: [...moved].map(([id, place]) => `${id}~${place.x}~${place.y}`).join(),
    find: root.querySelector("input[type=search]").value.trim(),
    at: touched ? [Math.round(x), Math.round(y), Number(network.getScale().toPrecision(4))].join() : "",
  };
}

function queryOf(view) {
  const write = (text) => encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
  const kept = [...new URLSearchParams(location.search)].filter(([key]) => !VIEW.includes(key));
  const seen = VIEW.map((key) => [key, view[key]]).filter(([, value]) => value);
  const pairs = [...kept, ...seen].map(([key, value]) => `${key}=${write(value)}`);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

function remember(drawing) {
  if (!drawing.data.live) return;
  clearTimeout(drawing.later);
  drawing.later = setTimeout(() => {
    const query = queryOf(viewOf(drawing));
    if (query === location.search) return;
    history.replaceState(history.state, "", location.pathname + query);
    drawing.root.dispatchEvent(new CustomEvent("viewed", { bubbles: true, detail: viewOf(drawing) }));
  }, 200);
}

function placeAsked() {
  const at = (new URLSearchParams(location.search).get("at") ?? "").split(",").map(Number);
  return at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
}

// Fetches the page with other nodes expanded and applies what changed; nodes already drawn do not move.
async function ask(drawing, expand) {
  const { root, say, nodes } = drawing;
  const wanted = () => queryOf({ ...viewOf(drawing), expand: expand.join(), find: "", at: "" });
  const query = wanted();
  say.textContent = drawing.data.words.asking;
  let page;
  try {
    const response = await fetch(location.pathname + query, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.statusText);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    say.textContent = `${drawing.data.words.failed} ${error.message}`;
    return;
  }
  // The response would move a node that is being dragged back to where it was at the time of the request.
  await drawing.dragEnded;
  if (query !== wanted()) {
    await ask(drawing, expand);
    return;
  }
  const fresh = page.querySelector(".vnkg-picture");
  const before = nodes.length;
  take(drawing, JSON.parse(fresh.querySelector(".picture-data").textContent));
  for (const part of [".picture-note", ".picture-legend", ".picture-scroll tbody", ".picture-links tbody"]) {
    const [old, now] = [root.querySelector(part), fresh.querySelector(part)];
    if (old && now) old.replaceWith(document.adoptNode(now));
  }
  for (const box of root.querySelectorAll(".picture-legend input")) box.hidden = false;
  filter(drawing);
  const change = nodes.length - before;
  const told = change < 0 ? drawing.data.words.fewer : drawing.data.words.more;
  say.textContent = change ? told.replace("{n}", Math.abs(change)) : "";
  if (change && !drawing.touched) whole(drawing, true);
  remember(drawing);
}

function take(drawing, data) {
  const { nodes, edges, network } = drawing;
  const there = new Set(data.nodes.map(({ id }) => id));
  // This redraws at once, so it comes before any change.
  network.setOptions({ groups: data.options.groups });
  drawing.data = data;
  nodes.remove(nodes.getIds().filter((id) => !there.has(id)));
  nodes.update(data.nodes);
  edges.clear();
  edges.add(data.edges);
  drawing.off.edges = new Set();
  drawing.letters = lettersOf(data);
  for (const id of drawing.moved.keys()) if (!there.has(id)) drawing.moved.delete(id);
  if (drawing.chosen && !there.has(drawing.chosen)) choose(drawing, null);
  else if (drawing.chosen) choose(drawing, drawing.chosen);
}

function filter(drawing) {
  const { data, nodes, edges, root } = drawing;
  const boxes = [...root.querySelectorAll(".picture-legend input:not(:checked)")].map((box) => box.value);
  const gone = (...keys) => keys.some((key) => boxes.includes(key));
  const ids = (rows, test) => new Set(rows.filter(test).map((row) => row.id));
  const off = { nodes: ids(data.nodes, ({ kind, status }) => gone(kind, status)) };
  off.edges = ids(data.edges, ({ status, from, to }) => gone(status) || off.nodes.has(from) || off.nodes.has(to));
  const turned = (rows, before, now) => rows.filter(({ id }) => before.has(id) !== now.has(id));
  const wrong = [turned(data.nodes, drawing.off.nodes, off.nodes), turned(data.edges, drawing.off.edges, off.edges)];
  drawing.off = off;
  nodes.update(wrong[0].map(({ id }) => ({ id, hidden: off.nodes.has(id) })));
  edges.update(wrong[1].map(({ id }) => ({ id, hidden: off.edges.has(id) })));
  if (off.nodes.has(drawing.chosen)) choose(drawing, null);
}
