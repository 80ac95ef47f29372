// What is being looked at: the day, what is selected, the filters. Map and board each hold one and tell each other over
// events on the document; the board alone tells Python, so nothing is said twice.

const SHOW = "mapapp:show"; // board to map: show this
const MOVED = "mapapp:moved"; // map to board: the reader moved here
const HELLO = "mapapp:hello"; // map to board: I am here, what is to be shown?

function say(type, detail = null) {
  document.dispatchEvent(new CustomEvent(type, { detail }));
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The view out of a message, in one order of keys, so that two views can be compared. */
function tidy({ day, selected, filters }) {
  const list = (codes) => [...(codes ?? [])].map(String).sort();
  return {
    day: Number(day),
    selected: selected ? { kind: String(selected.kind), id: String(selected.id) } : null,
    filters: {
      facility_types: list(filters?.facility_types),
      statuses: list(filters?.statuses),
      holders: list(filters?.holders),
    },
  };
}
