// The page: it answers the lever panel as the server of the cockpit does, with rows from the engine.
const STEPS_KEPT = 200;
const NEAR = 1e-9;

const started = performance.now();
const { model, view: shown, page } = JSON.parse(document.getElementById("data").textContent);
const engine = new Engine(model, KERNELS);
shown.unlikelyTo = model.unlikelyTo;

const state = {
  language: page.language, moved: {}, past: [], future: [], settled: null,
  ack: 0, version: 0, dragging: false, differs: false, mounted: [],
};
engine.run(page.changes);
const opening = { rows: { ...engine.rows }, count: engine.count() };
state.differs = !agrees();
state.moved = fromAddress() ?? page.changes;
switchTo(new URLSearchParams(location.hash.slice(1)).get("language") ?? page.language);
window.simulatorHandout = { milliseconds: performance.now() - started, numbers };

// All numbers under some settings, for whoever asks from the console; the board keeps what it shows.
function numbers(moved) {
  engine.run(moved);
  const rows = Object.entries(engine.rows).map(([name, { quantiles, chance, resolution }]) => [name, { quantiles, chance, resolution }]);
  const found = { rows: Object.fromEntries(rows), count: engine.count() };
  engine.run(state.moved);
  return found;
}

// What the model itself found for the opening travels along: a browser that computes otherwise says so.
function agrees() {
  return page.truth.every(({ name, chance, median }) => {
    const row = opening.rows[name];
    const near = (one, other) => Math.abs(one - other) <= page.tolerance * Math.max(1, Math.abs(other));
    return (chance === null || Math.abs(row.chance - chance) <= page.chanceTolerance) && (median === null || near(row.quantiles[1], median));
  });
}

function switchTo(language) {
  state.language = language === "en" ? "en" : "vi";
  state.view = new View(shown, state.language);
  document.documentElement.lang = state.language;
  const said = page.said[state.language];
  document.title = `${said.place} – ${said.brand}`;
  document.getElementById("about").textContent = said.about;
  bar(said);
  for (const undone of state.mounted) undone();
  answer(model.targets.map(({ name }) => name));
  const { panel, board } = state.view.said;
  const trigger = (_, event) => heard(event);
  state.mounted = [
    mountLevers({ data: panel, parentElement: root("levers"), setTriggerValue: trigger }),
    mountBoard({ data: board, parentElement: root("board"), setTriggerValue: trigger }),
  ];
}

function root(id) {
  const host = document.getElementById(id);
  if (!host.shadowRoot) host.attachShadow({ mode: "open" }).append(document.getElementById(`${id}-parts`).content.cloneNode(true));
  return host.shadowRoot;
}

function bar(said) {
  const parent = root("bar").querySelector(".root");
  parent.textContent = "";
  const line = make(parent, "header", "bar");
  const brand = make(line, "div", "brand");
  make(brand, "strong").textContent = said.brand;
  make(brand, "span").textContent = said.place;
  make(line, "h1").textContent = said.scenario;
  const tools = make(line, "div", "tools");
  if (said.reopen) button(tools, said.reopen, () => heard({ kind: "reopen" }));
  button(tools, said.print, () => window.print()).className = "print";
  const languages = make(tools, "div", "languages");
  languages.setAttribute("role", "group");
  languages.setAttribute("aria-label", said.language);
  for (const language of ["vi", "en"]) {
    const choice = button(languages, language.toUpperCase(), () => {
      switchTo(language);
      toAddress();
      root("bar").querySelector("[aria-pressed=true]").focus();
    });
    choice.setAttribute("aria-pressed", String(language === state.language));
    choice.lang = language;
  }
}

function heard(event) {
  const actions = { move, reset, undo, redo, reopen: () => step(page.changes), dismiss: () => { state.differs = false; } };
  state.ack = Math.max(state.ack, event.number ?? 0);
  actions[event.kind]?.(event);
  state.dragging = state.settled !== null;
  // One update a frame: the panel sends its next value when this one is shown.
  requestAnimationFrame(() => answer(event.kind === "refresh" ? model.targets.map(({ name }) => name) : []));
}

function move({ name, value, final }) {
  let next = { ...state.moved };
  if (name === model.master) for (const fund of model.funds) put(next, fund, shifted(fund, value));
  else put(next, name, value);
  if (final) step(next);
  else {
    state.settled ??= state.moved;
    state.moved = next;
  }
}

function put(moved, name, value) {
  delete moved[name];
  if (value !== model.assumptions[name].centre) moved[name] = { value, fixed: false, p10: null, p90: null };
}

function shifted(fund, points) {
  const { low, high, centre } = model.assumptions[fund];
  return +Math.min(high, Math.max(low, centre + points)).toFixed(9);
}

// The points by which all public funds are moved together; 0 where they are not.
function masterValue() {
  const shifts = model.funds.filter((fund) => state.moved[fund]).map((fund) => state.moved[fund].value - model.assumptions[fund].centre);
  const together = (points) => model.funds.every((fund) => {
    const moved = state.moved[fund] ?? { value: model.assumptions[fund].centre, fixed: false, p10: null };
    return !moved.fixed && moved.p10 === null && moved.value === shifted(fund, points);
  });
  return shifts.map((shift) => +shift.toFixed(9)).find(together) ?? 0;
}

