/* The keyboard: arrows are days, with Shift they are changes, Home and End the first and the latest day, space plays. */
mapapp.keys = (player, store, close) => {
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

  function pressed(event) {
    const { key, shiftKey, target } = event;
    const act = ACTS[key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (target.matches(WRITES) || (target.matches("select") && key !== "Escape")) return;
    if (key === " " && target.matches(PRESSED)) return;
    event.preventDefault();
    act(shiftKey);
  }

  document.addEventListener("keydown", pressed);
};
