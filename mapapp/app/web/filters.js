// What the reader has narrowed the list to: words in the search box, and kinds, statuses and holders.

const FILTERS = [
  { id: "facility_types", label: "Kind", of: (row) => row.facility_type, word: (code) => plain(code) },
  { id: "statuses", label: "Status", of: (row) => row.status, word: (code) => plain(code) },
  { id: "holders", label: "Ground", of: (row) => row.ground_holder, word: (code, words) => words.actors[code]?.short ?? plain(code) },
];

/** Every value that the list holds for one filter, or that is chosen, with its number of sites; `unknown` comes last. */
function choices(filter, rows, chosen, words) {
  const tally = new Map(chosen.map((code) => [code, 0]));
  for (const row of rows) {
    const code = filter.of(row) ?? UNKNOWN;
    tally.set(code, (tally.get(code) ?? 0) + 1);
  }
  const place = ([code]) => (code === UNKNOWN ? "\uffff" : fold(filter.word(code, words)));
  return [...tally].sort((a, b) => (place(a) < place(b) ? -1 : 1));
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
    this.button = el("button", { type: "button", class: "menu", "aria-label": `Filter by ${filter.label.toLowerCase()}`, "aria-expanded": "false", click: () => this.open(this.list.hidden) });
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
    const entries = choices(this.filter, rows, chosen, words);
    this.keep(entries.map(([code]) => code), words);
    for (const [code, number] of entries) {
      const { box, tally } = this.boxes.get(code);
      box.checked = chosen.includes(code);
      tally.textContent = String(number);
    }
  }

  /** The boxes are made anew only where other values come: the one with the focus must not go from under the reader. */
  keep(codes, words) {
    if (this.boxes && same([...this.boxes.keys()], codes)) return;
    this.boxes = new Map(codes.map((code) => [code, {
      box: el("input", { type: "checkbox", value: code, change: () => this.toggle(code) }),
      tally: el("span", { class: "number" }),
      word: name(this.filter.word(code, words)),
    }]));
    this.list.replaceChildren(...[...this.boxes.values()].map(({ box, tally, word }) => el("label", {}, box, word, tally)));
  }

  toggle(code) {
    const others = this.chosen.filter((other) => other !== code);
    this.onChange(this.filter.id, others.length < this.chosen.length ? others : [...others, code]);
  }
}
