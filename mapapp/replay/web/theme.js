/* Light or dark: what the reader's system says, unless the host says otherwise. Colours live in tokens.css alone. */
mapapp.theme = (() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let chosen = null;

  const dark = () => (chosen ? chosen === "dark" : system.matches);
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  function apply() {
    root.dataset.theme = dark() ? "dark" : "light";
    for (const listener of listeners) listener();
  }

  function choose(name) {
    chosen = name;
    apply();
  }

  system.addEventListener("change", apply);
  root.dataset.theme = dark() ? "dark" : "light";
  return { dark, colour, choose, on: (listener) => listeners.push(listener) };
})();
