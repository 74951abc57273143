// How is a row of the board drawn, and the headline above it? As the cockpit draws them, from the engine's rows.
const PLOT = { width: 84, height: 27, bar: 6 };
const BOUND = { width: 25, height: 10 };
const HISTOGRAM = { width: 190, height: 56 };
const TOTAL = { width: 296, height: 12 };
const STEP = 0.05; // chances are shown to five points
const FLIPS = 3; // lines under the title of a part of the strip
const numberFormats = {};

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" })[sign]);
}

function element(name, content, attributes = {}) {
  const shown = Object.entries(attributes).filter(([, value]) => value != null).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${shown.join("")}>${content}</${name}>`;
}

function short(value) {
  return String(rint(100 * value) / 100); // ties to even, as Python writes them
}

function rect(x, y, width, height, fill, stroke = "") {
  const edge = stroke ? `;stroke:var(--${stroke});stroke-width:1` : "";
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(Math.max(0, width))}" height="${short(Math.max(0, height))}" style="fill:var(--${fill})${edge}" opacity="1"/>`;
}

function stroke(x, top, bottom, colour) {
  return `<line x1="${short(x)}" y1="${short(top)}" x2="${short(x)}" y2="${short(bottom)}" style="stroke:var(--${colour})" stroke-width="1.5"/>`;
}

function circle(x, y, radius, fill, edge = "") {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" style="fill:var(--${fill})${edge}"/>`;
}

function hatched(x, width, height) {
  return `<rect x="${x.toFixed(1)}" y="1" width="${width.toFixed(1)}" height="${height}" fill="url(#hatch)"/>`;
}

