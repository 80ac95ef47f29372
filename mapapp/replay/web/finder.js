/* Finding a place or a site by its name, in English or Arabic, however it is spelled. */
mapapp.finder = (data, symbols, phrases, choose) => {
  const { make, said } = mapapp.dom;
  const MOST = 8;

  /* Without accents, vowel signs, articles and signs; letters that are written one for another are one. */
  function plain(text) {
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
      .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
      .replace(/\u0649/g, "\u064a")
      .replace(/\u0629/g, "\u0647")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .replace(/(^| )(al|el|ar|as|ash|at|ad|az|an) /g, "$1")
      .replace(/(^| )\u0627\u0644/g, "$1")
      .trim();
  }

  const entry = (kind, record, what) => ({ kind, id: record.id, record, what, names: names(record) });
  const names = ({ name, name_ar: arabic }) => [name, arabic].filter(Boolean).map(plain);
  const all = [
    ...data.facilities.map((one) => entry("facility", one, symbols.shapeLabel(one.type))),
    ...data.places.map((one) => entry("place", one, phrases.placeType(one.type))),
  ];

  /* The best first: names that begin so, then those with a word that does, then those that hold it. */
  function rank({ names: own }, asked) {
    const ranks = own.map((name) => {
      if (name.startsWith(asked)) return 0;
      if (name.includes(` ${asked}`)) return 1;
      return name.includes(asked) ? 2 : 3;
    });
    return Math.min(...ranks);
  }

  function search(text) {
    const asked = plain(text);
    if (!asked) return [];
    const ranked = all.map((one) => [rank(one, asked), one]).filter(([found]) => found < 3);
    return ranked.sort(([a], [b]) => a - b).map(([, one]) => one);
  }

  const input = make("input", {
    type: "text", id: "find-text", role: "combobox", "aria-label": "Name of a site or place", "aria-autocomplete": "list",
    "aria-controls": "find-list", "aria-expanded": "false", placeholder: "Name, English or Arabic", spellcheck: "false",
    autocomplete: "off", dir: "auto",
  });
  const list = make("ul", { id: "find-list", role: "listbox", "aria-label": "Found" });
  const told = make("p", { class: "quiet", role: "status" });
  let found = [];
  let active = 0;

  function pick(one) {
    choose({ kind: one.kind, id: one.id });
  }

  function row(one, i) {
    const { record } = one;
    const arabic = record.name_ar ? said(record.name_ar, { lang: "ar", class: "arabic" }) : null;
    const nowhere = record.point ? "" : ", no point known";
    return make(
      "li",
      { role: "option", id: `found-${i}`, "aria-selected": String(i === active), onclick: () => pick(one) },
      make("span", {}, said(record.name), arabic),
      make("span", { class: "more" }, one.what + nowhere),
    );
  }

  function show() {
    list.replaceChildren(...found.slice(0, MOST).map(row));
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
    const more = found.length - MOST;
    if (input.value.trim() && !found.length) told.textContent = "No site or place of that name is on record.";
    else told.textContent = more > 0 ? `and ${more} more: type more of the name` : "";
  }

  function move(by) {
    const count = Math.min(MOST, found.length);
    active = count ? (active + by + count) % count : 0;
    show();
  }

  input.addEventListener("input", () => {
    found = search(input.value);
    active = 0;
    show();
  });
  input.addEventListener("keydown", (event) => {
    const acts = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => found[active] && pick(found[active]) };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });

  return { body: make("div", { class: "panel find-body" }, input, list, told), input, any: all.length > 0 };
};
