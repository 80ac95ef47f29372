// The list of sites: one table for both layouts. Arrow keys walk it, Enter or a click opens a site.

class List {
  constructor(table, { onOpen, onSort }) {
    Object.assign(this, { table, onOpen, onSort });
    this.head = table.querySelector("thead");
    this.body = table.querySelector("tbody");
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => this.open(event.target.closest("tr")));
  }

  show(rows, sort, selected, words) {
    this.sort = sort;
    this.columns = words.side ? COLUMNS.filter((column) => column.side) : COLUMNS;
    const focused = this.focused();
    this.showHead();
    this.body.replaceChildren(...sorted(rows, sort).map((row) => this.row(row, row.facility_id === selected, words)));
    this.rove(focused ?? selected);
    if (focused) this.find(focused)?.focus();
  }

  showHead() {
    const { column, descending } = this.sort;
    const direction = (id) => (id === column ? (descending ? "descending" : "ascending") : "none");
    const sortBy = (id) => this.onSort({ column: id, descending: id === column && !descending });
    const had = this.head.contains(this.head.getRootNode().activeElement);
    this.head.replaceChildren(el("tr", { role: "row" }, ...this.columns.map(({ id, label }) =>
      el("th", { role: "columnheader", scope: "col", "data-column": id, "aria-sort": direction(id) },
        el("button", { type: "button", click: () => sortBy(id) }, label)))));
    if (had) this.head.querySelector(`[data-column="${column}"] button`).focus();
  }

  row(row, selected, words) {
    const cells = this.columns.map(({ id, cell }) => el("td", { role: "gridcell", "data-column": id }, ...cell(row, words)));
    return el("tr", { role: "row", "data-id": row.facility_id, "aria-selected": String(selected), tabindex: "-1" }, ...cells);
  }

  key(event) {
    const rows = [...this.body.rows];
    const at = rows.indexOf(event.target.closest("tr"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.open(rows[at]);
    else if (to === undefined) return;
    else this.focus(rows[Math.min(Math.max(to, 0), rows.length - 1)]);
    event.preventDefault();
  }

  focus(row) {
    if (!row) return;
    this.rove(row.dataset.id);
    row.focus();
  }

  /** One row only is a stop for the Tab key: the one last used, else the first. */
  rove(id) {
    for (const row of this.body.rows) row.tabIndex = -1;
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
