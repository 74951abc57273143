// The board: sent once; what changes comes as news. It puts in the parts that changed, filters and sorts
// what it has, asks for all rows where it lacks some, and tells the lever panel which move it shows. Rows come as escaped HTML from the server.
const TYPES = { scored: (row) => row.scored, resolution: (row) => row.resolution, risk: (row) => row.risk, moved: (row) => row.moved, all: () => true };

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const state = root.boardState ?? (root.boardState = { rows: new Map(), filter: "scored", sector: "", sort: "plan", wanted: "", html: {} });
  state.trigger = (kind, payload) => setTriggerValue("event", { kind, ...payload });
  if (state.data?.language !== data.language) {
    state.data = data;
    state.root = root;
    build(root, state);
  }
  const listening = () => show(state, window.simulatorNews);
  window.addEventListener("simulator-news", listening);
  listening();
  return () => window.removeEventListener("simulator-news", listening);
}

function show(state, news) {
  if (news?.language !== state.data.language) return;
  for (const part of ["headline", "notices"]) put(state, part, news[part]);
  strip(state, news);
  for (const [name, html, facets] of news.rows) update(state, name, html, facets);
  if (state.rows.size < news.total && state.asked !== news.version) {
    state.asked = news.version;
    state.trigger("refresh", {});
  }
  count(state);
  arrange(state);
  const foot = JSON.stringify(news.footer);
  if (state.html.foot !== foot) footer(state.parts.foot, news.footer, state.data.words);
  state.html.foot = foot;
  if (news.address !== null) address(news.address);
  window.simulatorBoard = { yaml: news.yaml, ack: news.ack, version: news.version, unsplit: news.unsplit, moved: news.moved, typed: news.typed, undo: news.undo, redo: news.redo };
  window.dispatchEvent(new CustomEvent("simulator-board", { detail: window.simulatorBoard }));
}

function build(root, state) {
  const { words, sectors } = state.data;
  root.textContent = "";
  state.html = {};
  state.rows = new Map();
  const hatch = make(root, "div");
  hatch.innerHTML = '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--panel)"/><rect width="2" height="5" fill="var(--hatch)"/></pattern></defs></svg>';
  const board = make(root, "div", "board");
  const parts = (state.parts = {});
  parts.notices = make(board, "div", "notices");
  parts.headline = make(board, "div");
  parts.strip = make(board, "section", "strip");
  parts.strip.setAttribute("aria-live", "polite");
  parts.strip.setAttribute("aria-label", words.strip);
  const filters = make(board, "div", "filters");
  state.buttons = {};
  for (const kind of Object.keys(TYPES)) {
    const button = (state.buttons[kind] = make(filters, "button"));
    button.type = "button";
    button.addEventListener("click", () => { state.filter = kind; count(state); arrange(state); });
  }
  const sector = make(filters, "select");
  sector.setAttribute("aria-label", words.sector);
  for (const [value, label] of [["", words.sector], ...sectors]) option(sector, value, label);
  sector.addEventListener("change", () => { state.sector = sector.value; arrange(state); });
  make(filters, "span", "space");
  const key = make(filters, "span", "key");
  for (const [shape, label] of [["ring", words.base], ["dot", words.median], ["range", "P10–P90"]]) {
    const item = make(key, "span");
    make(item, "i", shape);
    item.append(label);
  }
  const sort = make(filters, "select", "sort");
  sort.setAttribute("aria-label", words.sort);
  for (const value of ["plan", "chance", "gap", "change"]) option(sort, value, words["sort_" + value]);
  sort.addEventListener("change", () => { state.sort = sort.value; arrange(state); });
  const search = make(filters, "input");
  search.type = "search";
  search.placeholder = words.search;
  search.setAttribute("aria-label", words.search);
  search.addEventListener("input", () => { state.wanted = plain(search.value); arrange(state); });
  parts.scroll = make(board, "div", "scroll");
  parts.scroll.tabIndex = 0;
  parts.scroll.setAttribute("role", "region");
  parts.scroll.setAttribute("aria-label", words.board);
  const table = make(parts.scroll, "table");
  parts.head = make(table, "thead");
  put(state, "head", state.data.head);
  parts.body = make(table, "tbody");
  parts.empty = make(parts.scroll, "p", "empty");
  parts.empty.textContent = words.none;
  parts.foot = make(board, "footer", "foot");
  parts.body.addEventListener("click", (event) => {
    const baseline = event.target.closest(".baseline");
    const row = event.target.closest("tr");
    if (baseline) ask(root, state, baseline.dataset.name);
    else if (row) open(state, row);
  });
  parts.body.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "TR") return;
    const rows = [...parts.body.rows].filter((row) => !row.hidden);
    const at = rows.indexOf(event.target);
    if (event.key === "Enter") open(state, event.target);
    else if (event.key === "ArrowDown") rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (event.key === "ArrowUp") rows[Math.max(at - 1, 0)].focus();
    else return;
    event.preventDefault();
  });
  tips(root);
  parts.notices.addEventListener("click", (event) => {
    if (event.target.closest("button")) state.trigger("dismiss", {});
  });
}

