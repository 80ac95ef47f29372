// What the reader has narrowed the list to: words in the search box, and kinds, statuses and holders.

const FILTERS = [
  { id: "facility_types", label: "Kind", of: (row) => row.facility_type, word: (code) => plain(code) },
  { id: "statuses", label: "Status", of: (row) => row.status, word: (code) => plain(code) },
  { id: "holders", label: "Ground", of: (row) => row.ground_holder, word: (code, words) => words.actors[code]?.short ?? plain(code) },
];

/** Every value that the list holds for one filter with its number of sites, commonest first. No value is `unknown`. */
function choices(filter, rows, chosen) {
  const tally = new Map(chosen.map((code) => [code, 0]));
  for (const row of rows) {
    const code = filter.of(row) ?? UNKNOWN;
    tally.set(code, (tally.get(code) ?? 0) + 1);
  }
  return [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function passes(row, chosen, needle) {
  for (const filter of FILTERS) {
    const wanted = chosen[filter.id];
    if (wanted.length && !wanted.includes(filter.of(row) ?? UNKNOWN)) return false;
  }
  return !needle || searchable(row).includes(needle);
}

const folded = new WeakMap();

/** Everything a site may be looked up by, folded once per row. */
function searchable(row) {
  if (!folded.has(row)) folded.set(row, fold([row.name, row.name_ar, row.alt_names, row.facility_id].filter(Boolean).join(" | ")));
  return folded.get(row);
}

/** A menu of one filter: a button that says how many are chosen, and a list of boxes under it. */
class FilterMenu {
  constructor(filter, onChange) {
    Object.assign(this, { filter, onChange, chosen: [] });
    this.list = el("div", { class: "choices", role: "group", "aria-label": filter.label, hidden: true });
    this.button = el("button", { type: "button", class: "menu", "aria-expanded": "false", click: () => this.open(this.list.hidden) });
    this.node = el("div", { class: "filter", focusout: (event) => this.left(event), keydown: (event) => this.key(event) },
      this.button, this.list);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.button.setAttribute("aria-expanded", String(yes));
    if (yes) this.list.querySelector("input")?.focus();
  }

  left(event) {
    if (!this.node.contains(event.relatedTarget)) this.open(false);
  }

  key(event) {
    if (event.key !== "Escape" || this.list.hidden) return;
    event.stopPropagation();
    this.open(false);
    this.button.focus();
  }

  show(rows, chosen, words) {
    this.chosen = chosen;
    this.button.replaceChildren(this.filter.label, chosen.length ? el("span", { class: "badge" }, String(chosen.length)) : "");
    const had = this.list.contains(this.list.getRootNode().activeElement) ? this.list.getRootNode().activeElement.value : null;
    this.list.replaceChildren(...choices(this.filter, rows, chosen).map((choice) => this.choice(choice, words)));
    if (had !== null) [...this.list.querySelectorAll("input")].find((box) => box.value === had)?.focus();
  }

  choice([code, number], words) {
    const box = el("input", { type: "checkbox", value: code, checked: this.chosen.includes(code), change: () => this.toggle(code) });
    return el("label", {}, box, name(this.filter.word(code, words)), el("span", { class: "number" }, String(number)));
  }

  toggle(code) {
    const others = this.chosen.filter((other) => other !== code);
    this.onChange(this.filter.id, others.length < this.chosen.length ? others : [...others, code]);
  }
}
