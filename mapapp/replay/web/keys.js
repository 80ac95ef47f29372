/* The keyboard: arrows are days, with Shift changes; Home and End the first and the latest day; space plays. */
mapapp.keys = (player, close) => {
  const WRITES = "input[type=text], textarea";
  const PRESSED = "button, a, summary, input[type=checkbox], select, [role=button]";

  const ACTS = {
    ArrowLeft: (shift) => (shift ? player.change(-1) : player.step(-1)),
    ArrowRight: (shift) => (shift ? player.change(1) : player.step(1)),
    Home: () => player.step(-Infinity),
    End: () => player.step(Infinity),
    " ": () => player.toggle(),
    Escape: () => close(),
  };

  /* Keys that mean something where the focus is are left alone. */
  function taken({ key, target, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey || document.querySelector("dialog[open]")) return true;
    if (key === "Escape") return false;
    return target.matches(WRITES) || target.matches("select") || (key === " " && target.matches(PRESSED));
  }

  document.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(ACTS, event.key) ? ACTS[event.key] : null;
    if (!act || taken(event)) return;
    event.preventDefault();
    act(event.shiftKey);
  });
};
