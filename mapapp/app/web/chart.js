// Head counts over time. Every claim is its own mark at the day it is for: no average, and no line between claimants.

const CHART = { width: 440, height: 170, left: 46, right: 10, top: 12, bottom: 24 };

/** Round numbers for an axis from 0 to at least `top`. */
function ticks(top) {
  const step = 10 ** Math.floor(Math.log10(Math.max(top, 4) / 2));
  const nice = [1, 2, 5, 10].map((n) => n * step).find((size) => top / size <= 4);
  return Array.from({ length: Math.ceil(top / nice) + 1 }, (_, i) => i * nice);
}

/** Day ticks: years where the span is long, months where it is short. */
function dayTicks(from, to) {
  const monthly = to - from < 500;
  const ticks = [];
  const cursor = new Date(from * 86400000);
  cursor.setUTCDate(1);
  if (!monthly) cursor.setUTCMonth(0);
  while (cursor.getTime() / 86400000 <= to) {
    const day = cursor.getTime() / 86400000;
    const iso = isoDay(day);
    if (day >= from) ticks.push([day, monthly ? `${MONTHS[cursor.getUTCMonth()]} ${iso.slice(2, 4)}` : iso.slice(0, 4)]);
    if (monthly) cursor.setUTCMonth(cursor.getUTCMonth() + 1);
    else cursor.setUTCFullYear(cursor.getUTCFullYear() + 1);
  }
  const every = Math.ceil(ticks.length / 8);
  return ticks.filter((_, i) => i % every === 0);
}

/** The chart of the figures that have a day and a number of persons; null where there is none. */
function figuresChart(figures, today, caption) {
  const marks = figures.filter((f) => f.as_of_date && !f.superseded_by && (f.low ?? f.best ?? f.high) !== null);
  if (!marks.length) return null;
  const days = marks.map((f) => dayNumber(f.as_of_date));
  const from = Math.min(...days, today) - 20;
  const to = Math.max(...days, today) + 20;
  const top = ticks(Math.max(...marks.map((f) => f.high ?? f.best ?? f.low)));
  const x = (day) => CHART.left + ((day - from) / (to - from)) * (CHART.width - CHART.left - CHART.right);
  const y = (n) => CHART.height - CHART.bottom - (n / top.at(-1)) * (CHART.height - CHART.top - CHART.bottom);
  const chart = svg("svg", { class: "chart", viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "group", "aria-label": "Head counts over time" });
  for (const n of top) {
    chart.append(svg("line", { class: "grid", x1: CHART.left, x2: CHART.width - CHART.right, y1: y(n), y2: y(n) }),
      svg("text", { class: "tick", x: CHART.left - 6, y: y(n) + 4, "text-anchor": "end" }, count.format(n)));
  }
  for (const [day, text] of dayTicks(from, to)) {
    chart.append(svg("text", { class: "tick", x: x(day), y: CHART.height - 6, "text-anchor": "middle" }, text));
  }
  chart.append(svg("line", { class: "today", x1: x(today), x2: x(today), y1: CHART.top - 6, y2: CHART.height - CHART.bottom }));
  for (const f of marks) chart.append(mark(f, x(dayNumber(f.as_of_date)), y, dayNumber(f.as_of_date) > today, caption));
  return chart;
}

/** One claim: a bar from low to high, a dot where one number is given. Hover or focus says who claims it. */
function mark(f, x, y, later, caption) {
  const [low, high] = [f.low ?? f.best ?? f.high, f.high ?? f.best ?? f.low];
  const text = claimText(f);
  const say = () => { caption.textContent = text; };
  const node = svg("g", { class: `mark${later ? " later" : ""}${Number(f.information_credibility) >= 5 ? " doubtful" : ""}`, tabindex: "0", role: "img", "aria-label": text, pointerenter: say, focus: say },
    svg("rect", { class: "hit", x: x - 7, y: y(high) - 7, width: 14, height: y(low) - y(high) + 14 }));
  if (low !== high) node.append(svg("path", { class: "range", d: `M${x - 4} ${y(high)}h8M${x} ${y(high)}V${y(low)}M${x - 4} ${y(low)}h8` }));
  if (low === high || f.best !== null) node.append(svg("circle", { class: "dot", cx: x, cy: y(f.best ?? low), r: 3.5 }));
  return node;
}

function claimText(f) {
  return `${f.figure_id}: ${figure(f)} persons, ${asOf(f.as_of_date, f.time_precision)}, ${f.claimed_by ?? "claimant unknown"}`;
}
