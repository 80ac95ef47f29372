// The parts of the panel that show one record each: a head count, an event, a source.

function section(title, ...content) {
  return el("section", {}, el("h3", {}, title), ...content);
}

const BREAKDOWN = ["syrian", "iraqi", "third_country", "women", "children"];

function breakdown(record) {
  const parts = BREAKDOWN.filter((part) => (record[part] ?? null) !== null).map((part) => `${plain(part)} ${count.format(record[part])}`);
  return parts.length ? el("span", { class: "detail" }, `of these: ${parts.join(", ")}`) : null;
}

/** Why a record does not count any more, or not for much. */
function standing(record) {
  const said = [record.superseded_by ? `replaced by ${record.superseded_by}` : null,
    Number(record.information_credibility) >= 5 ? "improbable, in no range" : null].filter(Boolean);
  return said.length ? el("span", { class: "detail" }, said.join("; ")) : null;
}

function figureTable(figures, panel) {
  const newest = [...figures].sort((a, b) => ((a.as_of_date ?? "") < (b.as_of_date ?? "") ? 1 : -1));
  return el("table", { class: "plain" },
    el("thead", {}, el("tr", {}, ...["As of", "Persons", "Says who", "Records"].map((title) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, ...newest.map((f) => el("tr", { "data-record": f.figure_id, tabindex: "-1" }, el("td", { class: "days" }, asOf(f.as_of_date, f.time_precision)),
      el("td", {}, el("span", { class: "figure" }, heads(f) ?? UNKNOWN), breakdown(f), standing(f)),
      el("td", {}, name(f.claimed_by ?? UNKNOWN), f.denied_by ? name(`denied by ${f.denied_by}`, "detail") : null, f.notes ? name(f.notes, "detail") : null),
      el("td", {}, el("span", { class: "id" }, f.figure_id), panel.refs(f.source_ids))))));
}

/** One event; its day is a button that takes map and list there. */
function eventItem(event, panel) {
  const { words } = panel;
  const day = dayNumber(event.date);
  const within = day !== null && day >= words.first_day && day <= words.last_day;
  const date = within
    ? el("button", { type: "button", class: "link", title: "Show this day", click: () => panel.onDay(day) }, asOf(event.date, event.time_precision))
    : el("span", {}, event.date ? asOf(event.date, event.time_precision) : "day not known");
  const who = [event.claim_state ? plain(event.claim_state) : null, event.claimed_by ? `claimed by ${event.claimed_by}` : null,
    event.denied_by ? `denied by ${event.denied_by}` : null, event.conflict_group ? `disputed: ${event.conflict_group}` : null,
    event.superseded_by ? `replaced by ${event.superseded_by}` : null].filter(Boolean);
  const number = (event.low ?? event.best ?? event.high ?? null) === null ? null
    : el("p", {}, el("strong", { class: "figure" }, figure(event)), ` ${plain(event.quantity ?? event.unit ?? "persons")}${event.cumulative ? ", running total" : ""}`);
  return el("li", { "data-record": event.event_id, tabindex: "-1", class: day !== null && day > words.day ? "later" : null },
    el("div", { class: "when" }, date, event.end_date ? el("span", { class: "since" }, `to ${dayText(event.end_date)}`) : null),
    el("p", { class: "what" }, name(event.title)), number,
    event.notes ? el("p", { class: "detail" }, name(event.notes)) : null,
    el("p", { class: "quiet" }, name(who.join(" · ")), el("span", { class: "id" }, event.event_id), panel.refs(event.source_ids)));
}

function sourceItem(id, source) {
  const about = [source.publisher, source.published_on ? dayText(source.published_on) : "undated", source.source_reliability ? `reliability ${source.source_reliability}` : null];
  return el("li", { "data-record": id, tabindex: "-1" }, el("span", { class: "id" }, id),
    el("div", {}, outside(source.url, source.title), el("p", { class: "quiet" }, name(about.filter(Boolean).join(" · ")))));
}
