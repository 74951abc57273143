// A page of pictures: puts figures in their places, with downloads made here and numbers to read.
const SCALE = 2;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  root.send = (kind, payload) => setTriggerValue("event", { kind, ...payload });
  root.files = data.files;
  const key = data.html + JSON.stringify(data.footer) + Object.values(data.figures).map((figure) => figure.svg).join("");
  address(data.address);
  if (root.shown !== key) build(root, data);
  root.shown = key;
  const listening = () => late(root, data);
  window.addEventListener("simulator-late", listening);
  listening();
  return () => window.removeEventListener("simulator-late", listening);
}

function build(root, data) {
  const held = root.getRootNode().activeElement?.dataset;
  const page = document.createElement("div");
  page.className = "page";
  page.innerHTML = data.html;
  wake(root, page, data.figures, data.words);
  root.replaceChildren(page);
  footer(make(root, "footer", "foot"), data.footer, data.words);
  tips(root);
  hold(page, held);
  lead(root, page);
}

// Who works with the keyboard stays where they were; where that is gone, at the control that is named home.
function hold(page, held) {
  if (!held?.send && !held?.unfold) return;
  const same = [...page.querySelectorAll("[data-send], [data-unfold]")].find((one) => one.dataset.send === held.send && one.dataset.unfold === held.unfold);
  (same?.checkVisibility() ? same : page.querySelector("[data-home]"))?.focus();
}

// Draws the pictures of some markup and lets its controls tell what they are asked for.
function wake(root, part, figures, words) {
  for (const place of part.querySelectorAll("[data-figure]")) draw(place, figures[place.dataset.figure], place.dataset.figure, words);
  for (const list of part.querySelectorAll("[role=tablist]")) tabs(list);
  for (const list of part.querySelectorAll("[data-list]")) listed(list);
  for (const pick of part.querySelectorAll("select.pick:not([data-send])")) pick.addEventListener("change", () => root.send("open", { name: pick.value }));
  for (const control of part.querySelectorAll("[data-send]")) listen(root, control);
  for (const saver of part.querySelectorAll("button[data-save]"))
    saver.addEventListener("click", () => save(saver.dataset.save, blobOf(root.files[saver.dataset.save])));
  for (const fold of part.querySelectorAll("button[data-unfold]")) unfold(root, fold);
  for (const box of part.querySelectorAll("details.drop")) drop(box);
  for (const form of part.querySelectorAll("form[data-keep]")) keep(root, form);
  for (const link of part.querySelectorAll("button[data-open]")) link.addEventListener("click", () => root.send("open", { name: link.dataset.open }));
}

// A control sends what it says, with its value, the fields of its form, or the text of its file.
function listen(root, control) {
  const event = JSON.parse(control.dataset.send);
  const tell = (more = {}) => root.send(event.kind, { ...event, ...more });
  if (control.type === "file") {
    control.addEventListener("change", async () => {
      const file = control.files[0];
      if (!file) return;
      const large = file.size > Number(control.dataset.largest);
      if ("bytes" in control.dataset) tell({ name: file.name, base64: large ? null : await base64(file) });
      else tell({ name: file.name, text: large ? null : await file.text() });
      control.value = "";
    });
  } else if (control.tagName === "FORM") {
    control.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      tell(Object.fromEntries(new FormData(control)));
    });
  } else if (control.tagName === "BUTTON") control.addEventListener("click", () => tell());
  else control.addEventListener("change", () => tell({ value: control.type === "checkbox" ? control.checked : control.value }));
}

// A button that shows all rows of the table before it, and keeps them shown when the page is drawn anew.
function unfold(root, fold) {
  const open = (root.unfolded ??= new Set());
  const all = fold.textContent;
  const show = () => {
    const shown = open.has(fold.dataset.unfold);
    fold.previousElementSibling.classList.toggle("open", shown);
    fold.setAttribute("aria-expanded", String(shown));
    fold.textContent = shown ? fold.dataset.fewer : all;
  };
  fold.addEventListener("click", () => {
    if (!open.delete(fold.dataset.unfold)) open.add(fold.dataset.unfold);
    show();
  });
  show();
}

