// The parts of the panel that show one record each: a head count, an event, a source, a contradiction.

const BREAKDOWN = ["syrian", "iraqi", "third_country", "women", "children"];

function section(title, ...content) {
  return el("section", {}, el("h3", {}, title), ...content);
}

/** A part that opens on demand. What it holds is made when it opens, at the latest once all that is in sight is drawn. */
function foldOut(title, make) {
  const part = el("details", {}, el("summary", {}, title));
  part.fill = () => void (part.children.length > 1 || part.append(make()));
  part.addEventListener("toggle", part.fill);
  idle(() => void (part.isConnected && part.fill()));
  return part;
}

function detail(text) {
  return text ? name(text, "detail") : null;
}

function quiet(text) {
  return el("span", { class: "since" }, text);
}

function breakdown(record) {
  const given = BREAKDOWN.filter((part) => (record[part] ?? null) !== null);
  const parts = given.map((part) => `${plain(part)} ${count.format(record[part])}`);
  return parts.length ? detail(`of these: ${parts.join(", ")}`) : null;
}

/** Why a record does not count any more, or not for much. */
function standing(record) {
  return detail(statements(
    record.superseded_by ? `replaced by ${record.superseded_by}` : null,
    Number(record.information_credibility) >= IMPROBABLE ? "improbable, in no range" : null,
  ));
}

function figureTable(figures, panel) {
  const newest = [...figures].sort((a, b) => ((a.as_of_date ?? "") < (b.as_of_date ?? "") ? 1 : -1));
  const heads = ["As of", "Persons", "Says who", "Records"].map((title) => el("th", { scope: "col" }, title));
  return el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ...heads)),
    el("tbody", {}, ...newest.map((f) => figureRow(f, panel))));
}

function figureRow(f, panel) {
  return el("tr", { "data-record": f.figure_id, tabindex: "-1" },
    el("td", { class: "days" }, figureDay(f)),
    el("td", {}, el("span", { class: "figure" }, heads(f, exact) ?? UNKNOWN), breakdown(f), standing(f)),
    el("td", {}, name(f.claimed_by ?? UNKNOWN), detail(f.denied_by && `denied by ${f.denied_by}`), detail(f.notes)),
    el("td", {}, el("span", { class: "id" }, f.figure_id), panel.refs(f.source_ids)));
}

/** One event; its day is a button that takes map and list there. */
function eventItem(event, panel) {
  const { words } = panel;
  const day = dayNumber(event.date);
  const text = event.date ? asOf(event.date, event.time_precision) : "day not known";
  const show = { type: "button", class: "link", title: "Show this day", click: () => panel.onDay(day) };
  const date = inDays(day, words) ? el("button", show, text) : el("span", {}, text);
  const said = statements(
    plain(event.standing),
    grades(event),
    event.claimed_by ? `claimed by ${event.claimed_by}` : null,
    event.denied_by ? `denied by ${event.denied_by}` : null,
    event.conflict_group ? `disputed: ${event.conflict_group}` : null,
    event.superseded_by ? `replaced by ${event.superseded_by}` : null,
  );
  const later = day !== null && day > words.day ? "later" : null;
  return el("li", { "data-record": event.event_id, tabindex: "-1", class: later },
    el("div", { class: "when" }, date, event.end_date ? quiet(`to ${dayText(event.end_date)}`) : null),
    el("p", { class: "what" }, name(event.title)),
    counted(event),
    event.notes ? el("p", {}, detail(event.notes)) : null,
    el("p", { class: "quiet" }, name(said), el("span", { class: "id" }, event.event_id), panel.refs(event.source_ids)));
}

function counted(event) {
  if (figure(event) === UNKNOWN) return null;
  const what = plain(event.quantity ?? event.unit ?? "persons");
  const total = event.cumulative ? ", running total" : "";
  const number = el("strong", { class: "figure", title: unrounded(figure, event) }, figure(event));
  return el("p", {}, number, ` ${what}${total}`);
}

/** When a record became known, and what it replaces or is replaced by. */
function logItem(entry, panel) {
  const said = statements(entry.known_on ? `known on ${dayText(entry.known_on)}` : plain(entry.known_by),
    plain(entry.standing), entry.replaces && `replaces ${entry.replaces}`,
    entry.replaced_by && `replaced by ${entry.replaced_by}`);
  const about = entry.title ?? `head count of ${dayText(entry.date)}`;
  return el("li", {}, name(about), el("p", { class: "quiet" }, said, " ", panel.refs([], [entry.id])));
}

function sourceItem(id, source) {
  const about = statements(
    source.publisher,
    source.published_on ? dayText(source.published_on) : "undated",
    source.source_reliability ? `reliability ${source.source_reliability}` : null,
  );
  return el("li", { "data-record": id, tabindex: "-1" }, el("span", { class: "id" }, id),
    el("div", {}, outside(source.url, source.title), el("p", { class: "quiet" }, name(about))));
}

/** What the records say against one another, with who says what and how it is shown. */
function disagreement(entry, panel) {
  const about = statements(ruleWords(entry.rule), entry.conflict_group, lasted(entry.since, entry.days));
  return el("li", {}, el("p", {}, name(entry.text)),
    entry.positions ? el("p", {}, detail(entry.positions)) : null,
    entry.handling ? el("p", {}, detail(`Shown so: ${entry.handling}`)) : null,
    ...(entry.sides ?? []).map((side) => el("p", { class: "quiet" }, name(side.says), " ",
      panel.refs([], side.records.map((one) => one.id)))),
    about ? el("p", { class: "quiet" }, about) : null);
}
