// What do the targets come to? The model's own equations (KERNELS, written out from them) at its own draws:
// Sobol points from a few integers, settings to draws, draws to quantities, quantities to chances and counts.
function rint(value) {
  const large = 2 ** 52;
  return value < 0 ? value - large + large : value + large - large;
}

// Wichura's AS 241, to the last digits of a double.
const MIDDLE = [
  [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
  [5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1],
];
const OUTER = [
  [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1],
];
const FAR_OUT = [
  [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772],
  [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1],
];

function ratio([above, below], at) {
  let numerator = 0;
  let denominator = 0;
  for (let power = 0; power < above.length; power += 1) {
    numerator = numerator * at + above[power];
    denominator = denominator * at + below[power];
  }
  return numerator / denominator;
}

function normalQuantile(probability) {
  if (probability <= 0) return -Infinity;
  if (probability >= 1) return Infinity;
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * ratio(MIDDLE, 0.180625 - centred * centred);
  const root = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)));
  const size = root <= 5 ? ratio(OUTER, root - 1.6) : ratio(FAR_OUT, root - 5);
  return centred < 0 ? -size : size;
}

function logit(share) {
  return Math.log(share / (1 - share));
}

function linked(value, link) {
  if (link === "log") return Math.log(value);
  return link === "logit" ? logit(value) : value;
}

function unlinked(value, link) {
  if (link === "log") return Math.exp(value);
  return link === "logit" ? 1 / (1 + Math.exp(-value)) : value;
}

class Engine {
  constructor(model, kernels) {
    this.model = model;
    this.kernels = kernels;
    this.values = {};
    this.settings = {};
    this.normals = new Map();
    this.combined = {};
    this.rows = {};
    for (const [name, dimension] of Object.entries(model.noise)) this.values[name] = this.normal(dimension);
  }

  normal(dimension) {
    if (this.normals.has(dimension)) return this.normals.get(dimension);
    const { draws, bits, smallest, points } = this.model;
    const [first, ...directions] = points[dimension];
    const found = new Float64Array(draws);
    let point = first;
    for (let draw = 0; draw < draws; draw += 1) {
      if (draw) point ^= directions[31 - Math.clz32(draw & -draw)];
      found[draw] = normalQuantile(Math.min(1 - smallest, Math.max(smallest, point / 2 ** bits)));
    }
    this.normals.set(dimension, found);
    return found;
  }

  own(name) {
    if (this.combined[name]) return this.combined[name];
    const { dimension, loadings } = this.model.assumptions[name];
    const own = this.normal(dimension);
    if (!loadings.length) return (this.combined[name] = own);
    const rest = Math.sqrt(1 - loadings.reduce((sum, [, loading]) => sum + loading ** 2, 0));
    const total = own.map((normal) => rest * normal);
    for (const [factor, loading] of loadings) {
      const shared = this.normal(factor);
      for (let draw = 0; draw < total.length; draw += 1) total[draw] += loading * shared[draw];
    }
    return (this.combined[name] = total);
  }

  drawn(name, { value, fixed, p10, p90 }) {
    const { link, spread } = this.model.assumptions[name];
    const found = new Float64Array(this.model.draws);
    if (fixed) return found.fill(link === "switch" ? +(value >= 0.5) : value);
    const own = this.own(name);
    if (link === "switch") {
      const limit = normalQuantile(value);
      return found.map((_, draw) => +(own[draw] < limit));
    }
    const centre = linked(value, link);
    if (p10 !== null && p90 !== null) {
      const below = (centre - linked(p10, link)) / this.model.ninetieth;
      const above = (linked(p90, link) - centre) / this.model.ninetieth;
      return found.map((_, draw) => unlinked(centre + own[draw] * (own[draw] < 0 ? below : above), link));
    }
    if (!Number.isFinite(centre)) return found.fill(value);
    return found.map((_, draw) => unlinked(centre + spread * own[draw], link));
  }

