// What the reader has narrowed the list to: words in the search box, and kinds, statuses and holders.

const FILTERS = [
  { id: "facility_types", label: "Kind", of: (row) => row.facility_type, word: plain },
  { id: "statuses", label: "Status", of: (row) => row.status, word: plain },
  { id: "holders", label: "Ground", of: (row) => row.ground_holder, word: short },
];

/** Each value that the list holds for one filter, or that is chosen, with its number of sites; `unknown` comes last. */
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
  if (!folded.has(row)) {
    const names = [row.name, row.name_ar, row.alt_names, row.facility_id];
    folded.set(row, fold(names.filter(Boolean).join(" | ")));
  }
  return folded.get(row);
}

/** A menu of one filter: a button that says how many values are chosen, and a list of boxes under it. */
class FilterMenu {
  constructor(filter, onChange) {
    Object.assign(this, { filter, onChange, chosen: [], boxes: new Map() });
    const says = { "aria-label": `Filter by ${filter.label.toLowerCase()}`, "aria-expanded": "false" };
    const turn = () => this.open(this.list.hidden);
    this.list = el("div", { class: "choices", role: "group", "aria-label": filter.label, hidden: true });
    this.button = el("button", { type: "button", class: "menu", ...says, click: turn });
    const listeners = { focusout: (event) => this.left(event), keydown: (event) => this.key(event) };
    this.node = el("div", { class: "filter", ...listeners }, this.button, this.list);
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
    const badge = chosen.length ? el("span", { class: "badge" }, String(chosen.length)) : "";
    this.button.replaceChildren(this.filter.label, badge);
    const entries = choices(this.filter, rows, chosen, words);
    this.keep(entries.map(([code]) => code), words);
    for (const [code, number] of entries) {
      const { box, tally } = this.boxes.get(code);
      box.checked = chosen.includes(code);
      tally.textContent = String(number);
    }
  }

  /** The boxes are made anew only where other values come: the one in focus must not go from under the reader. */
  keep(codes, words) {
    if (same([...this.boxes.keys()], codes)) return;
    const make = (code) => ({
      box: el("input", { type: "checkbox", value: code, change: () => this.toggle(code) }),
      word: name(this.filter.word(code, words)),
      tally: el("span", { class: "number" }),
    });
    this.boxes = new Map(codes.map((code) => [code, make(code)]));
    const labels = [...this.boxes.values()].map(({ box, word, tally }) => el("label", {}, box, word, tally));
    this.list.replaceChildren(...labels);
  }

  toggle(code) {
    const others = this.chosen.filter((other) => other !== code);
    this.onChange(this.filter.id, others.length < this.chosen.length ? others : [...others, code]);
  }
}
