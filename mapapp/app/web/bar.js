// The head of every page: which situation, which day, as known when, and the other pages. Where there is no map, it has
// the clock.

const LATER = { page: "later", path: "later" };

class Bar {
  constructor(root) {
    this.root = root;
    const find = (selector) => root.querySelector(selector);
    this.picker = find("input");
    this.picker.addEventListener("change", () => this.typed());
    find(".clock").addEventListener("submit", (event) => event.preventDefault());
    find(".before").addEventListener("click", () => this.pick(this.day - 1));
    find(".after").addEventListener("click", () => this.pick(this.day + 1));
    keepKeys(find(".clock"));
    this.lookBack = new LookBack(find(".look"), find(".strip"), (wanted) => this.emit("look", wanted));
    this.size = new ResizeObserver(() => this.measure());
    this.size.observe(find(".bar"));
    this.follow = ({ detail }) => this.show(detail.day);
    document.addEventListener(SHOW, this.follow);
    document.addEventListener(MOVED, this.follow);
  }

  /** What stands under the head takes the height that it leaves. */
  measure() {
    document.documentElement.style.setProperty("--head", `${this.root.querySelector(".bar").offsetHeight}px`);
  }

  leave() {
    this.size.disconnect();
    this.lookBack.leave();
    document.removeEventListener(SHOW, this.follow);
    document.removeEventListener(MOVED, this.follow);
  }

  update(data, emit) {
    Object.assign(this, { data, emit });
    this.root.querySelector(".bar").dataset.theme = theme(this.root);
    const find = (selector) => this.root.querySelector(selector);
    find("h1").textContent = data.title;
    find(".clock").hidden = !data.clock;
    find("nav").replaceChildren(...data.pages.map((page) => this.link(page)));
    const here = find("nav [aria-current]");
    find("nav").scrollLeft = here.offsetLeft + here.offsetWidth - find("nav").offsetLeft - find("nav").clientWidth;
    const link = (text) => this.link({ ...LATER, title: text });
    this.lookBack.show({ ...data.look_back, link }, data.first_day);
    this.show(data.day);
  }

  show(day) {
    this.day = day;
    noteVisit(this.data.visit, day);
    this.root.querySelector(".long").textContent = longDay(isoDay(day));
    this.root.querySelector(".short").textContent = dayText(isoDay(day));
    this.picker.value = isoDay(day);
    this.root.querySelector(".before").disabled = day <= this.data.first_day;
    this.root.querySelector(".after").disabled = day >= this.data.last_day;
  }

  /** A day typed wrongly is put back to the one shown. */
  typed() {
    const day = /^\d{4}-\d\d-\d\d$/.test(this.picker.value) ? dayNumber(this.picker.value) : NaN;
    if (Number.isNaN(day)) this.show(this.day);
    else this.pick(day);
  }

  pick(day) {
    const within = Math.min(Math.max(day, this.data.first_day), this.data.last_day);
    say(MOVED, { day: within });
  }

  link({ page, title, note, path, here }) {
    const about = { "aria-current": here ? "page" : null };
    const words = note ? el("span", { class: "note", title: note }, ...this.note(note)) : null;
    return inside(path, {}, () => this.emit("go", page), about, title, words);
  }

  /** The number and its words apart: a phone has room for the number only, and its reader's voice for both. */
  note(text) {
    const [number, ...words] = text.split(" ");
    return [el("b", {}, number), el("span", {}, ` ${words.join(" ")}`)];
  }
}

const bars = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  if (!bars.has(parentElement)) bars.set(parentElement, new Bar(parentElement));
  bars.get(parentElement).update(data, setTriggerValue);
  return unlessMounted(parentElement, () => bars.get(parentElement).leave());
}
