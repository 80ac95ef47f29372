// What the components know about Streamlit, which calls their exported function once for each new piece of data.

/**
 * The clean-up to hand to Streamlit. It also calls the clean-up of a call that newer data has overtaken while the
 * component stays on the page; that one must do nothing, or the map would be put up a second time.
 */
function unlessMounted(root, leave) {
  return () => {
    if (!(root.host ?? root).isConnected) leave();
  };
}

/** Data as Python packs them. */
function unpacked(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Records that Python packs with the names of their columns told once. */
function outOfColumns({ names, values }) {
  return values.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

/** light or dark, read off the background that Streamlit's theme gives the page. */
function theme(root) {
  const hex = getComputedStyle(root.host ?? root).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = (hex.match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"]).map((part) => parseInt(part, 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
}

/** Streamlit has shortcuts of one letter (r, c): what is typed in a component must not reach them. */
function keepKeys(node) {
  node.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
}
