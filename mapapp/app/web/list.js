// The list of sites: one table for both layouts. Arrow keys walk it, Enter or a click opens a site.

const PAGE = 10;
const AT_ONCE = 30; // rows that are drawn in idle time between two looks at what the reader does
const ROW_PX = 45; // few rows are lower: as many as fit on the screen are drawn before the reader sees any

class List {
  constructor(table, { onOpen, onSort }) {
    Object.assign(this, { table, onOpen, onSort });
    this.head = table.querySelector("thead");
    this.body = table.querySelector("tbody");
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => this.open(event.target.closest("tr")));
    this.drawn = new Map();
    this.stop = () => {};
    this.sight = 0;
    // Looked at while the reader scrolls: when the list is drawn anew, all would be laid out for that.
    table.parentElement.addEventListener("scroll", () => (this.sight = this.inSight()), { passive: true });
  }

  show(rows, sort, selected, words) {
    this.sort = sort;
    this.columns = words.side ? COLUMNS.filter((column) => column.side) : COLUMNS;
    const focused = this.focused();
    const all = sorted(rows, sort);
    const first = Math.max(Math.ceil(window.innerHeight / ROW_PX), this.sight);
    const stay = this.stays(all);
    const draw = (several, at) => {
      this.put(several.map((row) => this.row(row, row.facility_id === selected, words)), at, stay);
      this.rove(focused ?? selected);
      if (focused && document.activeElement === document.body) this.find(focused)?.focus(); // it went with its old row
    };
    this.stop();
    this.showHead();
    draw(all.slice(0, first), 0);
    this.stop = piecemeal(all.slice(first), AT_ONCE, (several, at) => draw(several, first + at));
  }

  /** The rows down to the end of what the reader sees: these are drawn at once, or the list would jump. */
  inSight() {
    const box = this.table.parentElement;
    if (!box.scrollTop || !this.body.rows.length) return 0;
    return Math.ceil((this.body.rows.length * (box.scrollTop + 2 * box.clientHeight)) / box.scrollHeight);
  }

  showHead() {
    const { column, descending } = this.sort;
    const had = this.head.contains(this.head.getRootNode().activeElement);
    const heads = this.columns.map(({ id, label }) => {
      const here = id === column;
      const direction = here ? (descending ? "descending" : "ascending") : "none";
      const turn = () => this.onSort({ column: id, descending: here && !descending });
      const button = el("button", { type: "button", click: turn }, label);
      return el("th", { role: "columnheader", scope: "col", "data-column": id, "aria-sort": direction }, button);
    });
    this.head.replaceChildren(el("tr", { role: "row" }, ...heads));
    if (had) this.head.querySelector(`[data-column="${column}"] button`).focus();
  }

  /** Whether the sites in the list are these, in this order. */
  stays(rows) {
    const there = [...this.body.rows];
    return there.length === rows.length && rows.every((row, at) => row.facility_id === there[at].dataset.id);
  }

  /** Rows from a place on. Those that stand as they are stay where they are: a click or a focus on one is not lost. */
  put(rows, at, stay) {
    if (stay) {
      const there = [...this.body.rows].slice(at);
      rows.forEach((row, i) => row === there[i] || there[i].replaceWith(row));
    } else if (at) this.body.append(...rows);
    else this.body.replaceChildren(...rows);
  }

  /** The row of a site, drawn anew only where it says something else than before. */
  row(row, selected, words) {
    const id = row.facility_id;
    const says = JSON.stringify([row, words.day, words.side, words.frontsKey]);
    if (this.drawn.get(id)?.says !== says) this.drawn.set(id, { says, node: this.make(row, words) });
    const { node } = this.drawn.get(id);
    node.setAttribute("aria-selected", String(selected));
    return node;
  }

  make(row, words) {
    const cells = this.columns.map(({ id, cell }) =>
      el("td", { role: "gridcell", "data-column": id }, ...cell(row, words)));
    return el("tr", { role: "row", "data-id": row.facility_id, tabindex: "-1" }, ...cells);
  }

  key(event) {
    const rows = [...this.body.rows];
    const at = rows.indexOf(event.target.closest("tr"));
    const ways = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: Infinity };
    if (event.key === "Enter" || event.key === " ") this.open(rows[at]);
    else if (event.key in ways) this.focus(rows[Math.min(Math.max(ways[event.key], 0), rows.length - 1)]);
    else return;
    event.preventDefault();
  }

  focus(row) {
    this.rove(row.dataset.id);
    row.focus();
  }

  /** One row only is a stop for the Tab key: the one last used, else the first. */
  rove(id) {
    for (const row of this.body.querySelectorAll("tr[tabindex='0']")) row.tabIndex = -1;
    const stop = this.find(id) ?? this.body.rows[0];
    if (stop) stop.tabIndex = 0;
  }

  open(row) {
    if (row) this.onOpen(row.dataset.id);
  }

  focused() {
    return this.table.getRootNode().activeElement?.closest("tbody tr")?.dataset.id ?? null;
  }

  find(id) {
    return [...this.body.rows].find((row) => row.dataset.id === id);
  }
}
