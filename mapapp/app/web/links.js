// Links to other pages of the app, and to what a record names on the map. They are true links, so that they open in a
// new tab with the view of the moment; a plain click stays in the session.

/** A link to a page, with some keys of the address set anew (null takes one away); `go` does it within the session. */
function inside(path, keys, go, attributes, ...content) {
  const aim = () => link.setAttribute("href", path + search(keys));
  const click = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go();
  };
  const link = el("a", { ...attributes, href: path, click, pointerenter: aim, focus: aim }, ...content);
  return link;
}

function search(keys) {
  const query = new URLSearchParams(location.search);
  for (const [key, text] of Object.entries(keys)) {
    if (text === null) query.delete(key);
    else query.set(key, text);
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** The keys of the address that select one thing and nothing else. */
function selecting(kind, id) {
  return { facility: null, place: null, event: null, [kind]: id };
}
