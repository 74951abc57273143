// The bar above every page: pages, language, share, scenario file down and up.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const send = (kind, payload = {}) => setTriggerValue("event", { kind, ...payload });
  const key = JSON.stringify(data);
  if (root.shown === key) return;
  root.shown = key;
  document.documentElement.lang = data.language;
  document.title = data.title;
  root.textContent = "";
  const bar = make(root, "header", "bar");
  const brand = make(bar, "div", "brand");
  make(brand, "strong").textContent = data.brand;
  make(brand, "span").textContent = data.place;
  const menu = iconButton(bar, "menu", data.pages.find((page) => page.current)?.title ?? "", () => {
    menu.setAttribute("aria-expanded", String(nav.classList.toggle("open")));
  });
  menu.classList.add("menu");
  menu.setAttribute("aria-expanded", "false");
  const nav = make(bar, "nav");
  nav.setAttribute("aria-label", data.words.pages);
  for (const page of data.pages) {
    const link = make(nav, "a");
    link.textContent = page.title;
    const aim = () => { link.href = data.base + page.path + window.location.search; };
    aim();
    for (const kind of ["pointerenter", "focus"]) link.addEventListener(kind, aim);
    if (page.current) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (page.current) return;
      window.dispatchEvent(new Event("simulator-leave"));
      send("page", { page: page.id });
    });
  }
  const tools = make(bar, "div", "tools");
  const share = iconButton(tools, "share", data.words.share, async () => {
    try { await navigator.clipboard.writeText(window.location.href); share.lastChild.textContent = data.words.copied; }
    catch { window.prompt(data.words.share, window.location.href); }
  }, data.words.share);
  iconButton(tools, "download", data.words.download, () => {
    const yaml = data.scenario ? data.yaml : (window.simulatorBoard?.yaml ?? data.yaml);
    save(data.file, new Blob([yaml], { type: "text/yaml" }));
  }, data.words.download);
  const file = make(tools, "input");
  file.type = "file";
  file.accept = ".yaml,.yml";
  file.setAttribute("aria-label", data.words.upload);
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    const text = chosen.size > data.largest ? null : await chosen.text();
    send("upload", { name: chosen.name, size: chosen.size, text });
    file.value = "";
  });
  iconButton(tools, "upload", data.words.upload, () => file.click(), data.words.upload);
  reports(tools, data, send);
  const languages = make(tools, "div", "languages");
  languages.setAttribute("role", "group");
  languages.setAttribute("aria-label", data.words.language);
  for (const language of ["vi", "en"]) {
    const choice = button(languages, language.toUpperCase(), () => send("language", { language }));
    choice.setAttribute("aria-pressed", String(language === data.language));
    choice.lang = language;
  }
  if (data.scenario) scenario(root, data, send);
  for (const text of data.notices) notice(root, text, data.words.dismiss, () => send("dismiss"));
}

// A report of what is shown, in the form that is chosen; while one is made no other can be asked for.
function reports(tools, data, send) {
  if (data.report.making) {
    iconButton(tools, "report", data.words.report_making, () => {}, data.words.report_making).disabled = true;
    return;
  }
  const box = make(tools, "details", "reports");
  const summary = make(box, "summary", "with-icon");
  summary.setAttribute("aria-label", data.words.report);
  icon(summary, "report");
  make(summary, "span").textContent = data.words.report;
  const list = make(box, "div");
  for (const [format, title] of data.report.formats)
    button(list, title, () => {
      box.open = false;
      send("report", { format, page: data.page });
    });
  drop(box);
}

function notice(root, text, dismiss, action) {
  const line = make(make(root, "div", "notices"), "p");
  line.setAttribute("role", "alert");
  make(line, "span").textContent = text;
  iconButton(line, "close", "", action, dismiss);
}

function scenario(root, data, send) {
  const line = make(root, "section", "scenario");
  line.setAttribute("aria-label", data.words.scenario);
  make(line, "strong").textContent = data.scenario.title;
  for (const chip of data.scenario.chips) {
    const box = make(line, "span", "chip");
    make(box, "span").textContent = chip.text;
    iconButton(box, "close", "", () => send("reset", { names: [chip.name] }), data.words.reset + ": " + chip.text);
  }
  const back = make(line, "a");
  back.textContent = data.words.adjust;
  back.href = data.base + window.location.search;
  back.addEventListener("click", (event) => { event.preventDefault(); send("page", { page: "overview" }); });
  make(line, "span", "space");
  make(line, "span").textContent = data.scenario.count;
  const change = data.scenario.change;
  if (change) make(line, "b", change.up ? "up" : "down").textContent = (change.up ? "▲ " : "▼ ") + change.text;
  make(line, "span", "bounds").textContent = data.scenario.resolution;
}
