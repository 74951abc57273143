// The lever panel: native range inputs under drawn tracks. One message is under way at a time, and the
// last value always wins; the board answers each message with its number.
const ACK_LIMIT = 3000;
const SETTLED = 120; // milliseconds without a move after which the strip's split is asked for
const formats = {}; // a number format takes long to make

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const state = root.panelState ?? (root.panelState = { sent: 0, underway: 0, waiting: null, timer: 0, moved: {}, current: 0 });
  state.trigger = setTriggerValue;
  if (state.language !== data.language || !root.firstChild) {
    state.language = data.language;
    state.data = data;
    build(root, state);
    place(state);
  }
  if (!state.listening) {
    state.path = window.location.pathname;
    state.left = () => leave(state);
    window.addEventListener("simulator-leave", state.left);
    state.listening = (event) => heard(state, event.detail);
    window.addEventListener("simulator-board", state.listening);
    if (window.simulatorBoard) heard(state, window.simulatorBoard);
  }
  return () => {
    clearTimeout(state.splitTimer);
    window.removeEventListener("simulator-board", state.listening);
    window.removeEventListener("simulator-leave", state.left);
    state.listening = null;
  };
}

function heard(state, board) {
  if (board.ack >= state.underway) {
    state.underway = 0;
    clearTimeout(state.timer);
  }
  state.board = board;
  if (!state.dragging) {
    state.moved = structuredClone(board.moved);
    place(state);
  }
  if (state.waiting && !state.underway) send(state, ...state.waiting);
  askForSplit(state);
}

// The board comes first, the split by lever after it, in turns; whatever the planner does goes before.
function askForSplit(state) {
  clearTimeout(state.splitTimer);
  if (!state.board.unsplit) return;
  state.splitTimer = setTimeout(() => {
    const busy = state.underway || state.waiting || state.dragging;
    if (!busy && window.location.pathname === state.path) send(state, "split", {});
  }, state.kind === "split" ? 0 : SETTLED);
}

// Who leaves the page takes the last value along; what came after would lead back here.
function leave(state) {
  clearTimeout(state.splitTimer);
  if (state.waiting) {
    state.underway = 0;
    send(state, ...state.waiting);
  }
  state.leaving = true;
  setTimeout(() => { state.leaving = false; }, ACK_LIMIT);
}

function send(state, kind, payload) {
  if (state.leaving) return;
  if (state.underway && state.kind !== "split") {
    state.waiting = [kind, payload];
    return;
  }
  state.waiting = null;
  state.kind = kind;
  clearTimeout(state.splitTimer);
  state.sent += 1;
  state.underway = Math.max(state.sent, (state.board?.ack ?? 0) + 1);
  state.sent = state.underway;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    state.underway = 0;
    if (state.waiting) send(state, ...state.waiting);
  }, ACK_LIMIT);
  state.trigger("event", { kind, number: state.underway, seen: state.board?.version ?? 0, ...payload });
}

function build(root, state) {
  const { groups, words } = state.data;
  state.levers = new Map();
  root.textContent = "";
  const panel = make(root, "section", "panel");
  const top = make(panel, "div", "top");
  state.title = make(top, "strong");
  state.undo = iconButton(top, "undo", words.undo, () => send(state, "undo", {}), words.undo);
  state.redo = iconButton(top, "redo", "", () => send(state, "redo", {}), words.redo);
  state.resetAll = iconButton(top, "reset", words.reset_all, () => send(state, "reset", { names: null }), words.reset_all);
  state.groups = [];
  state.front = groups.flatMap((group) => group.levers.map((lever) => lever.name));
  for (const group of groups) {
    const section = make(panel, "section", "group");
    const head = make(section, "header");
    make(head, "h2").textContent = group.title;
    make(head, "span", "secondary").textContent = group.note;
    const names = [...group.levers, ...group.advanced].map((lever) => lever.name);
    const reset = button(head, "", () => send(state, "reset", { names }));
    reset.className = "underlined";
    state.groups.push({ names, reset });
    section.classList.toggle("odd", group.levers.length % 2 === 1);
    const grid = make(section, "div", "levers");
    for (const lever of group.levers) addLever(grid, state, lever);
    if (group.id === "growth") legend(grid, words);
  }
  advanced(panel, state);
  const dock = make(panel, "div", "dock");
  iconButton(dock, "previous", "", () => step(state, -1), words.previous);
  state.dock = button(dock, "", () => {
    state.dock.setAttribute("aria-expanded", String(panel.classList.toggle("open")));
  });
  state.dock.className = "all";
  state.dock.setAttribute("aria-expanded", "false");
  iconButton(dock, "next", "", () => step(state, 1), words.next);
  tips(root);
  step(state, 0);
  if (!state.keys) {
    state.keys = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) send(state, "undo", {});
      else if (key === "y" || (key === "z" && event.shiftKey)) send(state, "redo", {});
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", state.keys);
  }
}