function open(state, row) {
  window.dispatchEvent(new Event("simulator-leave"));
  state.trigger("open", { name: row.dataset.name });
}

function put(state, part, html) {
  if (html === undefined || state.html[part] === html) return;
  state.html[part] = html;
  state.parts[part].innerHTML = html;
}

// The strip is said when a move is done: not on the way of a drag, and its last part not before it is split.
function strip(state, { strip: parts, dragging, unsplit }) {
  const { strip } = state.parts;
  strip.setAttribute("aria-live", dragging ? "off" : "polite");
  if (state.dragging && !dragging) state.html.strip = [];
  state.dragging = dragging;
  const known = state.html.strip ?? [];
  if (strip.children.length !== parts.length) strip.replaceChildren(...parts.map(() => document.createElement("div")));
  parts.forEach((html, at) => {
    strip.children[at].setAttribute("aria-busy", String(unsplit && at === parts.length - 1));
    if (known.length !== parts.length || known[at] !== html) strip.children[at].innerHTML = html;
  });
  state.html.strip = parts;
}

function update(state, name, html, facets) {
  let row = state.rows.get(name);
  if (!row) {
    const element = make(state.parts.body, "tr");
    element.dataset.name = name;
    element.tabIndex = 0;
    row = { element, order: state.rows.size };
    state.rows.set(name, row);
  }
  if (row.html !== html) row.element.innerHTML = html;
  row.html = html;
  row.facets = facets;
  if (row.element.dataset.tip !== facets.tip) {
    row.element.dataset.tip = facets.tip;
    state.root.hideTip?.();
  }
  row.element.classList.toggle("moved", facets.moved);
  row.element.classList.toggle("judged", facets.judged);
}

function count(state) {
  const { words } = state.data;
  const rows = [...state.rows.values()];
  for (const [kind, button] of Object.entries(state.buttons)) {
    button.textContent = `${words["filter_" + kind]} ${rows.filter((row) => TYPES[kind](row.facets)).length}`;
    button.setAttribute("aria-pressed", String(state.filter === kind));
  }
}

function arrange(state) {
  const rows = [...state.rows.values()];
  const value = { plan: (row) => row.order, chance: (row) => row.facets.chance ?? 2, gap: (row) => row.facets.gap ?? 9, change: (row) => -Math.abs(row.facets.change ?? 0) }[state.sort];
  const sorted = rows.toSorted((one, other) => value(one) - value(other) || one.order - other.order);
  let shown = 0;
  for (const row of rows) {
    const { facets } = row;
    const visible = TYPES[state.filter](facets) && (!state.sector || facets.sector === state.sector) && (!state.wanted || plain(facets.text).includes(state.wanted));
    if (row.element.hidden === visible) row.element.hidden = !visible;
    shown += visible;
  }
  const order = sorted.map((row) => row.order).join();
  if (state.sortedBy !== state.sort || !state.arranged) {
    for (const row of sorted) state.parts.body.append(row.element);
    state.arranged = order;
    state.sortedBy = state.sort;
  }
  state.parts.empty.hidden = shown > 0;
}

function ask(root, state, name) {
  const { words } = state.data;
  const dialog = make(root, "dialog");
  const form = make(dialog, "form");
  const label = make(form, "label");
  label.textContent = `${words.type_baseline}: ${state.rows.get(name).facets.title}`;
  const input = make(form, "input");
  input.inputMode = "decimal";
  input.setAttribute("aria-label", label.textContent);
  const buttons = make(form, "div", "buttons");
  const cancel = make(buttons, "button");
  cancel.type = "button";
  cancel.textContent = words.cancel;
  cancel.addEventListener("click", () => dialog.close());
  make(buttons, "button").textContent = words.take;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    state.trigger("baseline", { name, text: input.value });
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function option(select, value, label) {
  const element = make(select, "option");
  element.value = value;
  element.textContent = label;
}
