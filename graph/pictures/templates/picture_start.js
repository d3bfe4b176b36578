// Starts every picture of a page: the server computes the layout, vis-network draws it.
const MIN_ROOM = 60;

function moveView(drawing, options, isAnimated) {
  drawing.viewChanged = true;
  drawing.network.moveTo({ ...options, animation: isAnimated ? drawing.animation : false });
  updateUrl(drawing);
}

function fitAll(drawing, isAnimated) {
  const { data, network, stage } = drawing;
  // In a hidden frame there is no room yet; the observer of its size comes back.
  if (stage.clientWidth <= MIN_ROOM || stage.clientHeight <= MIN_ROOM) return;
  const [left, top, right, bottom] = data.extent;
  const scale = Math.min((stage.clientWidth - 50) / (right - left), (stage.clientHeight - 50) / (bottom - top), 1.25);
  const narrow = data.centre && stage.clientWidth < 560 && scale < 0.55 && !isAnimated;
  network.moveTo({
    position: narrow ? network.getPosition(data.centre) : { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: narrow ? 0.55 : scale,
    animation: isAnimated ? drawing.animation : false,
  });
  drawing.viewChanged = false;
}

function zoom(drawing, factor) {
  moveView(drawing, { scale: Math.min(4, Math.max(0.05, drawing.network.getScale() * factor)) }, true);
}

function pan(drawing, dx, dy) {
  const { x, y } = drawing.network.getViewPosition();
  const distance = 60 / drawing.network.getScale();
  moveView(drawing, { position: { x: x + dx * distance, y: y + dy * distance } }, false);
}

function find(drawing, searchText, keepView) {
  const { data, network, hidden, output } = drawing;
  if (!searchText) {
    selectNode(drawing, null);
    output.textContent = drawing.lastSearch = "";
    updateUrl(drawing);
    return;
  }
  const hits = data.nodes.filter(({ id, name }) => fold(name).includes(searchText) && !hidden.nodes.has(id)).map(({ id }) => id);
  drawing.hitIndex = searchText === drawing.lastSearch && hits.length ? (drawing.hitIndex + 1) % hits.length : 0;
  drawing.lastSearch = searchText;
  selectNode(drawing, hits[drawing.hitIndex] ?? null);
  network.selectNodes(hits);
  output.textContent = hits.length ? data.words.search_count.replace("{n}", hits.length) : data.words.no_match;
  if (hits.length && !keepView) {
    moveView(drawing, { position: network.getPosition(hits[drawing.hitIndex]), scale: Math.max(0.9, network.getScale()) }, true);
  }
  updateUrl(drawing);
}

const ACTIONS = {
  zoom_in: (drawing) => zoom(drawing, 1.35),
  zoom_out: (drawing) => zoom(drawing, 1 / 1.35),
  show_all: (drawing) => { fitAll(drawing, true); updateUrl(drawing); },
  svg: (drawing) => save(drawing, ".svg"),
  png: (drawing) => save(drawing, ".png"),
  expand: (drawing) => toggle(drawing, drawing.selected),
  collapse: (drawing) => toggle(drawing, drawing.selected),
  // Focusing selects a node if none is selected, so it comes first.
  close: (drawing) => { drawing.frame.focus(); selectNode(drawing, null); },
  full_screen: ({ root }) => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
};
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = {
  "+": ACTIONS.zoom_in,
  "=": ACTIONS.zoom_in,
  "-": ACTIONS.zoom_out,
  0: ACTIONS.show_all,
  e: ACTIONS.expand,
  l: stepToLink,
  Escape: (drawing) => selectNode(drawing, null),
  Enter: ({ card }) => card.querySelector("a:not([hidden]), button:not([hidden])")?.focus(),
};

function listenToPointer(drawing) {
  const { root, network, stage, moved } = drawing;
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[value]");
    if (button) ACTIONS[button.value](drawing);
    const choice = event.target.closest(".picture-choices button");
    if (choice?.dataset.node) focusNode(drawing, choice.dataset.node);
    else if (choice) selectLink(drawing, choice.dataset.link);
    if (choice) drawing.card.focus();
  });
  root.querySelector(".picture-bar").addEventListener("submit", (event) => {
    event.preventDefault();
    find(drawing, fold(root.querySelector("input[type=search]").value.trim()), false);
  });
  root.querySelector("input[type=search]").addEventListener("input", (event) => {
    if (!event.target.value) find(drawing, "", false);
  });
  root.addEventListener("change", (event) => {
    if (!event.target.closest(".picture-legend")) return;
    filter(drawing);
    updateUrl(drawing);
  });
  network.on("click", ({ nodes: [node], edges: [link] }) => choose(drawing, node ?? null, node ? null : link ?? null));
  network.on("doubleClick", ({ nodes: [id] }) => toggle(drawing, id));
  for (const [kind, isHovered] of [["hoverNode", true], ["blurNode", false], ["hoverEdge", true], ["blurEdge", false]]) {
    network.on(kind, ({ edge }) => {
      stage.style.cursor = isHovered ? "pointer" : "";
      drawing.hoveredLink = isHovered ? edge ?? null : null;
    });
  }
  network.on("zoom", () => { drawing.viewChanged = true; updateUrl(drawing); });
  let dragStart = new Map();
  let endDrag = () => {};
  const dragOffset = (id) => {
    const [from, to] = [dragStart.get(id), network.getPosition(id)];
    return { x: Math.round(to.x) - from.x, y: Math.round(to.y) - from.y };
  };
  const moveDescendants = (id) => {
    const offset = dragOffset(id);
    for (const [name, { x, y }] of dragStart) if (name !== id) network.moveNode(name, x + offset.x, y + offset.y);
  };
  network.on("dragStart", ({ nodes: [id] }) => {
    const names = id === undefined ? [] : [id, ...[...expansionDescendants(drawing.data, id)].filter((name) => !moved.has(name))];
    dragStart = new Map(names.map((name) => [name, network.getPosition(name)]));
    drawing.viewChanged = true;
    drawing.isDragging = true;
    endDrag();
    if (names.length) drawing.dragEnded = new Promise((done) => { endDrag = done; });
  });
  network.on("dragging", ({ nodes: [id] }) => { if (dragStart.has(id)) moveDescendants(id); });
  network.on("dragEnd", ({ nodes: [id] }) => {
    drawing.isDragging = false;
    if (dragStart.has(id)) {
      const { x, y } = network.getPosition(id);
      moved.set(id, { x: Math.round(x), y: Math.round(y) });
      network.moveNode(id, Math.round(x), Math.round(y));
      moveDescendants(id);
      selectNode(drawing, id);
      // Links may bend differently now; in a big picture they are all straight.
      const { live, edges, expansions } = drawing.data;
      if (live && edges.some((edge) => edge.label || edge.smooth)) queueUpdate(drawing, expansions.map((expansion) => expansion.id));
    }
    updateUrl(drawing);
    endDrag();
  });
  // vis-network sends no dragEnd for a drag that is cancelled or turns into a pinch.
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => endDrag());
}

