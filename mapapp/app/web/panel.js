// The panel of a facility or place over the list: everything on record about it, and where each statement comes from.

const FIRST = 6; // of the parts, up to the distance to the front: the others follow once these are drawn

class Panel {
  constructor(node, { onClose, onDay, onOpen, onEvent }) {
    Object.assign(this, { node, onClose, onDay, onOpen, onEvent, made: [], waiting: [], unfolded: new Set() });
    this.stop = () => {};
    node.addEventListener("toggle", ({ target }) => this.note(target), true); // it does not bubble
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onClose();
    });
    // A record asked for by a link stays in view while the page around the panel still finds its size.
    new ResizeObserver(() => this.aim?.scrollIntoView({ block: "nearest" })).observe(node);
    for (const type of ["wheel", "pointerdown", "keydown"]) node.addEventListener(type, () => (this.aim = null));
  }

  /** Shows a dossier; a row of the list adds the values of the day. Returns whether another subject came into view. */
  show(dossier, row, highlight, words) {
    const subject = `${dossier.kind}:${dossier.id}`;
    const fresh = subject !== this.subject || highlight !== this.highlight;
    const aiming = fresh || Boolean(this.aim);
    const scrolled = this.node.scrollTop;
    const first = highlight ? Infinity : Math.max(FIRST, fresh ? 0 : this.inSight());
    if (fresh) this.unfolded.clear();
    Object.assign(this, { subject, highlight, dossier, row, aim: null, words: { ...words, side: false } });
    this.clear();
    this.waiting = this.parts();
    this.make(first);
    this.node.hidden = false;
    if (scrolled) this.node.scrollTop = fresh ? 0 : scrolled;
    if (aiming && highlight) this.go(highlight, false);
    else if (fresh) this.node.querySelector("h2").scrollIntoView({ block: "nearest" });
    this.stop = piecemeal([...this.waiting], 1, () => this.make(1));
    return fresh;
  }

  /** How many parts there are down to the end of what the reader sees: these are made at once, or the panel would jump. */
  inSight() {
    const begins = (part) => part && part.getBoundingClientRect().top < window.innerHeight;
    return this.made.findLastIndex(begins) + 1;
  }

  /** Put the next parts under those that are there, unfolded where they were before. */
  make(many) {
    const parts = this.waiting.splice(0, many).map((make) => make());
    this.made.push(...parts);
    const there = parts.filter(Boolean);
    this.node.append(...there);
    for (const fold of there.flatMap((part) => [...part.querySelectorAll("details")])) {
      fold.open = this.unfolded.has(fold.firstChild.textContent);
      if (fold.open) fold.fill(); // at once: the reader may be as far down as that
    }
  }

  /** What the reader has unfolded stays so from day to day. */
  note(fold) {
    if (fold.open) this.unfolded.add(fold.firstChild.textContent);
    else this.unfolded.delete(fold.firstChild.textContent);
  }

  hide() {
    this.node.hidden = true;
    this.subject = null;
    this.clear();
  }

  clear() {
    this.stop();
    this.made = [];
    this.waiting = [];
    this.node.replaceChildren();
  }

  /** What makes each part, from the top down; a part that has nothing to say is null. */
  parts() {
    const { dossier, row } = this;
    const { spans, contradictions, figures, events, facilities, log, notes, sources } = dossier;
    const list = (kind, items, item) => (items?.length ? el("ul", { class: kind }, ...items.map(item)) : null);
    const against = (one) => disagreement(one, this);
    const held = Object.values(spans).some((lane) => lane.length);
    return [
      () => el("button", { type: "button", class: "back", click: this.onClose }, "Back to the list"),
      () => this.heading(),
      () => (row ? facilityValues(row, this) : spans.holder && placeValues(dossier, this)),
      () => this.part("Facilities near", list("near", facilities, (site) => this.near(site))),
      () => this.part("What held when", held ? this.spans() : null),
      () => this.part("Distance to the front", row ? this.front(row) : null),
      () => this.part("Counts, by claim", row?.counts.length ? el("div", {}, ...countsOf(row.counts, this)) : null),
      () => this.part("Persons, by claim", figures.length ? this.figures() : null),
      () => this.part("Records that disagree", list("disagreements", contradictions, against)),
      () => this.part("Events", list("events", events, (event) => eventItem(event, this))),
      () => this.part("Log of the records", log.length ? this.log(log) : null),
      () => this.part("Notes", notes ? el("p", {}, name(notes)) : null),
      () => this.part("Sources", list("sources", Object.entries(sources), ([id, source]) => sourceItem(id, source))),
    ];
  }

  part(title, content) {
    return content ? section(title, content) : null;
  }

  heading() {
    const { dossier, row, words } = this;
    const precision = dossier.precision ? el("span", { class: "quiet" }, ` · ${dossier.precision}`) : null;
    const arabic = dossier.name_ar ? name(dossier.name_ar, "arabic") : null;
    return el("header", {},
      el("h2", { tabindex: "-1" }, row ? symbol(row, words) : null, name(dossier.name), arabic),
      el("p", {}, plain(dossier.type), precision),
      dossier.alt_names ? el("p", { class: "quiet" }, "Also: ", name(dossier.alt_names)) : null);
  }

  spans() {
    const { spans, rivals = [], events } = this.dossier;
    const table = () => spanTable(spans, rivals, this.words, this);
    return el("div", {}, lanes(spans, rivals, events, this.words), foldOut("Every span with its records", table));
  }

  figures() {
    const { figures } = this.dossier;
    const title = `${plural(figures.length, "figure")} with their records`;
    return el("div", {}, figuresChart(figures, this.words), foldOut(title, () => figureTable(figures, this)));
  }

  /** Over time, and on the day with whose ground it is. */
  front(row) {
    const { words, dossier } = this;
    const steps = dossier.front.map(({ valid_from: from, km }) => [dayNumber(from), km]);
    const chart = frontChart(steps, words);
    if (!chart) return null;
    const day = dayText(isoDay(words.day));
    const whose = row.front_holder ? ` from ground of ${short(row.front_holder, words)} on ${day}` : "";
    const alert = `; up to ${words.front_alert_km} km (dashed) counts as close to the front`;
    return el("div", {}, chart, el("p", { class: "quiet" }, frontWords(row), name(whose), alert));
  }

  log(entries) {
    const list = () => el("ul", { class: "log" }, ...entries.map((entry) => logItem(entry, this)));
    return foldOut(`${plural(entries.length, "record")} by the day on which they became known`, list);
  }

  near(site) {
    const far = site.distance_km === null ? "no point on record" : `${site.distance_km.toFixed(1)} km`;
    const open = { type: "button", class: "link", click: () => this.onOpen(site.facility_id) };
    return el("li", {}, el("button", open, name(site.name)), " ", quiet(far));
  }

  /** Ids of records and sources. One that stands in the panel is a way there, another event a way to its own place. */
  refs(sources, records = []) {
    const { events, figures } = this.dossier;
    const here = new Set([...events.map((event) => event.event_id), ...figures.map((one) => one.figure_id)]);
    const link = (id, title, click) => el("button", { type: "button", title, click }, id);
    const record = (id) => here.has(id)
      ? link(id, "Show the record", () => this.go(id, true))
      : link(id, "Show the record at its place", () => this.onEvent(id));
    const source = (id) => link(id, this.dossier.sources[id]?.title ?? null, () => this.go(id, true));
    return el("span", { class: "refs" }, ...records.map(record), ...sources.map(source));
  }

  go(id, focus) {
    this.make(Infinity);
    for (const fold of this.node.querySelectorAll("details")) fold.fill();
    const target = [...this.node.querySelectorAll("[data-record]")].find((node) => node.dataset.record === id);
    if (!target) return;
    for (const other of this.node.querySelectorAll(".highlight")) other.classList.remove("highlight");
    target.classList.add("highlight");
    if (target.closest("details")) target.closest("details").open = true;
    target.scrollIntoView({ block: "nearest" });
    this.aim = focus ? null : target;
    if (focus) target.focus();
  }
}