function advanced(panel, state) {
  const { groups, words } = state.data;
  const rest = groups.flatMap((group) => group.advanced);
  const details = make(panel, "details", "advanced");
  const summary = make(details, "summary");
  icon(summary, "search");
  make(summary, "span").textContent = words.advanced.replace("{count}", rest.length);
  const search = make(details, "input");
  search.type = "search";
  search.placeholder = words.search;
  search.setAttribute("aria-label", words.search);
  const grid = make(details, "div", "levers");
  for (const lever of rest) addLever(grid, state, lever);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    search.focus({ preventScroll: true });
    const pane = panel.getRootNode().host?.closest(".st-key-lever_pane");
    pane?.scrollBy(0, search.getBoundingClientRect().top - pane.getBoundingClientRect().top - panel.firstChild.offsetHeight - 8);
  });
  search.addEventListener("input", () => {
    const wanted = plain(search.value);
    for (const lever of rest)
      state.levers.get(lever.name).box.hidden = !plain(lever.full + " " + lever.name).includes(wanted);
  });
}

function legend(grid, words) {
  const box = make(grid, "div", "legend");
  for (const [shape, text] of [["", words.legend_policy], ["round", words.legend_outside], ["bar", words.legend_range]]) {
    const item = make(box, "span");
    make(item, "b", shape);
    item.append(text);
  }
}

function addLever(grid, state, lever) {
  const { words } = state.data;
  const box = make(grid, "div", "lever" + (lever.policy ? " policy" : ""));
  const id = "lever-" + lever.name;
  const name = make(box, "div", "name");
  const label = make(name, "label");
  label.textContent = lever.title;
  label.htmlFor = id;
  const tag = make(name, "span", "tag");
  tag.hidden = true;
  const reset = iconButton(name, "reset", "", () => send(state, "reset", { names: [lever.name] }), words.reset + ": " + lever.title);
  reset.classList.add("reset");
  const field = make(name, "span", "box" + (lever.unit.length > 2 ? " wide" : ""));
  const number = make(field, "input");
  number.inputMode = "decimal";
  number.setAttribute("aria-label", lever.full + (lever.unit ? ", " + lever.unit : ""));
  if (lever.unit) make(field, "span").textContent = lever.unit;
  const track = make(box, "div", "track");
  make(track, "i", "rail");
  const spread = make(track, "i", "spread");
  const fill = make(track, "i", "fill");
  const tick = make(track, "i", "tick");
  const handle = make(track, "i", "handle");
  const range = make(track, "input");
  Object.assign(range, { type: "range", id, min: 0, max: 1, step: "any" });
  range.name = lever.name;
  const ends = make(box, "div", "ends");
  make(ends, "span").textContent = show(state, lever, lever.low);
  const word = make(ends, "span", "word");
  make(ends, "span").textContent = show(state, lever, lever.high);
  const parts = { lever, box, tag, number, spread, fill, tick, handle, range, word };
  state.levers.set(lever.name, parts);
  range.addEventListener("input", () => drag(state, parts, snapped(lever, valueAt(lever, +range.value)), false));
  range.addEventListener("change", () => drag(state, parts, snapped(lever, valueAt(lever, +range.value)), true));
  range.addEventListener("keydown", (event) => key(state, parts, event));
  number.addEventListener("change", () => typed(state, parts));
  number.addEventListener("keydown", (event) => {
    if (event.key === "Enter") typed(state, parts);
  });
  for (const element of [label, track]) {
    element.dataset.tip = "";
    element.tipLines = () => evidence(state, lever);
  }
}

function key(state, parts, event) {
  const { lever } = parts;
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  let value = current(state, lever);
  if (steps) value += steps * lever.step;
  else if (event.key === "Home") value = lever.low;
  else if (event.key === "End") value = lever.high;
  else if (event.key === "0") value = lever.centre;
  else return;
  event.preventDefault();
  drag(state, parts, snapped(lever, value), true);
}

function typed(state, parts) {
  const { lever, number } = parts;
  const text = number.value.trim().replace(/[%\s]/g, "").replace("−", "-");
  const normal = state.language === "vi" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  const value = text === "" ? NaN : +normal / lever.scale;
  if (!(value >= lever.low - 1e-12 && value <= lever.high + 1e-12)) {
    parts.box.classList.add("bad");
    parts.word.textContent = fill(state.data.words.allowed, {
      low: show(state, lever, lever.low), high: show(state, lever, lever.high),
    });
    return;
  }
  parts.box.classList.remove("bad");
  parts.text = number.value;
  if (Math.abs(value - current(state, lever)) > 1e-9) drag(state, parts, +value.toPrecision(12), true);
  else place(state);
}

function drag(state, parts, value, final) {
  const { lever } = parts;
  state.dragging = !final;
  parts.box.classList.remove("bad");
  if (Math.abs(value - lever.centre) < 1e-12) delete state.moved[lever.name];
  else state.moved[lever.name] = { value, fixed: false, p10: null, p90: null };
  place(state, lever.name);
  send(state, "move", { name: lever.name, value, final });
}

function current(state, lever) {
  return state.moved[lever.name]?.value ?? lever.centre;
}