function listenToKeys(drawing) {
  const { frame, stage } = drawing;
  // vis-network's own keyboard support takes the focus wherever the mouse moves; these keys need real focus.
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (!direction && !(event.key in KEYS)) return;
    event.preventDefault();
    if (!direction) KEYS[event.key](drawing);
    else (event.shiftKey ? pan : stepTo)(drawing, ...direction);
  });
  frame.addEventListener("focus", () => {
    if (!drawing.selected && frame.matches(":focus-visible")) stepTo(drawing, 0, 0);
  });
  drawing.card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") ACTIONS.close(drawing);
  });
  // In a page that scrolls, the wheel scrolls the page until the picture has the focus.
  listenToTouch(drawing);
  stage.addEventListener("wheel", (event) => {
    const handlesWheel = drawing.data.alone || event.ctrlKey || stage.contains(document.activeElement);
    if (!handlesWheel) event.stopPropagation();
  }, { capture: true });
}

// In a page that scrolls, a swipe scrolls the page until the picture is tapped, and again after a tap beside it.
function listenToTouch({ data, network, root, stage }) {
  if (data.alone || !matchMedia("(pointer: coarse)").matches) return;
  const take = (isTaken) => {
    stage.classList.toggle("passes-swipes", !isTaken);
    network.setOptions({ interaction: { dragView: isTaken, dragNodes: isTaken } });
  };
  take(false);
  stage.addEventListener("click", () => take(true));
  document.addEventListener("pointerdown", ({ target }) => { if (!root.contains(target)) take(false); });
}

function startPicture(root) {
  const data = JSON.parse(root.querySelector(".picture-data").textContent);
  const stage = root.querySelector(".picture-canvas");
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(transparentLinks(data.edges));
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawing = {
    root, data, stage, nodes, edges,
    network: new vis.Network(stage, { nodes, edges }, data.options),
    animation: reducedMotion ? false : { duration: 350, easingFunction: "easeInOutQuad" },
    output: root.querySelector("output"),
    card: root.querySelector(".picture-card"),
    announcement: root.querySelector(".picture-announcement"),
    frame: stage.querySelector(".vis-network"),
    face: getComputedStyle(root).fontFamily,
    moved: new Map(data.nodes.filter(({ id }) => data.moved.includes(id)).map(({ id, x, y }) => [id, { x, y }])),
    hidden: { nodes: new Set(), edges: new Set() },
    selected: null, selectedLink: null, hoveredLink: null, focus: null, viewChanged: false, lastSearch: "", hitIndex: 0, pendingUpdate: Promise.resolve(), dragEnded: Promise.resolve(),
  };
  const { network, frame } = drawing;
  readData(drawing);
  if (!document.fullscreenEnabled) root.querySelector("[value=full_screen]").remove();
  for (const part of root.querySelectorAll(".picture-bar, .picture-legend input")) part.hidden = false;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", `${data.title}. ${data.words.keys}`);
  filter(drawing);
  listenToPointer(drawing);
  listenToKeys(drawing);
  new ResizeObserver(() => {
    if (drawing.viewChanged) return;
    network.setSize("100%", "100%");
    network.redraw();
    fitAll(drawing, false);
  }).observe(stage);
  network.on("beforeDrawing", (context) => drawLinks(drawing, context));
  network.on("afterDrawing", (context) => { drawSigns(drawing, context); drawLabels(drawing, context); });
  network.once("afterDrawing", () => { root.dataset.ready = "true"; });
  fitAll(drawing, false);
  drawing.isRestoring = true;
  const requested = data.live ? requestedView() : null;
  if (requested) showArea(drawing, requested);
  const searchText = fold(root.querySelector("input[type=search]").value.trim());
  if (searchText) find(drawing, searchText, requested !== null);
  if (data.live) {
    if (new URLSearchParams(location.search).get("choice")) chooseFromUrl(drawing);
    window.addEventListener("popstate", () => restoreView(drawing));
  }
  drawing.isRestoring = false;
  // What the address chose is read with the page, and not announced.
  if (!searchText) drawing.announcement.textContent = "";
  if (searchText) updateUrl(drawing, false);
  root.picture = network;
  // The typeface of the page may come later than the picture.
  document.fonts.ready.then(() => { readData(drawing); network.redraw(); });
}
for (const root of document.querySelectorAll(".vnkg-picture:not([data-ready])")) {
  if (root.querySelector(".picture-data")) startPicture(root);
}
