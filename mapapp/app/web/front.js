// The distance of a site to the nearest ground of another holder, as steps over the days of the situation, with the
// distance from which on it is pointed out.

const SPARK = { width: 84, height: 24, pad: 2 };
const FRONT = { width: 440, height: 96, left: 46, pad: 8, foot: 20 };

/** The steps that fall into the days: first day, day after the last, kilometres (null: no front). */
function frontSteps(front, { first_day: first, last_day: last }) {
  return front.map(([from, km], i) => [Math.max(from ?? first, first), front[i + 1]?.[0] ?? last + 1, km])
    .map(([from, to, km]) => [from, Math.min(to, last + 1), km])
    .filter(([from, to]) => from < to);
}

/** A line of steps in a box; a gap where there is no front. */
function frontPath(steps, x, y) {
  return steps.map(([from, to, km], i) => {
    if (km === null) return "";
    const start = i && steps[i - 1][2] !== null ? "L" : "M";
    return `${start}${x(from).toFixed(1)} ${y(km).toFixed(1)}H${x(to).toFixed(1)}`;
  }).join("");
}

/** The scales of a drawing, and its lines: the steps, the threshold, the day shown. */
function frontLines(steps, words, box) {
  const { first_day: first, last_day: last, front_alert_km: alert, day } = words;
  const top = Math.max(...steps.map(([, , km]) => km ?? 0), alert);
  const x = (one) => box.left + ((one - first) / (last + 1 - first)) * (box.right - box.left);
  const y = (km) => box.bottom - (km / top) * (box.bottom - box.top);
  return { top, y, lines: [
    svg("line", { class: "alert", x1: box.left, x2: box.right, y1: y(alert), y2: y(alert) }),
    svg("path", { class: "steps", d: frontPath(steps, x, y) }),
    svg("line", { class: "today", x1: x(day + 0.5), x2: x(day + 0.5), y1: box.top, y2: box.bottom }),
  ] };
}

/** The runs of days of each site, as Python packs them: a map of its id to days with their kilometres. */
class Fronts {
  constructor({ sites, runs, days, tenths }, firstDay) {
    this.firstDay = firstDay;
    this.days = numbers(days);
    this.tenths = numbers(tenths);
    let end = 0;
    this.ends = new Map(sites.map((id, i) => [id, [end, (end += runs[i])]]));
  }

  of(id) {
    const [begin, end] = this.ends.get(id) ?? [0, 0];
    const km = [...this.tenths.subarray(begin, end)].map((tenths) => (tenths < 0 ? null : tenths / 10));
    return km.map((one, i) => [this.firstDay + this.days[begin + i], one]);
  }
}

/** Whole numbers in base64. */
function numbers({ bits, base64 }) {
  const signs = atob(base64);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i); // Uint8Array.from takes 20 times as long
  return bits === 16 ? new Int16Array(bytes.buffer) : new Int32Array(bytes.buffer);
}

/** A small drawing for the list, of days with their kilometres; the words beside it say the number. */
function sparkline(front, words) {
  const steps = frontSteps(front, words);
  if (!steps.some(([, , km]) => km !== null)) return null;
  const { width, height, pad } = SPARK;
  const box = { left: pad, right: width - pad, top: pad, bottom: height - pad };
  const { lines } = frontLines(steps, words, box);
  const about = { role: "img", "aria-label": frontSummary(steps) };
  return svg("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, ...about }, ...lines);
}

/** The drawing of the panel, with its kilometres and days. */
function frontChart(front, words) {
  const steps = frontSteps(front, words);
  if (!steps.some(([, , km]) => km !== null)) return null;
  const width = Math.min(FRONT.width, window.innerWidth - 36);
  const box = { left: FRONT.left, right: width - FRONT.pad, top: FRONT.pad, bottom: FRONT.height - FRONT.foot };
  const { top, y, lines } = frontLines(steps, words, box);
  const label = (at, anchor, text) => svg("text", { class: "tick", ...at, "text-anchor": anchor }, text);
  const alert = words.front_alert_km;
  const marks = [0, Math.round(top)].map((km) => label({ x: box.left - 6, y: y(km) + 4 }, "end", `${km} km`));
  const near = top > 4 * alert ? null : label({ x: box.left - 6, y: y(alert) + 4 }, "end", `${alert} km`);
  const ends = [[box.left, "start", words.first_day], [box.right, "end", words.last_day]]
    .map(([x, anchor, day]) => label({ x, y: FRONT.height - 4 }, anchor, dayText(isoDay(day))));
  return svg("svg", { class: "chart front", viewBox: `0 0 ${width} ${FRONT.height}`, role: "img",
    "aria-label": frontSummary(steps) }, ...lines, ...marks, near, ...ends);
}

function frontSummary(steps) {
  const known = steps.map(([, , km]) => km).filter((km) => km !== null);
  return `Distance to the front over the days: from ${Math.min(...known)} to ${Math.max(...known)} km`;
}

/** How near the front is on the day, in words; close is a word, not a colour alone. */
function frontWords(row) {
  if (row.front_km === null) return el("span", { class: "unknown" }, UNKNOWN);
  const close = row.front_alert ? el("span", { class: "close" }, "close to the front") : null;
  return el("span", {}, el("span", { class: "figure" }, `${count.format(row.front_km)} km`), close ? " " : "", close);
}
