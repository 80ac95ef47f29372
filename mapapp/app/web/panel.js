// The panel of one facility or place over the list: everything on record about it, and where each statement comes from.

class Panel {
  constructor(node, { onClose, onDay, onOpen, onEvent }) {
    Object.assign(this, { node, onClose, onDay, onOpen });
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onClose();
    });
  }

  /** Shows a dossier; a row of the list adds the values of the day. Returns whether another subject came into view. */
  show(dossier, row, highlight, words) {
    const subject = `${dossier.kind}:${dossier.id}`;
    const fresh = subject !== this.subject || highlight !== this.highlight;
    const scrolled = this.node.scrollTop;
    Object.assign(this, { subject, highlight, dossier, words });
    const back = el("button", { type: "button", class: "back", click: this.onClose }, "Back to the list");
    const parts = [back, this.heading(row), row ? this.values(row) : null, this.spans(), row ? this.counts(row.counts) : null, this.figures(),
      this.events(), this.near(), this.notes(), this.sources()];
    this.node.replaceChildren(...parts.filter(Boolean));
    this.node.hidden = false;
    this.node.scrollTop = fresh ? 0 : scrolled;
    if (fresh && highlight) this.go(highlight, false);
    else if (fresh) this.node.querySelector("h2").scrollIntoView({ block: "nearest" });
    return fresh;
  }

  hide() {
    this.node.hidden = true;
    this.subject = null;
    this.node.replaceChildren();
  }

  heading(row) {
    const { dossier, words } = this;
    const others = dossier.alt_names ? el("p", { class: "quiet" }, "Also: ", name(dossier.alt_names)) : null;
    const kind = el("p", {}, plain(dossier.type), dossier.precision ? el("span", { class: "quiet" }, ` · ${dossier.precision}`) : null);
    const title = el("h2", { tabindex: "-1" }, row ? symbol(row, words) : null, name(dossier.name),
      dossier.name_ar ? name(dossier.name_ar, "arabic") : null);
    return el("header", {}, title, kind, others);
  }

  values(row) {
    const { words } = this;
    const held = row.persons;
    const detail = (text) => (text ? name(text, "detail") : null);
    const front = row.front_km === null ? null : `ground of ${words.actors[row.front_holder]?.short ?? row.front_holder} is ${row.front_km} km away`;
    const pairs = [
      ["Status", "status", status(row, words), since(row.status_since, words), detail(row.status_note)],
      ["Operator", "operator", holder(row.operator, words), since(row.operator_since, words)],
      ["Guard", "guard", holder(row.guard, words), since(row.guard_since, words), detail(row.guard_unit)],
      ["Ground", "ground_holder", holder(row.ground_holder, words), since(row.ground_since, words),
        contested(row.ground_contested_by, words), contradiction(row), detail([row.ground_basis, front].filter(Boolean).join("; "))],
      ["Persons", null, ...persons(row, words).slice(0, 2), ...(held ? held.claims.map((claim) => this.claim(claim)) : [])],
      ["Verified", null, verified(row), row.last_verified_on ? el("span", { class: "since" }, dayText(row.last_verified_on)) : null],
    ];
    return el("dl", { class: "values" }, ...pairs.flatMap(([label, attribute, ...content]) => [
      el("dt", {}, label), el("dd", {}, ...content, attribute ? this.refs([], this.current(attribute)) : null)]));
  }

  claim(claim) {
    const text = `${heads(claim) ?? UNKNOWN}, ${claim.claimed_by ?? "claimant unknown"}${claim.left_out ? " (improbable, left out of the range)" : ""}`;
    return el("span", { class: "detail" }, name(text), " ", this.refs(claim.source_ids, [claim.figure_id]));
  }

  /** The records behind the value of an attribute on the day shown. */
  current(attribute) {
    return (this.dossier.spans[attribute] ?? []).find((span) => span.current)?.event_ids ?? [];
  }

  spans() {
    const { spans } = this.dossier;
    if (!Object.values(spans).some((lane) => lane.length)) return null;
    return section("What held when", lanes(spans, this.words),
      el("details", {}, el("summary", {}, "Every span with its records"), spanTable(spans, this.words, this)));
  }

  counts(counts) {
    if (!counts?.length) return null;
    return section("Counts, by claim", ...counts.map(({ title, date, quantity, cumulative, claims }) => el("div", { class: "claims" },
      el("h4", {}, name(title), el("span", { class: "quiet" }, ` ${dayText(date)} · ${plain(quantity)}${cumulative ? ", running total" : ""}`)),
      el("ul", {}, ...claims.map((claim) => el("li", {}, el("strong", { class: "figure" }, figure(claim)),
        name(claim.claimed_by ?? "claimant unknown"), claim.denied_by ? name(`denied by ${claim.denied_by}`, "detail") : null, this.refs(claim.source_ids, [claim.event_id])))))));
  }

  figures() {
    const { figures } = this.dossier;
    if (!figures.length) return null;
    return section("Persons, by claim", figuresChart(figures, this.words),
      el("details", {}, el("summary", {}, `${plural(figures.length, "figure")} with their records`), figureTable(figures, this)));
  }

  events() {
    const { events } = this.dossier;
    if (!events.length) return null;
    return section("Events", el("ol", { class: "events" }, ...events.map((event) => eventItem(event, this))));
  }

  near() {
    const { facilities: near } = this.dossier;
    if (!near?.length) return null;
    return section("Facilities near", el("ul", { class: "near" }, ...near.map((site) => el("li", {},
      el("button", { type: "button", class: "link", click: () => this.onOpen(site.facility_id) }, name(site.name)), site.distance_km === null ? " no point on record" : ` ${site.distance_km.toFixed(1)} km`))));
  }

  notes() {
    return this.dossier.notes ? section("Notes", el("p", {}, name(this.dossier.notes))) : null;
  }

  sources() {
    const entries = Object.entries(this.dossier.sources);
    if (!entries.length) return null;
    return section("Sources", el("ul", { class: "sources" }, ...entries.map(([id, source]) => sourceItem(id, source))));
  }

  /** Ids of records and sources. One that stands in the panel is a way there, another event a way to its own place. */
  refs(sources, events = []) {
    const here = new Set([...this.dossier.events.map((event) => event.event_id), ...this.dossier.figures.map((f) => f.figure_id)]);
    const link = (id, title, click) => el("button", { type: "button", title, click }, id);
    return el("span", { class: "refs" },
      ...events.map((id) => (here.has(id) ? link(id, "Show the record", () => this.go(id, true)) : link(id, "Show the record at its place", () => this.onEvent(id)))),
      ...sources.map((id) => link(id, this.dossier.sources[id]?.title ?? null, () => this.go(id, true))));
  }

  go(id, focus) {
    const target = [...this.node.querySelectorAll("[data-record]")].find((node) => node.dataset.record === id);
    if (!target) return;
    for (const other of this.node.querySelectorAll(".highlight")) other.classList.remove("highlight");
    target.classList.add("highlight");
    if (target.closest("details")) target.closest("details").open = true;
    target.scrollIntoView({ block: "nearest" });
    if (focus) target.focus();
  }
}
