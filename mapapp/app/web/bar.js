// The head of every page: which situation, which day, and the other pages.

class Bar {
  constructor(root) {
    this.root = root;
    const find = (selector) => root.querySelector(selector);
    this.picker = find("input");
    this.picker.addEventListener("change", () => this.picker.value && this.pick(dayNumber(this.picker.value)));
    find(".before").addEventListener("click", () => this.pick(this.data.day - 1));
    find(".after").addEventListener("click", () => this.pick(this.data.day + 1));
    find(".clock").addEventListener("keydown", (event) => event.stopPropagation());
  }

  update(data, emit) {
    Object.assign(this, { data, emit });
    const find = (selector) => this.root.querySelector(selector);
    const iso = data.day === null ? null : isoDay(data.day);
    find("h1").textContent = data.title;
    find(".day").hidden = iso === null || data.clock;
    find("time").textContent = iso ? longDay(iso) : "";
    find(".clock").hidden = !data.clock;
    if (data.clock) {
      Object.assign(this.picker, { min: isoDay(data.first_day), max: isoDay(data.last_day), value: iso });
      find(".before").disabled = data.day <= data.first_day;
      find(".after").disabled = data.day >= data.last_day;
    }
    find("nav").replaceChildren(...data.pages.map((page) => this.link(page)));
  }

  pick(day) {
    this.emit("day", Math.min(Math.max(day, this.data.first_day), this.data.last_day));
  }

  /** A true link, so that it opens in a new tab; a plain click stays in the session. */
  link({ page, title, href, here }) {
    const go = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.emit("go", page);
    };
    return el("a", { href, "aria-current": here ? "page" : null, click: go }, title);
  }
}

const bars = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  if (!bars.has(parentElement)) bars.set(parentElement, new Bar(parentElement));
  bars.get(parentElement).update(data, setTriggerValue);
}
