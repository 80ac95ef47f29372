// Who and what held when: one lane for each attribute, clipped to the days of the situation, and the same as a table.

const LANES = { status: "Status", operator: "Operator", guard: "Guard", ground_holder: "Ground", holder: "Holder" };

/** The colour and hatch of a span: of its status, or of the actor it names. */
function paint(node, attribute, value, words) {
  const actor = words.actors[value];
  const look = words.symbols.statuses[value];
  if (attribute === "status" && look) {
    node.style.setProperty("--light", look.light);
    node.style.setProperty("--dark", look.dark);
    node.classList.add("by-status");
  } else if (actor) {
    node.style.setProperty("--actor", actor.colour);
    if (actor.hatch !== "none") node.classList.add(actor.hatch);
  }
  return node;
}

function spanWord(attribute, value, words) {
  if (attribute === "status") return plain(value);
  return value ? words.actors[value]?.short ?? value : UNKNOWN;
}

function spanDays(span) {
  const from = span.valid_from ? dayText(span.valid_from) : "before the records";
  return `${from} to ${span.valid_to ? dayText(span.valid_to) : "now"}`;
}

/** The lanes as a picture. The table under them says the same in words, so readers of words skip it. */
function lanes(spans, words) {
  const [first, last] = [words.first_day, words.last_day + 1];
  const place = (day) => Math.min(Math.max((day - first) / (last - first), 0), 1) * 100;
  const today = el("div", { class: "now" });
  today.style.left = `${place(words.day)}%`;
  const rows = Object.keys(LANES).filter((attribute) => spans[attribute]?.length).map((attribute) => {
    const track = el("div", { class: "track" });
    for (const span of spans[attribute]) {
      const [from, to] = [place(dayNumber(span.valid_from) ?? first), place(dayNumber(span.valid_to) ?? last)];
      if (to <= from) continue;
      const word = spanWord(attribute, span.value, words);
      const bar = paint(el("div", { class: span.value ? "span" : "span unknown", title: `${word}, ${spanDays(span)}` }, name(word)), attribute, span.value, words);
      bar.style.left = `${from}%`;
      bar.style.width = `calc(${to - from}% - 1px)`;
      track.append(bar);
    }
    return el("div", { class: "lane" }, el("span", { class: "label" }, LANES[attribute]), track);
  });
  const scale = el("div", { class: "scale" }, el("span", {}, dayText(isoDay(first))), el("span", {}, dayText(isoDay(last - 1))));
  return el("div", { class: "lanes", "aria-hidden": "true" }, ...rows, el("div", { class: "lane over" }, el("span", { class: "label" }), el("div", { class: "track" }, today)), scale);
}

function spanTable(spans, words, panel) {
  const rows = Object.keys(LANES).flatMap((attribute) => [...(spans[attribute] ?? [])].reverse().map((span, i, lane) => {
    const value = attribute === "status" ? el("span", {}, spanWord(attribute, span.value, words)) : holder(span.value, words);
    const title = i ? null : el("th", { scope: "rowgroup", rowspan: lane.length }, LANES[attribute]);
    return el("tr", { class: span.current ? "current" : null }, title,
      el("td", {}, value, contested(span.contested_by, words), span.detail && span.detail !== span.value ? name(span.detail, "detail") : null),
      el("td", { class: "days" }, spanDays(span)), el("td", {}, panel.refs(span.source_ids, span.event_ids)));
  }));
  const heads = ["What", "Value", "Days", "Records"].map((title) => el("th", { scope: "col" }, title));
  return el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
}
