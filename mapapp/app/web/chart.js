// Head counts over time. Each claim is its own mark at the day it is for: no average, and no line between claimants.

const CHART = { width: 440, height: 170, left: 46, right: 10, top: 12, bottom: 24 };
const FEW = 3; // so many claims in the situation's own days are worth a chart of these days alone
const IMPROBABLE = 5; // the credibility from which a claim is in no range

/** Round numbers for an axis from 0 to at least `top`. */
function ticks(top) {
  const step = 10 ** Math.floor(Math.log10(Math.max(top, 4) / 2));
  const nice = [1, 2, 5, 10].map((n) => n * step).find((size) => top / size <= 4);
  return Array.from({ length: Math.ceil(top / nice) + 1 }, (_, i) => i * nice);
}

/** Where the axis of days is marked: months where the span is short, years where it is long, eight marks at most. */
function dayTicks(from, to) {
  const monthly = to - from < 500;
  const [year, month] = isoDay(from).split("-").map(Number);
  const marks = [];
  for (let i = 1; ; i += 1) {
    const day = Date.UTC(monthly ? year : year + i, monthly ? month - 1 + i : 0, 1) / DAY_MS;
    if (day > to) break;
    const iso = isoDay(day);
    marks.push([day, monthly ? `1 ${MONTHS[Number(iso.slice(5, 7)) - 1]}` : iso.slice(0, 4)]);
  }
  const every = Math.ceil(marks.length / 8);
  return marks.filter((_, i) => i % every === 0);
}

/** The figures that can be drawn: those with a day and a number of persons that no later record replaces. */
function drawable(figures) {
  return figures.filter((f) => f.as_of_date && !f.superseded_by && (f.low ?? f.best ?? f.high) !== null);
}

/** The chart with its caption, and a choice of days where both show something. Null where nothing can be drawn. */
function figuresChart(figures, words) {
  const all = drawable(figures);
  if (!all.length) return null;
  const within = all.filter((f) => inDays(dayNumber(f.as_of_date), words));
  const caption = el("p", { class: "quiet caption", "aria-live": "polite" });
  const box = el("div", {});
  const own = `${dayText(isoDay(words.first_day))} to ${dayText(isoDay(words.last_day))}`;
  const options = [[own, within], ["All years", all]].map(([title, marks]) =>
    el("button", { type: "button", click: (event) => draw(marks, event.currentTarget) }, title));
  const draw = (marks, button) => {
    for (const option of options) option.setAttribute("aria-pressed", String(option === button));
    caption.textContent = "Each mark is what one source claims; the line is the day shown.";
    box.replaceChildren(chart(marks, marks === all ? null : words, words.day, caption));
  };
  const near = within.length >= FEW && within.length < all.length;
  draw(near ? within : all, options[near ? 0 : 1]);
  const choice = el("div", { class: "choice", role: "group", "aria-label": "Days in the chart" }, ...options);
  return el("div", {}, within.length && within.length < all.length ? choice : null, box, caption);
}

/** The drawing: over the days of the situation, or where none are given over those of the marks. */
function chart(marks, span, today, caption) {
  const days = [...marks.map((f) => dayNumber(f.as_of_date)), today];
  const [from, to] = span
    ? [span.first_day - 2, span.last_day + 2]
    : [Math.min(...days) - 20, Math.max(...days) + 20];
  const top = ticks(Math.max(...marks.map((f) => f.high ?? f.best ?? f.low)));
  const { height, left, bottom } = CHART;
  const width = Math.min(CHART.width, window.innerWidth - 36); // drawn at its size, so that its words stay readable
  const right = width - CHART.right;
  const foot = height - bottom;
  const x = (day) => left + ((day - from) / (to - from)) * (right - left);
  const y = (n) => foot - (n / top.at(-1)) * (foot - CHART.top);
  const label = (at, anchor, text) => svg("text", { class: "tick", ...at, "text-anchor": anchor }, text);
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Head counts over time" },
    ...top.map((n) => svg("line", { class: "grid", x1: left, x2: right, y1: y(n), y2: y(n) })),
    ...top.map((n) => label({ x: left - 6, y: y(n) + 4 }, "end", count.format(n))),
    ...dayTicks(from, to).map(([day, text]) => label({ x: x(day), y: height - 6 }, "middle", text)),
    svg("line", { class: "today", x1: x(today), x2: x(today), y1: CHART.top - 6, y2: foot }),
    ...marks.map((f) => mark(f, x(dayNumber(f.as_of_date)), y, today, caption)),
  );
}

/** One claim: a bar from low to high, a dot where one number is given. Hover or focus says who claims it. */
function mark(f, x, y, today, caption) {
  const [low, high] = [f.low ?? f.best ?? f.high, f.high ?? f.best ?? f.low];
  const text = `${figure(f, exact)} persons, ${figureDay(f)}: ${f.claimed_by ?? "claimant unknown"} (${f.figure_id})`;
  const say = () => { caption.textContent = text; };
  const later = dayNumber(f.as_of_date) > today ? " later" : "";
  const doubtful = Number(f.information_credibility) >= IMPROBABLE ? " doubtful" : "";
  const bar = `M${x - 4} ${y(high)}h8M${x} ${y(high)}V${y(low)}M${x - 4} ${y(low)}h8`;
  return svg(
    "g",
    { class: `mark${later}${doubtful}`, tabindex: "0", role: "img", "aria-label": text, pointerenter: say, focus: say },
    svg("rect", { class: "hit", x: x - 6, y: y(high) - 6, width: 12, height: y(low) - y(high) + 12 }),
    low === high ? null : svg("path", { class: "range", d: bar }),
    low === high || f.best !== null ? svg("circle", { class: "dot", cx: x, cy: y(f.best ?? low), r: 3.5 }) : null,
  );
}
