// The map: the replay page in a sandboxed frame, put up once and never again. It has no way to the app but messages.

class Frame {
  constructor(root, { html, title }) {
    this.root = root;
    this.ready = false;
    this.turn = 0; // of the last thing said to the page; it comes back with what the page says
    // Scripts, and the field for a day, which is a form; the page's own policy lets no form go anywhere.
    const sandbox = "allow-scripts allow-forms";
    this.frame = el("iframe", { sandbox, title, srcdoc: html, referrerpolicy: "no-referrer" });
    this.heard = (event) => this.hear(event);
    this.shown = (event) => this.show(event.detail);
    window.addEventListener("message", this.heard);
    document.addEventListener(SHOW, this.shown);
    root.querySelector(".frame").append(this.frame);
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
      this.post();
    } else if (data.type === "state" && data.turn === this.turn) {
      this.view = tidy(data);
      say(MOVED, { ...this.view, playing: data.playing === true });
    }
  }

  show(view) {
    this.view = view;
    this.post();
  }

  post() {
    if (!this.ready || !this.view) return;
    this.turn += 1;
    this.send({ type: "set", ...this.view, turn: this.turn, theme: theme(this.root) });
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
  if (frames.has(parentElement)) frames.get(parentElement).dress();
  else frames.set(parentElement, new Frame(parentElement, data));
  return unlessMounted(parentElement, () => frames.get(parentElement).leave());
}
