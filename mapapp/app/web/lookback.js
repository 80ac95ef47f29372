// Which records are looked at: a button that says so, a small form under it, and a strip that no picture of the page
// can be without.

class LookBack {
  constructor(node, strip, ask) {
    Object.assign(this, { node, strip, ask });
    this.button = el("button", { type: "button", class: "known", "aria-expanded": "false", click: () => this.turn() });
    this.field = el("input", { type: "text", inputmode: "numeric", maxlength: 10, id: "known", autocomplete: "off",
      spellcheck: "false", "aria-describedby": "known-days", input: () => this.field.removeAttribute("aria-invalid") });
    this.hint = el("p", { class: "hint", id: "known-days", role: "status" });
    this.all = el("button", { type: "button", click: () => this.close({ known: null }) }, "Today: all on record");
    this.box = el("input", { type: "checkbox", change: () => this.look({ confirmed: this.box.checked }) });
    this.form = el("form", { class: "choice", hidden: true, novalidate: true, submit: (event) => this.typed(event) },
      el("label", { for: "known" }, "As known on (YYYY-MM-DD)"),
      el("div", { class: "pair" }, this.field, el("button", { type: "submit" }, "Look back")),
      this.hint,
      this.all,
      el("label", { class: "switch" }, this.box, "Confirmed only"),
      el("p", { class: "hint" }, "Keeps what independent sources confirm and nobody denies."));
    node.append(this.button, this.form);
    node.addEventListener("focusout", (event) => this.left(event));
    node.addEventListener("keydown", (event) => this.key(event));
    this.elsewhere = (event) => {
      if (!event.composedPath().includes(node)) this.turn(false);
    };
    document.addEventListener("pointerdown", this.elsewhere);
    // A click into the map is its frame's own; that the focus went there is all that is heard of it.
    this.framed = () => {
      if (document.activeElement?.shadowRoot?.activeElement?.tagName === "IFRAME") this.turn(false);
    };
    window.addEventListener("blur", this.framed);
    keepKeys(node);
  }

  leave() {
    document.removeEventListener("pointerdown", this.elsewhere);
    window.removeEventListener("blur", this.framed);
  }

  show(data, firstDay) {
    Object.assign(this, { data, firstDay });
    const { known, last_known: last, confirmed } = data;
    const short = known === null ? "today" : dayText(isoDay(known));
    const words = ["as known: ", el("b", {}, short), confirmed ? el("b", { class: "only" }, "confirmed only") : null];
    this.button.replaceChildren(...words.filter(Boolean));
    this.field.value = known === null ? "" : isoDay(known);
    const days = [firstDay, last].map((day) => dayText(isoDay(day)));
    this.hint.textContent = `From ${days.join(" to ")}, the day of the last report.`;
    this.all.disabled = known === null;
    this.box.checked = confirmed;
    this.showStrip();
  }

  showStrip() {
    const { known, confirmed, later, unconfirmed, link } = this.data;
    const parts = [];
    if (known !== null) {
      const came = later ? link(`${plural(later, "record")} came later`) : "nothing came later";
      parts.push(el("span", {}, `As known on ${monthDay(known)}: `, came));
    }
    if (confirmed) parts.push(el("span", {}, `Confirmed only: ${plural(unconfirmed, "record")} left out`));
    this.strip.replaceChildren(...parts);
    this.strip.hidden = !parts.length;
  }

  turn(open = this.form.hidden) {
    this.form.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.field.focus();
  }

  /** A day that is none, or before the first, is kept for the reader to mend. */
  typed(event) {
    event.preventDefault();
    const day = /^\d{4}-\d\d-\d\d$/.test(this.field.value) ? dayNumber(this.field.value) : NaN;
    const within = day >= this.firstDay && day <= this.data.last_known;
    if (within) return this.close({ known: isoDay(day) });
    this.field.setAttribute("aria-invalid", "true");
    this.field.select();
    return undefined;
  }

  close(change) {
    this.turn(false);
    this.button.focus();
    this.look(change);
  }

  look(change) {
    const { known, confirmed } = this.data;
    const all = { known: known === null ? null : isoDay(known), confirmed, ...change };
    this.ask({ known: all.known, confirmed: all.confirmed ? "yes" : null });
  }

  left(event) {
    if (event.relatedTarget && !this.node.contains(event.relatedTarget)) this.turn(false);
  }

  key(event) {
    if (event.key !== "Escape" || this.form.hidden) return;
    event.stopPropagation();
    this.turn(false);
    this.button.focus();
  }
}

/** "19 January 2026". */
function monthDay(day) {
  return longDay(isoDay(day)).replace(/^\w+, /, "");
}
