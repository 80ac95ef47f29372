// What came later than the known day, in the order in which it came.

class Later extends Reading {
  parts() {
    const { rows, known, day } = this.data;
    if (known === null) {
      return [el("h1", {}, "What came later"),
        this.quiet("All records are looked at. To look back, choose a day under “as known” above.")];
    }
    const since = el("time", {}, dayText(isoDay(known)));
    const title = el("h1", {}, `${plural(this.data.total, "record")} came after `, since);
    const about = (row) => (dayNumber(row.date) ?? -Infinity) <= day;
    const parts = [
      [`About ${dayText(isoDay(day))} and before`, rows.filter(about)],
      ["About later days", rows.filter((row) => !about(row))],
    ].filter(([, several]) => several.length)
      .map(([words, several]) => [words, several.length, this.part(words, this.came(words, several))]);
    const { total } = this.data;
    const cut = total > rows.length ? ` The first ${count.format(rows.length)} are listed.` : "";
    const note = this.quiet("Each record leads to its place among all that is on record." + cut);
    return [title, ...(parts.length ? [note, this.contents(parts)] : [this.quiet("Nothing came later.")]),
      ...parts.map(([, , node]) => node)];
  }

  came(label, rows) {
    return this.table(label, ["Became known", "Record", "What came", "Sources that came"], rows,
      (row) => this.row(row));
  }

  row(row) {
    const { kinds } = this.data;
    const event = row.table === "events";
    const later = row.days_later > 0 ? el("p", { class: "quiet" }, `${plural(row.days_later, "day")} later`) : null;
    const own = row.date ? dayText(row.date) : "day not known";
    const change = row.was && row.was !== row.now ? `${row.was} → ${row.now}` : row.now;
    return el("tr", {},
      el("th", { scope: "row" }, row.known_on ? dayText(row.known_on) : "day not known", later),
      cell("Record", event ? this.to("event", row.id, row.id, { known: null }) : row.id, name(row.title, "said"),
        el("p", { class: "quiet" }, name(statements(own, row.claimed_by && `claimed by ${row.claimed_by}`,
          row.denied_by && `denied by ${row.denied_by}`)))),
      cell("What came", kinds[row.kind], row.replaces ? ` (${row.replaces})` : "", el("p", { class: "quiet" }, change)),
      cell("Sources that came", this.sources(row.source_ids) ?? el("span", { class: "quiet" }, "none of its own")));
  }
}

export default mounting(Later);