  // Settings by name for what differs from the trend; gives the names of the rows that are new.
  run(moved) {
    const changed = new Set();
    for (const [name, { centre }] of Object.entries(this.model.assumptions)) {
      const setting = moved[name] ?? { value: centre, fixed: false, p10: null, p90: null };
      const key = JSON.stringify([setting.value, setting.fixed, setting.p10, setting.p90]);
      if (this.settings[name] === key) continue;
      this.settings[name] = key;
      this.values[name] = this.drawn(name, setting);
      changed.add(name);
    }
    for (const { inputs, outputs, run } of this.kernels) {
      if (this.values[outputs[0]] && !inputs.some((name) => changed.has(name))) continue;
      // New arrays: a row that was scored keeps what it was scored from.
      for (const name of outputs) this.values[name] = new Float64Array(this.model.draws);
      run(this.model.draws, ...inputs.map((name) => this.values[name]), ...outputs.map((name) => this.values[name]));
      for (const name of outputs) changed.add(name);
    }
    const rows = this.model.targets.filter((target) => this.touches(target, changed));
    for (const target of rows) this.rows[target.name] = this.score(target);
    return rows.map((target) => target.name);
  }

  touches(target, changed) {
    if (!this.rows[target.name]) return true;
    const needed = target.quota ? this.model.quota.needs : [target.name];
    return needed.some((name) => changed.has(name));
  }

  score(target) {
    const values = this.values[target.name];
    const row = { quantiles: null, chance: null, resolution: null, met: null, surely: null };
    if (values) {
      const sorted = values.toSorted();
      row.quantiles = [0.1, 0.5, 0.9].map((level) => quantile(sorted, level));
    }
    if (target.rule) {
      row.met = meets(values, target.rule);
      row.chance = share(row.met);
    } else if (target.judged !== null) {
      row.chance = target.judged * (target.quota ? this.leftOfQuotas() : 1);
    }
    if (target.bound === "point") {
      row.surely = meets(values, target.known);
      const point = share(row.surely);
      row.resolution = [point, point];
    } else if (target.bound === "at_least") row.resolution = [row.chance, 1];
    else if (target.bound === "at_most") row.resolution = [0, row.chance];
    return row;
  }

  leftOfQuotas() {
    const { needs: [epidemic, months], months: limit, factor } = this.model.quota;
    let total = 0;
    for (let draw = 0; draw < this.model.draws; draw += 1)
      total += this.values[epidemic][draw] > 0 && this.values[months][draw] >= limit ? factor : 1;
    return total / this.model.draws;
  }

  count() {
    const { targets, draws, likelyFrom, unlikelyTo, structure } = this.model;
    const scored = targets.filter((target) => target.scored);
    const judged = scored.filter((target) => target.bound);
    const plan = new Uint16Array(draws);
    const low = new Uint16Array(draws);
    const high = new Uint16Array(draws);
    for (const target of scored) add(plan, this.rows[target.name].met);
    for (const { name, bound } of judged) {
      const { met, surely } = this.rows[name];
      if (bound === "point") [low, high].forEach((numbers) => add(numbers, surely));
      else if (bound === "at_least") {
        add(low, met);
        for (let draw = 0; draw < draws; draw += 1) high[draw] += 1;
      } else add(high, met);
    }
    const bounds = judged.map(({ name }) => this.rows[name].resolution);
    const together = structure.length ? new Uint8Array(draws).fill(1) : null;
    for (const name of structure)
      for (let draw = 0; draw < draws; draw += 1) together[draw] &= this.rows[name].met[draw];
    return {
      scored: scored.length,
      judged: judged.length,
      plan: distribution(plan, scored.length),
      low: mean(low),
      high: mean(high),
      likely: bounds.filter(([sure]) => sure >= likelyFrom).length,
      unlikely: bounds.filter(([, most]) => most <= unlikelyTo).length,
      unsaid: bounds.filter(([sure, most]) => sure < likelyFrom && most > unlikelyTo).length,
      structure: together && share(together),
    };
  }
}

function quantile(sorted, level) {
  const at = level * (sorted.length - 1);
  const below = Math.trunc(at);
  const next = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (at - below) * (next - sorted[below]);
}

function meets(values, { target, sense, margin, strict }) {
  const met = new Uint8Array(values.length);
  for (let draw = 0; draw < values.length; draw += 1) {
    const ahead = sense * (values[draw] - target);
    met[draw] = strict ? ahead > margin : ahead >= margin;
  }
  return met;
}

function add(numbers, met) {
  for (let draw = 0; draw < numbers.length; draw += 1) numbers[draw] += met[draw];
}

function mean(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total / numbers.length;
}

const share = mean;

function distribution(numbers, most) {
  const chances = new Array(most + 1).fill(0);
  for (const number of numbers) chances[number] += 1 / numbers.length;
  const level = (wanted) => {
    let total = 0;
    return chances.findIndex((chance) => (total += chance) >= wanted - 1e-9);
  };
  return { mean: mean(numbers), p05: level(0.05), p95: level(0.95), chances };
}
