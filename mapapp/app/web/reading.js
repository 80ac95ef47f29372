// What the pages to read have in common: they are drawn anew for each piece of data, follow the clock in the head of
// the page, and lead from every record to its place on the map and from every source to where it was published.

const FEW_EVENTS = 3;
const AT_ONCE = 20; // of all lists and tables, before the reader sees any; the others follow, as many at a time
const IN_LIST = 2000;
const IN_TABLE = 200;
const KEEPS_PLACE = "data-key";

class Reading {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector(".reading");
    this.stops = [];
    this.fills = [];
    keepKeys(this.box);
    this.moved = ({ detail }) => this.ask({ date: isoDay(detail.day) });
    document.addEventListener(MOVED, this.moved);
  }

  leave() {
    document.removeEventListener(MOVED, this.moved);
  }

  update(data, emit) {
    if (data.which && data.which === this.data?.which && data.rows.length > this.data.rows.length) return this.goOn(data);
    const day = isoDay(data.day);
    rounding = data.words.rounding;
    const words = { ...data.words, day: data.day, year: Number(day.slice(0, 4)), side: false };
    Object.assign(this, { data, emit, words });
    this.box.dataset.theme = theme(this.root);
    this.box.setAttribute("aria-busy", "false");
    for (const stop of this.stops.splice(0)) stop();
    this.fills = [];
    this.left = this.box.getBoundingClientRect().top < 0 ? Infinity : AT_ONCE; // who has read on must not lose the place
    const focused = this.root.activeElement?.getAttribute(KEEPS_PLACE);
    const notices = data.notices.map((text) => el("p", { class: "notice", role: "status" }, name(text)));
    this.box.replaceChildren(...notices, ...this.parts().filter(Boolean));
    if (focused) this.box.querySelector(`[${KEEPS_PLACE}="${focused}"]`)?.focus();
    if (this.isFirst()) idle(() => this.emit("all", data.which));
  }

  /** Whether the page has the first of its rows only: it asks for the others once it shows these. */
  isFirst() {
    return false;
  }

  /** The other rows have come: lists and tables go on where they ended. */
  goOn(data) {
    this.data = data;
    this.take();
    for (const add of this.fills) add();
  }

  /** Put the rows where lists and tables have theirs. */
  take() {}

  /** Ask Python for another view, in the keys of the address. */
  ask(keys) {
    this.box.setAttribute("aria-busy", "true");
    this.emit("ask", keys);
  }

  /** A way to a facility, place or event on the map. */
  to(kind, id, text, more = {}) {
    const keys = { ...selecting(kind, id), ...more };
    return inside(".", keys, () => this.emit("go", keys), {}, name(text));
  }

  /** An event by its id, with its title; on the map it stands on its own day. */
  event(id, title = this.data.titles[id], more = {}) {
    return el("li", {}, this.to("event", id, id, more), title ? name(title, "said") : null);
  }

  /** Events one under the other; many are folded away. */
  events(ids) {
    const items = ids.map((id) => this.event(id));
    const rest = items.slice(FEW_EVENTS);
    const more = rest.length
      ? el("details", {}, el("summary", {}, `${rest.length} more`), el("ul", {}, ...rest)) : null;
    return el("div", { class: "events" }, el("ul", {}, ...items.slice(0, FEW_EVENTS)), more);
  }

  /** Sources in one line; where one was published on the web, its id leads there. */
  sources(ids) {
    const items = ids.map((id) => {
      const source = this.data.sources[id];
      const who = source?.publisher ? name(source.publisher, "said") : null;
      const link = source ? outside(source.url, id) : el("span", {}, id);
      if (source) link.title = statements(source.title, source.published_on && dayText(source.published_on));
      return el("li", {}, link, who);
    });
    return items.length ? el("ul", { class: "sources" }, ...items) : null;
  }

  grounds(events, sources) {
    return el("td", { "data-label": "Records and sources" }, events?.length ? this.events(events) : null,
      this.sources(sources));
  }

  /** The parts of the page with their number of rows, each a way down to it. */
  contents(parts) {
    const items = parts.map(([title, count, node]) => {
      const jump = () => { node.scrollIntoView(); node.querySelector("h2").focus({ preventScroll: true }); };
      return el("li", {}, el("button", { type: "button", class: "link", click: jump }, title), ` ${count}`);
    });
    return el("ul", { class: "contents", "aria-label": "On this page" }, ...items);
  }

  part(title, ...content) {
    return el("section", {}, el("h2", { tabindex: "-1" }, title), ...content.filter(Boolean));
  }

  /** A table; on a phone each row is a block, and its cells carry the title of their column. */
  table(label, heads, items, row) {
    const titles = heads.map((title) => el("th", { scope: "col" }, title));
    const body = el("tbody", {});
    const table = el("table", { "aria-label": label }, el("thead", {}, el("tr", {}, ...titles)), body);
    return el("div", { class: "wide", role: "region", tabindex: "0", "aria-label": label }, table,
      this.fill(body, items, row, IN_TABLE));
  }

  list(kind, items, item) {
    const list = el("ul", { class: kind });
    return el("div", {}, list, this.fill(list, items, item, IN_LIST));
  }

  /** Put the first of many things into a list; the button that gives the others, hidden where there are none. */
  fill(list, items, make, many) {
    let [shown, drawn, stop] = [0, 0, () => {}];
    const put = (some) => {
      list.append(...some.map((one, i) => make(one, drawn + i)));
      drawn += some.length;
    };
    const add = () => {
      stop();
      shown = Math.min(shown + many, items.length);
      const now = Math.min(AT_ONCE, this.left, shown - drawn);
      this.left -= now;
      put(items.slice(drawn, drawn + now));
      stop = piecemeal(items.slice(drawn, shown), AT_ONCE, put);
      const next = Math.min(many, items.length - shown);
      button.textContent = `Show ${count.format(next)} more of ${count.format(items.length)}`;
      button.hidden = shown === items.length;
    };
    const button = el("button", { type: "button", class: "more", click: add });
    add();
    this.fills.push(add);
    this.stops.push(() => stop());
    return button;
  }

  quiet(text) {
    return el("p", { class: "quiet" }, text);
  }
}

function cell(label, ...content) {
  return el("td", { "data-label": label }, ...content);
}

/** Streamlit's side of a page to read. */
function mounting(Page) {
  const pages = new WeakMap();
  return ({ data, parentElement, setTriggerValue }) => {
    if (!pages.has(parentElement)) pages.set(parentElement, new Page(parentElement));
    pages.get(parentElement).update(unpacked(data), setTriggerValue);
    return unlessMounted(parentElement, () => pages.get(parentElement).leave());
  };
}