function snapped(lever, value) {
  const nearest = Math.round((value - lever.low) / lever.step) * lever.step + lever.low;
  const kept = Math.abs(value - lever.centre) <= lever.step / 2 ? lever.centre : nearest;
  return +Math.min(lever.high, Math.max(lever.low, kept)).toPrecision(12);
}

function positionOf(lever, value) {
  const share = Math.min(1, Math.max(0, (value - lever.low) / (lever.high - lever.low)));
  return lever.root ? Math.sqrt(share) : share;
}

function valueAt(lever, position) {
  return lever.low + (lever.high - lever.low) * (lever.root ? position * position : position);
}

function place(state, only) {
  const { words } = state.data;
  for (const [name, parts] of state.levers) {
    if (only && only !== name) continue;
    const { lever } = parts;
    const moved = state.moved[name];
    const value = current(state, lever);
    const at = positionOf(lever, value);
    const rest = positionOf(lever, lever.centre);
    const [low, high] = [positionOf(lever, moved?.p10 ?? lever.p10), positionOf(lever, moved?.p90 ?? lever.p90)];
    css(parts.spread, { left: percent(low), width: percent(high - low) });
    css(parts.fill, { left: percent(Math.min(at, rest)), width: percent(moved ? Math.abs(at - rest) : 0) });
    css(parts.tick, { left: percent(rest) });
    css(parts.handle, { left: percent(at) });
    if (+parts.range.value !== at) parts.range.value = at;
    const typing = parts.number.getRootNode().activeElement === parts.number && parts.number.value !== parts.text;
    if (!typing) parts.number.value = parts.text = show(state, lever, value);
    const far = moved && (value < lever.farLow - 1e-12 || value > lever.farHigh + 1e-12);
    const classes = parts.box.classList;
    classes.toggle("moved", Boolean(moved));
    classes.toggle("far", Boolean(far));
    classes.toggle("fixed", Boolean(moved?.fixed));
    const bad = typing && classes.contains("bad");
    classes.toggle("bad", bad);
    parts.tag.hidden = !(moved?.fixed || moved?.p10 != null);
    parts.tag.textContent = moved?.fixed ? words.fixed : words.quantiles;
    if (!bad) parts.word.textContent = band(state, lever, moved, value, far);
    parts.range.setAttribute("aria-valuetext", `${show(state, lever, value)} ${lever.unit}, ${parts.word.textContent}`);
  }
  const count = Object.keys(state.moved).filter((name) => state.levers.has(name) && name !== "all_public_funds").length;
  const changes = count === 1 ? words.change : words.changes.replace("{count}", count);
  state.title.textContent = words.trend + (count ? " " + changes : "");
  state.undo.disabled = !state.board?.undo;
  state.redo.disabled = !state.board?.redo;
  state.resetAll.disabled = !(count || state.board?.typed);
  for (const { names, reset } of state.groups) {
    const inside = names.filter((name) => state.moved[name] && name !== "all_public_funds").length;
    reset.hidden = !inside;
    reset.textContent = words.reset_group.replace("{count}", inside);
  }
  state.dock.textContent = fill(words.levers, { total: state.front.filter((name) => name !== "all_public_funds").length, moved: count });
}

function band(state, lever, moved, value, far) {
  const { words } = state.data;
  if (moved) return words[(far ? "far_" : "") + (value >= lever.centre ? "higher" : "lower")];
  if (lever.name === "all_public_funds") return words.not_moved;
  if (lever.base === null || lever.base === undefined) return words.as_trend;
  const near = 0.5 * 10 ** -lever.decimals / lever.scale;
  const gap = lever.centre - lever.base;
  const key = Math.abs(gap) < near ? "as_base" : gap > 0 ? "above_base" : "below_base";
  const shown = +(lever.base * lever.scale).toPrecision(10);
  return fill(words[key], { base: words.base, value: format(state, shown, 2, 0) });
}

function step(state, by) {
  const all = state.front.map((name) => state.levers.get(name));
  state.current = (state.current + by + all.length) % all.length;
  all.forEach((parts, at) => parts.box.classList.toggle("current", at === state.current));
}

function evidence(state, lever) {
  const range = fill(state.data.words.evidence, {
    centre: show(state, lever, lever.centre), p10: show(state, lever, lever.p10), p90: show(state, lever, lever.p90),
  });
  return [lever.full, range + (lever.unit ? " " + lever.unit : "") + "; " + lever.control, lever.evidence];
}

function show(state, lever, value) {
  return format(state, value * lever.scale, lever.decimals, 0);
}

function format(state, value, most, least) {
  const key = `${state.language} ${most} ${least}`;
  formats[key] ??= new Intl.NumberFormat(state.language === "vi" ? "de-DE" : "en-US", {
    maximumFractionDigits: most, minimumFractionDigits: least,
  });
  return formats[key].format(Math.abs(value) < 0.5 * 10 ** -most ? 0 : value).replace("-", "−");
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function css(element, values) {
  for (const [name, value] of Object.entries(values)) if (element.style[name] !== value) element.style[name] = value;
}

function percent(share) {
  return (100 * share).toFixed(2) + "%";
}
