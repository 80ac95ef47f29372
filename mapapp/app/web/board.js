// The board: the list of sites on a day and the panel of the one selected. Streamlit calls the exported function at the
// start and whenever Python has new data; everything in between happens here, at once.

class Board {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector(".board");
    this.sort = { column: "name", descending: false };
    this.order = -1;
    this.playing = false;
    this.kept = {};
    this.search = root.querySelector("input[type=search]");
    this.search.addEventListener("input", () => this.draw());
    this.build();
    keepKeys(this.box);
    this.listeners = { [MOVED]: (event) => this.follow(event.detail), [HELLO]: () => this.tell() };
    for (const [type, listener] of Object.entries(this.listeners)) document.addEventListener(type, listener);
    this.narrow = window.matchMedia("(max-width: 700px)");
    this.turned = () => this.lay();
    this.narrow.addEventListener("change", this.turned);
  }

  build() {
    const open = (id) => this.select({ kind: "facility", id });
    this.list = new List(this.root.querySelector("table"), {
      onOpen: open,
      onSort: (sort) => {
        this.sort = sort;
        this.draw();
      },
    });
    this.panel = new Panel(this.root.querySelector(".panel"), {
      onClose: () => this.close(),
      onDay: (day) => this.move({ day }),
      onOpen: open,
      onEvent: (id) => this.select({ kind: "event", id }),
    });
    const change = (id, codes) => this.move({ filters: { ...this.view.filters, [id]: codes } });
    this.menus = FILTERS.map((filter) => new FilterMenu(filter, change));
    this.root.querySelector(".filters").append(...this.menus.map((menu) => menu.node));
  }

  leave() {
    for (const [type, listener] of Object.entries(this.listeners)) document.removeEventListener(type, listener);
    this.narrow.removeEventListener("change", this.turned);
  }

  /** New data from Python. Its view counts only where Python moved by itself (a link, Back in the browser). */
  update(data, emit) {
    Object.assign(this, { data, emit });
    const view = tidy(data.view);
    if (data.order !== this.order) {
      this.order = data.order;
      this.view = view;
      this.tell();
    }
    this.box.dataset.theme = theme(this.root);
    // Data of a view that the reader has left already: what is on screen stays, greyed, until the right one comes.
    this.keep(data.large);
    if (this.given()) this.settle(view);
    else if (same(view, this.view)) this.ask();
  }

  /** What is large comes with its key, and once: what this window says it still has is not sent again. */
  keep(large) {
    const read = { rows: outOfColumns, fronts: (packed) => new Fronts(packed, this.data.words.first_day) };
    const had = this.kept;
    this.kept = Object.fromEntries(Object.entries(large).map(([name, { key, value }]) =>
      [name, value === null && had[name]?.key === key ? had[name] : { key, value: value && read[name](value) }]));
  }

  /** Whether Python has given all that is needed to show the view. */
  given() {
    return this.data !== undefined && this.whole() && same(tidy(this.data.view), this.view);
  }

  whole() {
    return Object.values(this.kept).every(({ value }) => value !== null);
  }

  /** A phone has no room for all columns. */
  layout() {
    return this.narrow.matches ? "side" : this.data.layout;
  }

  /** The window has another size: the same in the other layout. */
  lay() {
    if (!this.words) return;
    this.box.dataset.layout = this.layout();
    this.words = { ...this.words, side: this.layout() === "side" };
    this.draw();
  }

  settle({ day }) {
    const { words } = this.data;
    const { rows, fronts } = this.kept;
    this.box.dataset.layout = this.layout();
    rounding = words.rounding;
    const year = Number(isoDay(day).slice(0, 4));
    this.words = { ...words, side: this.layout() === "side", day, year };
    Object.assign(this.words, { fronts: fronts?.value, frontsKey: fronts?.key });
    this.rows = rows.value;
    this.box.setAttribute("aria-busy", "false");
    this.showNotices();
    this.showPanel(); // it looks what of it is in sight: once the list has changed, all would be laid out for that
    this.draw();
  }

  /** The reader did something here: show it, tell the map, tell Python. */
  move(change) {
    this.view = tidy({ ...this.view, ...change });
    this.playing = false;
    this.tell();
    this.ask();
    this.draw();
  }

  /** The reader did something on the map, or with the clock in the head of the page. */
  follow({ playing = false, ...change }) {
    const view = this.view && tidy({ ...this.view, ...change });
    if (!view || (same(view, this.view) && playing === this.playing)) return;
    const redraw = !same({ ...view, day: null }, { ...this.view, day: null });
    this.playing = playing;
    this.view = view;
    this.ask();
    if (redraw) this.draw();
  }

  ask() {
    const held = Object.entries(this.kept).map(([name, { key, value }]) => [name, value && key]);
    this.emit("view", { ...this.view, playing: this.playing, held: Object.fromEntries(held) });
    // Where Python has given this view already, nothing new comes: what it gave is shown again.
    if (this.given()) this.settle(this.view);
    else this.box.setAttribute("aria-busy", "true");
  }

  tell() {
    if (this.view) say(SHOW, this.view);
  }

  select(selected) {
    this.byHand = true;
    this.move({ selected });
  }

  close() {
    const { selected } = this.view;
    this.move({ selected: null });
    this.panel.hide();
    const row = selected && this.list.find(selected.id);
    if (row) this.list.focus(row);
    else this.search.focus();
  }

  draw() {
    if (!this.rows) return;
    const { selected, filters } = this.view;
    const needle = fold(this.search.value.trim());
    const shown = this.rows.filter((row) => passes(row, filters, needle));
    for (const menu of this.menus) menu.show(this.rows, filters[menu.filter.id], this.words);
    this.list.show(shown, this.sort, selected?.kind === "facility" ? selected.id : null, this.words);
    this.root.querySelector(".summary").replaceChildren(...this.summary(shown));
    this.showEmpty(shown.length === 0);
  }

  summary(shown) {
    const recent = shown.filter((row) => row.staleness_days !== null && row.staleness_days <= 30).length;
    const day = el("time", {}, dayText(isoDay(this.words.day)));
    const sites = plural(this.rows.length, "site");
    const [bold, rest] = shown.length < this.rows.length
      ? [`${shown.length} of ${sites}`, ` · ${recent} verified`]
      : [`${recent} of ${sites}`, " verified"];
    return [el("strong", {}, bold), `${rest} in the last 30 days · `, this.contradictions(), day];
  }

  /** How many contradictions the list of the day has, and the way there. */
  contradictions() {
    const go = () => this.emit("page", "contradictions");
    return inside("contradictions", {}, go, { class: "more" }, plural(this.data.contradictions, "contradiction"));
  }

  showEmpty(empty) {
    const box = this.root.querySelector(".empty");
    box.hidden = !empty;
    if (!empty) return;
    if (!this.rows.length) return void box.replaceChildren("This situation has no facilities that could be read.");
    const clear = () => {
      this.search.value = "";
      this.move({ filters: {} });
    };
    const button = el("button", { type: "button", click: clear }, "Clear search and filters");
    box.replaceChildren(el("p", {}, "No site fits the search and the filters."), button);
  }

  showNotices() {
    const notices = this.data.notices.map((text) => el("p", {}, name(text)));
    this.root.querySelector(".notices").replaceChildren(...notices);
  }

  showPanel() {
    const { dossier, row, highlight } = this.data;
    if (!dossier) return void this.panel.hide();
    const fresh = this.panel.show(dossier, row, highlight, this.words);
    if (fresh && this.byHand) this.root.querySelector(".panel h2").focus({ preventScroll: true });
    this.byHand = false;
  }
}

const boards = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  if (!boards.has(parentElement)) boards.set(parentElement, new Board(parentElement));
  boards.get(parentElement).update(unpacked(data), setTriggerValue);
  return unlessMounted(parentElement, () => boards.get(parentElement).leave());
}
