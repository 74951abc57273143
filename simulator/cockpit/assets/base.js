// What do the components share? Elements, icons drawn as lines, tooltips, saving, and the address.
const ICONS = {
  undo: "M6 2.5 2.5 6 6 9.5M2.5 6H10a3.7 3.7 0 0 1 0 7.5H7",
  redo: "M10 2.5 13.5 6 10 9.5M13.5 6H6a3.7 3.7 0 0 0 0 7.5h3",
  reset: "M3 2.5v4h4M3.2 6.5a5.3 5.3 0 1 1-.4 3.2",
  share: "M6.4 9.6l3.2-3.2M7.4 4.8l1.7-1.7a2.7 2.7 0 0 1 3.8 3.8l-1.7 1.7M8.6 11.2l-1.7 1.7a2.7 2.7 0 0 1-3.8-3.8l1.7-1.7",
  download: "M8 2v8.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  upload: "M8 10.5V2M4.5 5.5 8 2l3.5 3.5M2.5 13.5h11",
  close: "M4 4l8 8M12 4l-8 8",
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  menu: "M2 4h12M2 8h12M2 12h12",
  report: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13M6.5 8h4M6.5 10.5h4",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3 14 14",
};
const TIP_DELAY = 150;
let tipsMade = 0;

function make(parent, tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  parent.append(element);
  return element;
}

function button(parent, text, action, label) {
  const element = make(parent, "button");
  element.type = "button";
  element.textContent = text;
  if (label) element.setAttribute("aria-label", label);
  element.addEventListener("click", action);
  return element;
}

function icon(parent, name) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  parent.append(picture);
}

function iconButton(parent, name, text, action, label) {
  const element = button(parent, "", action, label);
  element.classList.add("with-icon");
  icon(element, name);
  if (text) make(element, "span").textContent = text;
  return element;
}

function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");
}

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A box that opens over the page: closed by Escape, and when one goes elsewhere.
function drop(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false; });
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    const field = box.querySelector("input");
    field?.focus();
    field?.select();
    const away = (event) => {
      if (box.isConnected && event.composedPath().includes(box)) return;
      box.open = false;
      window.removeEventListener("pointerdown", away);
    };
    window.addEventListener("pointerdown", away);
  });
}

function address(query) {
  const url = new URL(window.location.href);
  const search = new URLSearchParams(query);
  if (search.toString() === new URLSearchParams(url.search).toString()) return;
  url.search = search.toString();
  window.history.replaceState(window.history.state, "", url);
}

function footer(element, { facts, command }, words) {
  element.textContent = "";
  facts.forEach((fact, at) => { make(element, at ? "span" : "strong").textContent = fact; });
  make(element, "span", "space");
  make(element, "span").textContent = words.again;
  const code = make(element, "code");
  code.textContent = command;
  code.tabIndex = 0;
  code.title = command;
  code.setAttribute("role", "group");
  code.setAttribute("aria-label", words.again);
  const copy = button(element, words.copy, async () => {
    try { await navigator.clipboard.writeText(command); copy.textContent = words.copied; }
    catch { window.prompt(words.copy, command); }
  });
}

// Tooltips of everything inside that has data-tip (lines; the first is the title) or tipLines.
function tips(root) {
  if (root.tipsReady) return;
  root.tipsReady = true;
  let timer = 0;
  let shown = null;
  let over = null;
  const hide = () => {
    clearTimeout(timer);
    over?.removeAttribute("aria-describedby");
    shown?.remove();
    shown = over = null;
  };
  const want = (event) => {
    const found = event.target.closest?.("[data-tip]");
    if (found === over) return;
    hide();
    if (!found) return;
    over = found;
    timer = setTimeout(() => { shown = drawTip(root, found); }, TIP_DELAY);
  };
  root.addEventListener("pointerover", (event) => event.pointerType !== "touch" && want(event));
  root.addEventListener("pointerleave", hide);
  root.addEventListener("pointerdown", hide);
  root.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && want(event));
  root.addEventListener("focusout", hide);
  root.addEventListener("scroll", hide, true);
  root.addEventListener("keydown", (event) => event.key !== "Tab" && hide());
  root.hideTip = hide;
}

function drawTip(root, about) {
  if (!about.isConnected) return null;
  const lines = about.tipLines ? about.tipLines() : about.dataset.tip.split("\n");
  if (!lines.some(Boolean)) return null;
  const tip = make(root, "div", "tip");
  tip.id = `tip-${++tipsMade}`;
  tip.setAttribute("role", "tooltip");
  lines.forEach((line, at) => { if (line) make(tip, at || lines.length === 1 ? "div" : "strong").textContent = line; });
  about.setAttribute("aria-describedby", tip.id);
  const place = about.getBoundingClientRect();
  const left = about.tagName === "TR" ? place.left + 270 : place.left;
  tip.style.left = Math.max(4, Math.min(left, window.innerWidth - tip.offsetWidth - 8)) + "px";
  const below = place.bottom + 4;
  tip.style.top = (below + tip.offsetHeight > window.innerHeight ? Math.max(4, place.top - tip.offsetHeight - 4) : below) + "px";
  return tip;
}
