// Starts every picture of a page: positions come from the server, vis-network draws, nothing is fetched.
(() => {
  "use strict";
  const MARKS = /\p{M}/gu;
  const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(MARKS, "");

  function start(root) {
    const data = JSON.parse(root.querySelector(".picture-data").textContent);
    const stage = root.querySelector(".picture-canvas");
    const say = root.querySelector("output");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const animation = still ? false : { duration: 350, easingFunction: "easeInOutQuad" };
    const nodes = new vis.DataSet(data.nodes);
    const edges = new vis.DataSet(data.edges);
    const network = new vis.Network(stage, { nodes, edges }, data.options);
    const folded = data.nodes.map((node) => [node.id, fold(node.name)]);
    const off = { nodes: new Set(), edges: new Set() };
    let touched = false;

    function whole(moving) {
      const [left, top, right, bottom] = data.extent;
      const fits = Math.min(stage.clientWidth / (right - left + 40), stage.clientHeight / (bottom - top + 40), 1.25);
      const narrow = data.centre && stage.clientWidth < 560 && fits < 0.55 && !moving;
      network.moveTo({
        position: narrow ? network.getPosition(data.centre) : { x: (left + right) / 2, y: (top + bottom) / 2 },
        scale: narrow ? 0.55 : fits,
        animation: moving ? animation : false,
      });
    }
    // vis-network sets lines too close for Vietnamese, and words where labels are: both are written here.
    const heights = new Map(data.nodes.map((node) => [node.id, node.height ?? data.text.node]));
    function write(pen, lines, x, y, height, ink) {
      pen.font = `${height}px ${data.text.face}`;
      pen.strokeStyle = data.text.paper;
      pen.lineWidth = Math.max(4, height / 5);
      pen.fillStyle = ink;
      lines.forEach((line, row) => pen.strokeText(line, x, y + row * height * 1.2));
      lines.forEach((line, row) => pen.fillText(line, x, y + row * height * 1.2));
    }
    function letters(pen) {
      const scale = network.getScale();
      const middle = network.getViewPosition();
      const reach = [stage.clientWidth / scale / 2 + 150, stage.clientHeight / scale / 2 + 80];
      const seen = ({ x, y }) => Math.abs(x - middle.x) < reach[0] && Math.abs(y - middle.y) < reach[1];
      const at = network.getPositions();
      pen.textAlign = "center";
      pen.lineJoin = "round";
      pen.textBaseline = "middle";
      for (const edge of data.text.link * scale >= 6 ? data.edges : []) {
        if (!edge.label || off.edges.has(edge.id)) continue;
        const spot = along(at[edge.from], at[edge.to], edge);
        if (seen(spot)) write(pen, [edge.label], spot.x, spot.y, data.text.link, data.text.pale);
      }
      pen.textBaseline = "alphabetic";
      for (const node of data.nodes) {
        const height = heights.get(node.id);
        if (height * scale < 6.5 || off.nodes.has(node.id) || !seen(at[node.id])) continue;
        const { x, y } = at[node.id];
        write(pen, node.label.split("\n"), x, y + node.size + 4 + height * 1.02, height, node.ink ?? data.text.ink);
      }
    }
    function along(from, to, { at, bend, id }) {
      if (from === to) {
        const { size } = nodes.get(edges.get(id).from);
        return { x: from.x + 2 * size, y: from.y - 2 * size };
      }
      const reach = 0.5 * Math.abs(bend) + 0.5;
      const angle = Math.atan2(from.y - to.y, to.x - from.x) + (0.5 * bend + 0.5) * Math.PI;
      const span = reach * Math.hypot(to.x - from.x, to.y - from.y);
      const mix = (a, via, b) => (1 - at) ** 2 * a + 2 * at * (1 - at) * via + at * at * b;
      return {
        x: mix(from.x, from.x + span * Math.sin(angle), to.x),
        y: mix(from.y, from.y + span * Math.cos(angle), to.y),
      };
    }
    function zoom(factor) {
      touched = true;
      network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation });
    }
    function keep(blob, suffix) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = data.file + suffix;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }
    function filter() {
      const boxes = [...root.querySelectorAll(".picture-legend input:not(:checked)")].map((box) => box.value);
      const gone = (...keys) => keys.some((key) => boxes.includes(key));
      const ids = (rows, test) => new Set(rows.filter(test).map((row) => row.id));
      off.nodes = ids(data.nodes, (node) => gone(`kind ${node.kind}`, `status ${node.status}`));
      off.edges = ids(data.edges, (edge) => (
        gone(`status ${edge.status}`) || off.nodes.has(edge.from) || off.nodes.has(edge.to)
      ));
      nodes.update(data.nodes.map(({ id }) => ({ id, hidden: off.nodes.has(id) })));
      edges.update(data.edges.map(({ id }) => ({ id, hidden: off.edges.has(id) })));
    }
    const actions = {
      closer: () => zoom(1.35),
      farther: () => zoom(1 / 1.35),
      whole: () => { touched = false; whole(true); },
      png: () => {
        const seen = stage.querySelector("canvas");
        const copy = document.createElement("canvas");
        copy.width = seen.width;
        copy.height = seen.height;
        const pen = copy.getContext("2d");
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, copy.width, copy.height);
        pen.drawImage(seen, 0, 0);
        copy.toBlob((blob) => keep(blob, ".png"));
      },
      svg: () => {
        const picture = new DOMParser().parseFromString(root.querySelector("noscript").textContent, "image/svg+xml");
        for (const part of picture.querySelectorAll("[data-node], [data-link]")) {
          if (off.nodes.has(part.dataset.node) || off.edges.has(part.dataset.link)) part.remove();
        }
        keep(new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" }), ".svg");
      },
    };
    function pan(right, down) {
      touched = true;
      const { x, y } = network.getViewPosition();
      const step = 60 / network.getScale();
      network.moveTo({ position: { x: x + right * step, y: y + down * step } });
    }
    const keys = {
      ArrowLeft: () => pan(-1, 0),
      ArrowRight: () => pan(1, 0),
      ArrowUp: () => pan(0, -1),
      ArrowDown: () => pan(0, 1),
      "+": actions.closer,
      "=": actions.closer,
      "-": actions.farther,
      0: actions.whole,
    };
    let last = "";
    let turn = 0;
    function find(wanted) {
      if (!wanted) {
        network.unselectAll();
        say.textContent = last = "";
        return;
      }
      const hits = folded.filter(([id, name]) => name.includes(wanted) && !off.nodes.has(id)).map(([id]) => id);
      turn = wanted === last && hits.length ? (turn + 1) % hits.length : 0;
      last = wanted;
      say.textContent = hits.length ? data.words.found.replace("{n}", hits.length) : data.words.none;
      network.selectNodes(hits);
      if (!hits.length) return;
      touched = true;
      network.focus(hits[turn], { scale: Math.max(0.9, network.getScale()), animation });
    }

    for (const part of root.querySelectorAll(".picture-bar, .picture-legend input")) part.hidden = false;
    root.querySelector(".picture-bar").addEventListener("click", (event) => {
      const button = event.target.closest("button[value]");
      if (button) actions[button.value]();
    });
    root.querySelector(".picture-bar").addEventListener("submit", (event) => {
      event.preventDefault();
      find(fold(root.querySelector("input[type=search]").value.trim()));
    });
    root.querySelector("input[type=search]").addEventListener("input", (event) => {
      if (!event.target.value) find("");
    });
    root.querySelector(".picture-legend").addEventListener("change", filter);
    filter();

    const frame = stage.querySelector(".vis-network");
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", data.title);
    // vis-network's own keyboard takes the focus wherever the mouse moves: these keys work where the focus is put.
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });
    network.on("hoverNode", () => { stage.style.cursor = data.base ? "pointer" : "grab"; });
    network.on("blurNode", () => { stage.style.cursor = ""; });
    network.on("dragStart", () => { touched = true; });
    network.on("zoom", () => { touched = true; });
    network.on("click", ({ nodes: [id], event }) => {
      if (!data.base || id === undefined) return;
      const address = `${data.base}entities/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
      if (event.srcEvent.ctrlKey || event.srcEvent.metaKey) window.open(address, "_blank", "noopener");
      else location.assign(address);
    });
    // In a page that scrolls, the wheel belongs to the page until the picture has the focus.
    stage.addEventListener("wheel", (event) => {
      if (!data.alone && !event.ctrlKey && !stage.contains(document.activeElement)) event.stopPropagation();
    }, { capture: true });
    new ResizeObserver(() => { if (!touched) { network.setSize("100%", "100%"); network.redraw(); whole(false); } }).observe(stage);
    network.on("afterDrawing", letters);
    network.once("afterDrawing", () => { root.dataset.ready = "true"; });
    whole(false);
    root.picture = network;
  }
  for (const root of document.querySelectorAll(".vnkg-picture:not([data-ready])")) {
    if (root.querySelector(".picture-data")) start(root);
  }
})();