function picture({ width, height }, label, parts) {
  return element("svg", parts.join(""), { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

class View {
  constructor(data, language) {
    this.data = data;
    this.language = language;
    this.said = data.languages[language];
  }

  say(key, values = {}) {
    return filled(this.said.texts[key], values);
  }

  number(value, decimals) {
    const key = `${this.language} ${decimals}`;
    numberFormats[key] ??= new Intl.NumberFormat(this.language === "vi" ? "de-DE" : "en-US", {
      minimumFractionDigits: decimals, maximumFractionDigits: decimals, roundingMode: "halfEven",
    });
    const digits = numberFormats[key].format(Math.abs(value));
    return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
  }

  signed(value, decimals) {
    const text = this.number(value, decimals);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  }

  band(chance) {
    return this.data.likelihoods.find(({ low }) => chance >= low);
  }

  word(chance) {
    return this.band(chance)[this.language];
  }

  tenths(chance) {
    const ends = { virtually_certain: "over_hundredth", very_likely: "over_tenth", very_unlikely: "under_tenth", exceptionally_unlikely: "under_hundredth" };
    const end = ends[this.band(chance).code];
    if (end) return this.say(`chance.${end}`);
    const tenths = 10 * this.shownChance(chance);
    return this.say("chance.tenths", { tenths: this.number(tenths, Math.abs(tenths - Math.round(tenths)) < 1e-9 ? 0 : 1) });
  }

  // The five-point step nearest to a chance inside the band of its word; an end without one gives its edge.
  shownChance(chance) {
    const { low, high } = this.band(chance);
    let best = null;
    for (let index = 1; index < Math.round(1 / STEP); index += 1) {
      const step = index * STEP;
      const inside = low <= step + 1e-9 && step < high - 1e-9;
      if (inside && (best === null || Math.abs(step - chance) < Math.abs(best - chance))) best = step;
    }
    return best ?? (chance >= 0.5 ? low : high);
  }

  row(about, row, opening) {
    const said = this.said.rows[about.name];
    const { decimals } = about;
    const median = row.quantiles?.[1];
    const gap = this.distance(about, row);
    const rounded = gap === null ? 0 : Math.abs(gap) < 0.5 * 10 ** -decimals ? 0 : gap;
    const cells = [
      element("th", said.name, { scope: "row", class: "name" }),
      element("td", escaped(said.base), { class: "number base" }),
      element("td", this.plot(about, row, said), { class: "plot" }),
      element("td", median === undefined ? "" : this.number(median, decimals), { class: "number median" }),
      element("td", said.plan, { class: "number plan", "data-label": this.say("board.plan") }),
      element("td", gap === null ? "" : this.signed(gap, decimals), { class: rounded < 0 && about.sense !== "neutral" ? "number gap warn" : "number gap" }),
      element("td", this.chance(row, said), { class: "chance" }),
      element("td", this.resolution(about, row, said), { class: "resolution" }),
      element("td", this.change(row, opening), { class: "change" }),
    ];
    return [about.name, cells.join(""), this.facets(about, row, opening, said)];
  }

  facets(about, row, opening, said) {
    const change = row.chance === null ? null : row.chance - opening.chance;
    const range = row.quantiles ? this.range(about, row, said) : said.tipReason;
    return {
      sector: about.sector,
      resolution: row.resolution !== null && about.counted,
      risk: row.chance !== null && about.simulated && row.chance < this.data.unlikelyTo,
      moved: Boolean(change),
      scored: about.counted,
      judged: about.judged,
      chance: row.chance,
      gap: this.achievement(about, row),
      change: change || null,
      title: said.title,
      tip: [said.tipTitle, range, said.tipNote].filter(Boolean).join("\n"),
      text: about.text,
    };
  }

  distance({ target, sense }, { quantiles }) {
    if (!quantiles || target === null || sense === null) return null;
    return sense === "at_most" ? target - quantiles[1] : quantiles[1] - target;
  }

  achievement({ target, sense }, { quantiles }) {
    if (!quantiles || !target || sense === null) return null;
    if (sense === "at_most") return quantiles[1] ? target / quantiles[1] : null;
    return quantiles[1] / target;
  }

  range(about, { quantiles }, said) {
    const [p10, p50, p90] = quantiles.map((value) => this.number(value, about.decimals));
    return this.say("board.plot", { p10, p50, p90, base: said.base, year: this.data.baseYear });
  }

  plot(about, row, said) {
    if (!row.quantiles || about.target === null) return element("span", escaped(said.reason), { class: "unit" });
    const middle = PLOT.width / 2;
    const sign = about.sense === "at_most" ? -1 : 1;
    const ahead = (value) => sign * (value - about.target);
    const [p10, p50, p90] = row.quantiles.map(ahead);
    const base = about.base === null ? null : ahead(about.base);
    const reach = Math.max(...[p10, p50, p90, base ?? 0].map(Math.abs)) || 1;
    const at = (value) => middle + (value / reach) * (middle - 3);
    const [low, high] = [at(p10), at(p90)].sort((one, other) => one - other);
    const top = PLOT.height / 2 - PLOT.bar / 2 - 1;
    const parts = [
      rect(low, top, Math.min(high, middle) - low, PLOT.bar, "fail"),
      rect(Math.max(low, middle), top, high - Math.max(low, middle), PLOT.bar, "mid"),
      stroke(middle, 0, PLOT.height, "ink2"),
      circle(at(p50), top + PLOT.bar / 2, 3.5, "ink"),
    ];
    if (base !== null) parts.push(circle(at(base), PLOT.height - 5, 2.5, "panel", ";stroke:var(--ink2);stroke-width:1.2"));
    return picture(PLOT, this.range(about, row, said), parts);
  }

  chance({ chance }, said) {
    if (chance === null) return element("span", escaped(said.reason), { class: "unit" });
    return this.data.signs[this.band(chance).code] + element("b", escaped(this.tenths(chance))) + element("span", this.word(chance), { class: "word" });
  }

  resolution(about, { resolution }, said) {
    if (!resolution) return element("span", said.noResolution, { class: "unit" });
    const [low, high] = resolution;
    const { width, height } = BOUND;
    const parts = [rect(0.5, 0.5, width - 1, height - 1, "panel", "edge"), rect(1, 1, low * (width - 2), height - 2, "solid")];
    if (high > low) parts.push(hatched(1 + low * (width - 2), (high - low) * (width - 2), height - 2));
    if (about.bound === "point") parts.push(rect(low * (width - 3), 0, 2.5, height, "ink"));
    const text = this.bound(about.bound, about.bound === "at_most" ? high : low);
    let tip = this.say("board.verdict_tip", { verdict: said.verdict });
    if (about.unclear) tip += ` ${this.say("board.scope_unclear")}`;
    const label = element("span", escaped(text), { class: about.unclear ? "bound unclear" : "bound", "data-tip": `${text}\n${tip}` });
    return label + picture(BOUND, `${text}. ${tip}`, parts);
  }

  bound(kind, chance) {
    if (this.data.emptyBounds[kind].includes(this.band(chance).code)) return this.say("bound.nothing");
    return this.say(`bound.${kind}`, { chance: this.tenths(chance) });
  }

  change({ chance }, opening) {
    if (chance === null || chance === opening.chance) return "";
    const difference = 10 * (this.shownChance(chance) - this.shownChance(opening.chance));
    const way = chance > opening.chance ? "up" : "down";
    const hollow = Math.abs(difference) < 0.5;
    const label = this.say(way === "up" ? "board.better" : "board.worse");
    const sign = this.data.triangles[`${way} ${hollow ? "hollow" : "full"}`];
    const text = hollow ? "" : ` ${this.signed(difference, 1)}`;
    return element("span", sign + element("span", label, { class: "sr" }) + text, { class: way });
  }

  headline(count, opening) {
    const { plan } = count;
    const [lead, tail] = this.say("headline.parts", { scored: count.scored }).split("|");
    const mean = element("strong", this.number(plan.mean, 1));
    const change = plan.mean - opening.plan.mean;
    const against = this.say("handout.against", { mean: this.number(opening.plan.mean, 1) });
    const way = change > 0 ? "up" : "down";
    const delta = Math.abs(change) < 1e-12
      ? element("span", `0 ${escaped(against)}`, { class: "secondary" })
      : element("span", `${this.data.triangles[`${way} full`]} ${element("b", this.signed(change, 1))} ${escaped(against)}`, { class: way });
    const left = element("p", `${escaped(lead)} ${mean} ${escaped(tail)}`, { class: "lead" })
      + element("p", escaped(this.say("headline.interval", { low: plan.p05, high: plan.p95 })), { class: "secondary" })
      + element("p", delta, { class: "deltas" });
    return element("div", element("div", left) + this.histogram(plan) + this.total(count), { class: "headline" });
  }

  histogram(plan) {
    const likely = plan.chances.flatMap((chance, number) => (chance > 1e-4 ? [number] : []));
    const [first, last] = [likely[0], likely.at(-1)];
    const width = (HISTOGRAM.width - 10) / Math.max(1, last - first + 1);
    const tallest = Math.max(...plan.chances);
    const base = HISTOGRAM.height - 14;
    const parts = [];
    for (let number = first; number <= last; number += 1) {
      const height = (plan.chances[number] / tallest) * (base - 2);
      const inside = plan.p05 <= number && number <= plan.p95;
      parts.push(rect(5 + (number - first) * width, base - height, Math.max(1, width - 1), height, inside ? "mid" : "fail"));
    }
    for (const tick of ticks(first, last))
      parts.push(`<text x="${short(5 + (tick - first + 0.5) * width)}" y="${HISTOGRAM.height - 2}" text-anchor="middle" style="font-size:11px;font-weight:400;fill:var(--ink3)">${Math.round(tick)}</text>`);
    parts.push(stroke(5 + (plan.mean - first + 0.5) * width, 0, base, "ink"));
    const label = this.say("headline.histogram", { mean: this.number(plan.mean, 1), low: plan.p05, high: plan.p95 });
    return picture(HISTOGRAM, label, parts);
  }

  total({ judged, low, high, likely, unlikely, unsaid, structure }) {
    if (!judged) return "";
    const [from, to] = [low, high].map((bound) => this.number(bound, 1));
    const scale = (TOTAL.width - 2) / judged;
    const parts = [
      rect(0.5, 0.5, TOTAL.width - 1, TOTAL.height - 1, "panel", "edge"),
      rect(1, 1, low * scale, TOTAL.height - 2, "solid"),
      hatched(1 + low * scale, (high - low) * scale, TOTAL.height - 2),
    ];
    const [before, after] = this.say("headline.resolution_parts", { low: from, high: to, judged }).split("|");
    const together = structure === null ? "" : element("p", escaped(this.say("headline.structure", { chance: `${this.tenths(structure)} ${this.word(structure)}` })), { class: "secondary" });
    return element("div", element("p", `${escaped(before)} ${element("strong", `${from} – ${to}`)} ${escaped(after)}`)
      + picture(TOTAL, this.say("headline.bar"), parts)
      + element("p", escaped(this.say("headline.resolution_groups", { likely, unlikely, unsaid })), { class: "secondary" })
      + together, { class: "resolution" });
  }

  // What differs from the opening: the levers, and the targets whose word changed.
  strip(changes, rows, opening) {
    const moved = this.data.rows.filter(({ name }) => rows[name].chance !== opening[name].chance);
    if (!changes.length) return [element("p", this.say("strip.nothing_moved"), { class: "secondary hint" })];
    if (!moved.length) return [this.levers(changes), element("p", element("b", this.say("strip.no_effect")))];
    const flips = moved
      .filter(({ name }) => this.band(rows[name].chance).code !== this.band(opening[name].chance).code)
      .sort((one, other) => this.size(other, rows, opening) - this.size(one, rows, opening));
    const lines = [element("p", element("b", this.say("strip.flips", { count: flips.length })))];
    const shown = flips.length <= FLIPS ? flips : flips.slice(0, FLIPS - 1);
    for (const { name } of shown) lines.push(this.flip(name, opening[name].chance, rows[name].chance));
    const small = moved.filter(({ name }) => Math.abs(this.shownChance(rows[name].chance) - this.shownChance(opening[name].chance)) < 1e-9).length;
    if (flips.length > shown.length) lines.push(element("p", this.say("strip.more_flips", { count: flips.length - shown.length }), { class: "secondary" }));
    else if (small && shown.length < FLIPS) lines.push(element("p", this.say("strip.small", { count: small }), { class: "secondary" }));
    return [this.levers(changes), lines.join("")];
  }

  size({ name }, rows, opening) {
    return Math.abs(rows[name].chance - opening[name].chance);
  }

  levers(changes) {
    const shown = changes.length <= FLIPS ? changes : changes.slice(0, FLIPS - 1);
    const lines = [element("p", element("b", this.say("handout.changes", { count: changes.length })))];
    for (const text of shown) lines.push(element("p", escaped(text)));
    if (changes.length > shown.length) lines.push(element("p", this.say("handout.more_changes", { count: changes.length - shown.length }), { class: "secondary" }));
    return lines.join("");
  }

  flip(name, before, after) {
    const chance = (value) => `${this.data.signs[this.band(value).code]} ${escaped(this.tenths(value))}`;
    const label = element("span", escaped(this.said.rows[name].short), { class: "label" });
    return element("p", element("span", label + element("span", `${chance(before)} → ${chance(after)}`)) + element("b", this.word(after)), { class: "flip" });
  }
}

function ticks(low, high) {
  if (!(high > low)) return [low];
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((nice) => power * nice).find((size) => size >= raw * (1 - 1e-9));
  const found = [];
  for (let index = Math.ceil(low / step - 1e-9); index <= Math.floor(high / step + 1e-9); index += 1) found.push(index * step);
  return found;
}
