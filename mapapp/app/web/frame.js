// The map: the replay page in a sandboxed frame, put up once for the records it shows and not again for any day or
// filter. It has no way to the app but messages.

class Frame {
  constructor(root) {
    this.root = root;
    this.turn = 0; // of the last thing said to the page; it comes back with what the page says
    this.at = null; // the part of the map that is seen
    this.heard = (event) => this.hear(event);
    this.shown = (event) => this.show(event.detail);
    window.addEventListener("message", this.heard);
    document.addEventListener(SHOW, this.shown);
  }

  /** Other records are another page; what was looked at stays, and is told to it once it is ready. */
  update({ html, title }) {
    if (html === this.html) return void this.dress();
    this.html = html;
    this.ready = false;
    // Scripts, and the field for a day, which is a form; the page's own policy lets no form go anywhere.
    const sandbox = "allow-scripts allow-forms";
    this.frame = el("iframe", { sandbox, title, srcdoc: html, referrerpolicy: "no-referrer" });
    this.root.querySelector(".frame").replaceChildren(this.frame);
    say(HELLO);
  }

  leave() {
    window.removeEventListener("message", this.heard);
    document.removeEventListener(SHOW, this.shown);
  }

  hear({ source, data }) {
    if (source !== this.frame.contentWindow || data?.mapapp !== 1) return;
    if (data.type === "ready") {
      this.ready = true;
      this.post({ at: this.at });
    } else if (data.type === "view" && data.turn === this.turn) {
      this.at = data.at;
    } else if (data.type === "state" && data.turn === this.turn) {
      this.view = tidy(data);
      say(MOVED, { ...this.view, playing: data.playing === true });
    }
  }

  show(view) {
    this.view = view;
    this.post();
  }

  post(more = {}) {
    if (!this.ready || !this.view) return;
    this.turn += 1;
    this.send({ type: "set", ...this.view, ...more, turn: this.turn, theme: theme(this.root) });
  }

  dress() {
    if (this.ready) this.send({ type: "set", theme: theme(this.root) });
  }

  send(message) {
    this.frame.contentWindow.postMessage({ mapapp: 1, ...message }, "*");
  }
}

const frames = new WeakMap();

export default function mount({ data, parentElement }) {
  if (!frames.has(parentElement)) frames.set(parentElement, new Frame(parentElement));
  frames.get(parentElement).update(data);
  return unlessMounted(parentElement, () => frames.get(parentElement).leave());
}