// Fills the places that wait; a part that belongs to another scenario or page is left aside.
function late(root, data) {
  for (const slot of root.querySelectorAll("[data-slot]")) {
    const part = window.simulatorLate?.[slot.dataset.slot];
    if (!part || part.of !== slot.dataset.of || slot.filled === part.html) continue;
    slot.filled = part.html;
    slot.innerHTML = part.html;
    slot.removeAttribute("aria-busy");
    wake(root, slot, part.figures, data.words);
  }
}

function draw(place, figure, name, words) {
  const head = make(place, "header");
  make(head, "h2").textContent = figure.title;
  for (const [label, action] of [["SVG", () => save(name + ".svg", new Blob([figure.svg], { type: "image/svg+xml" }))],
    ["PNG", () => raster(name, figure.svg)], ["CSV", () => save(name + ".csv", new Blob([figure.csv], { type: "text/csv" }))]]) {
    const button = make(head, "button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `${words.download} ${label}: ${figure.title}`);
    button.addEventListener("click", action);
  }
  make(place, "p", "secondary subtitle").textContent = figure.subtitle;
  make(place, "div").innerHTML = figure.svg;
  const details = make(place, "details");
  make(details, "summary").textContent = words.numbers;
  const numbers = make(details, "div", "numbers");
  numbers.tabIndex = 0;
  numbers.innerHTML = figure.table;
  make(place, "footer").textContent = `${words.source}: ${figure.source}`;
}

function tabs(list) {
  const buttons = [...list.querySelectorAll("[data-tab]")];
  const choose = (chosen) => {
    for (const button of buttons) {
      const shown = button === chosen;
      button.setAttribute("aria-selected", String(shown));
      button.tabIndex = shown ? 0 : -1;
      list.parentElement.querySelector(`[data-figure="${button.dataset.tab}"]`).classList.toggle("shown", shown);
    }
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => choose(button));
    button.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = buttons[(at + by + buttons.length) % buttons.length];
      choose(next);
      next.focus();
    });
  });
  choose(buttons[0]);
}

// A list of rows: a button in each heading sorts, a field above finds; neither asks the server.
function listed(section) {
  const { list, language, search, found, sort } = section.dataset;
  const table = section.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const words = new Intl.Collator(language, { numeric: true });
  const number = (text) => {
    const dotted = language === "vi" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
    return /^[+\u2212]?[\d.]+/.test(dotted) ? parseFloat(dotted.replace("\u2212", "-")) : NaN;
  };
  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    const name = cell.textContent;
    cell.textContent = "";
    const head = button(cell, name, () => {
      const rising = cell.getAttribute("aria-sort") !== "ascending";
      for (const other of cell.parentElement.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const text = (row) => row.cells[at].textContent;
      const order = (one, other) => {
        const gap = number(text(one)) - number(text(other));
        return Number.isNaN(gap) ? words.compare(text(one), text(other)) : gap;
      };
      table.tBodies[0].append(...[...rows].sort((one, other) => (rising ? 1 : -1) * order(one, other)));
    });
    head.title = sort.replace("{column}", name);
  });
  if (list !== "search") return;
  const bar = document.createElement("div");
  bar.className = "find";
  section.querySelector("h2").after(bar);
  const field = make(bar, "input", "field");
  field.type = "search";
  field.placeholder = search;
  field.setAttribute("aria-label", `${search}: ${section.querySelector("h2").textContent}`);
  const told = make(bar, "span", "secondary");
  told.setAttribute("aria-live", "polite");
  const texts = rows.map((row) => plain(row.textContent));
  field.addEventListener("input", () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, at) => { row.hidden = !wanted.every((word) => texts[at].includes(word)); });
    const shown = rows.filter((row) => !row.hidden).length;
    told.textContent = wanted.length ? found.replace("{shown}", shown).replace("{count}", rows.length) : "";
  });
}

function raster(name, svg) {
  const picture = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  picture.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * SCALE;
    canvas.height = picture.height * SCALE;
    const context = canvas.getContext("2d");
    context.fillStyle = /--panel:\s*(#\w+)/.exec(svg)?.[1] ?? "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    canvas.toBlob((blob) => save(name + ".png", blob), "image/png");
  });
  picture.src = url;
}
