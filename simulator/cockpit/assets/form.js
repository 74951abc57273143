// Forms of a page: what is typed stays while the page is drawn anew, and one field decides what others offer.

// What was typed stays with its form: the server begins another one, and may go back to it.
function keep(root, form) {
  const values = ((root.typed ??= {})[form.dataset.keep] ??= {});
  const fill = (wanted) => {
    for (const field of form.elements) {
      if (!field.name || !(field.name in values) || wanted !== (field.type === "radio")) continue;
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else field.value = values[field.name];
    }
  };
  fill(true);
  for (const box of form.querySelectorAll(".choosing")) choosing(form, box);
  fill(false);
  form.addEventListener("input", () => Object.assign(values, Object.fromEntries(new FormData(form))));
}

// A list that opens: found by its words, and what is chosen says what the fields beside it offer.
function choosing(form, box) {
  const summary = box.querySelector("summary");
  const search = box.querySelector("input[type=search]");
  const lines = [...box.querySelectorAll(".options label")].map((line) => [line, plain(line.textContent)]);
  const close = () => { box.open = false; summary.focus(); };
  const offer = () => {
    const chosen = box.querySelector("input[type=radio]:checked");
    if (!chosen) return;
    summary.textContent = chosen.nextElementSibling.textContent;
    summary.setAttribute("aria-label", `${summary.dataset.label}: ${summary.textContent}`);
    for (const name of ["manner", "unit"]) {
      const select = form.elements[name];
      const held = select.value;
      select.replaceChildren(...JSON.parse(chosen.dataset[name]).map(([value, text]) => new Option(text, value)));
      if ([...select.options].some((option) => option.value === held)) select.value = held;
    }
  };
  search.addEventListener("input", () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    for (const [line, text] of lines) line.hidden = !wanted.every((word) => text.includes(word));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && event.target === search) {
      event.preventDefault();
      lines.find(([line]) => !line.hidden)?.[0].querySelector("input").focus();
    }
    if (event.key !== "Enter" || event.target === summary) return;
    event.preventDefault();
    const found = lines.filter(([line]) => !line.hidden);
    const named = found.find(([, text]) => text === plain(search.value).trim()) ?? found[0];
    const first = event.target === search ? named?.[0].querySelector("input") : null;
    if (first) { first.checked = true; first.dispatchEvent(new Event("input", { bubbles: true })); offer(); }
    close();
  });
  for (const [line] of lines) line.addEventListener("click", (event) => { if (event.detail) close(); });
  box.addEventListener("change", offer);
  offer();
}

// The bytes of a file as text that can be sent.
async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

// What a button saves: text as it is, other files from base64.
function blobOf(content) {
  if (typeof content === "string") return new Blob([content]);
  return new Blob([Uint8Array.from(atob(content.base64), (letter) => letter.charCodeAt(0))]);
}

// Leads to what has just come: a fault's field, the first field of a form, a table, or words.
function lead(root, page) {
  const place = page.querySelector("[data-come][tabindex]") ?? page.querySelector("[data-come]");
  const known = root.came;
  root.came = place?.dataset.come ?? known ?? "";
  if (!place || known === undefined || known === root.came) return;
  const field = place.querySelector("[aria-invalid=true], .wrong summary") ?? place.querySelector("summary, input, select, button") ?? place;
  field.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}