function step(next) {
  const before = state.settled ?? state.moved;
  state.settled = null;
  state.moved = next;
  if (JSON.stringify(before) === JSON.stringify(next)) return;
  state.past = [...state.past, before].slice(-STEPS_KEPT);
  state.future = [];
}

function reset({ names }) {
  if (names === null) return step({});
  const dropped = new Set(names.length === 1 && names[0] === model.master ? model.funds : names);
  return step(Object.fromEntries(Object.entries(state.moved).filter(([name]) => !dropped.has(name))));
}

function undo() {
  if (state.settled) step(state.moved);
  if (!state.past.length) return;
  state.future.unshift(state.moved);
  state.moved = state.past.pop();
}

function redo() {
  if (state.settled) step(state.moved);
  if (!state.future.length) return;
  state.past.push(state.moved);
  state.moved = state.future.shift();
}

function answer(asked) {
  const names = new Set([...engine.run(state.moved), ...asked]);
  const { view } = state;
  const together = masterValue();
  const moved = together ? { ...state.moved, [model.master]: { value: together, fixed: false, p10: null, p90: null } } : state.moved;
  state.version += 1;
  window.simulatorNews = {
    language: state.language,
    ack: state.ack,
    version: state.version,
    moved,
    typed: 0,
    undo: state.past.length > 0,
    redo: state.future.length > 0,
    headline: view.headline(engine.count(), opening.count),
    strip: view.strip(changes(), engine.rows, opening.rows),
    dragging: state.dragging,
    unsplit: false,
    notices: state.differs ? notice(view) : "",
    total: shown.rows.length,
    rows: shown.rows.filter(({ name }) => names.has(name)).map((about) => view.row(about, engine.rows[about.name], opening.rows[about.name])),
    address: null,
    footer: { facts: page.said[state.language].facts, command: command() },
  };
  window.dispatchEvent(new Event("simulator-news"));
  if (!state.dragging) toAddress();
}

function notice(view) {
  return element("p", element("span", view.say("handout.differs")) + element("button", "×", { type: "button", "aria-label": view.said.board.words.cancel }), { role: "alert" });
}

// Every lever that stands elsewhere than at the opening, with its value then and now.
function changes() {
  const told = [];
  const levers = state.view.said.panel.groups.flatMap(({ levers, advanced }) => [...levers, ...advanced]);
  for (const lever of levers) {
    const [before, after] = [page.changes[lever.name], state.moved[lever.name]];
    if (lever.name === model.master || JSON.stringify(before) === JSON.stringify(after)) continue;
    const [old, now] = [before, after].map((setting) => said(lever, setting));
    const glue = lever.unit.startsWith("%") || !lever.unit ? "" : " ";
    told.push(`${lever.title} ${old} → ${now}${glue}${lever.unit}`);
  }
  return told;
}

function said(lever, setting) {
  const value = lever.scale * (setting?.value ?? lever.centre);
  const decimals = [...Array(lever.decimals + 1).keys()].find((places) => +value.toFixed(places) === +value.toFixed(lever.decimals));
  const text = state.view.number(+value.toFixed(lever.decimals), decimals);
  return setting?.fixed ? `${text} (${state.view.say("lever.fixed")})` : text;
}

// The shell line that gives these numbers.
function command() {
  const words = ["simulator", "run", "trend"];
  for (const [name, setting] of Object.entries(state.moved)) words.push("--set", `${name}=${yaml(setting)}`);
  words.push(...page.words);
  return words.map((word) => (/[^\w@%+=:,./-]/.test(word) ? `'${word}'` : word)).join(" ");
}

function yaml({ value, fixed, p10, p90 }) {
  if (fixed) return `{fixed: ${plainNumber(value)}}`;
  if (p10 !== null) return `{p10: ${plainNumber(p10)}, p50: ${plainNumber(value)}, p90: ${plainNumber(p90)}}`;
  return plainNumber(value);
}

function plainNumber(value) {
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text; // YAML reads 1e-7 as text
}

// The address after the # keeps the levers, as the cockpit's address does; without it the opening is shown.
function toAddress() {
  const query = new URLSearchParams();
  if (JSON.stringify(state.moved) !== JSON.stringify(page.changes)) {
    query.set("v", "1");
    for (const [name, { value, fixed, p10, p90 }] of Object.entries(state.moved))
      query.set(name, fixed ? `fixed:${value}` : p10 !== null ? `${p10}~${value}~${p90}` : value);
  }
  if (state.language !== page.language) query.set("language", state.language);
  const hash = query.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function fromAddress() {
  const query = new URLSearchParams(location.hash.slice(1));
  if (!query.has("v")) return null;
  const found = {};
  for (const [name, text] of query) {
    const known = model.assumptions[name];
    if (!known) continue;
    const fixed = text.startsWith("fixed:");
    const numbers = text.replace("fixed:", "").split("~").map(Number);
    if (!numbers.every((number) => number >= known.low - NEAR && number <= known.high + NEAR)) continue;
    if (numbers.length === 1) found[name] = { value: numbers[0], fixed, p10: null, p90: null };
    else if (numbers.length === 3) found[name] = { value: numbers[1], fixed: false, p10: numbers[0], p90: numbers[2] };
  }
  return found;
}
