/* The bridge to a page that shows this one in a frame: plain messages, told apart by `mapapp: 1`. The host may set day,
   record, filters, theme and `at`, the part of the map that is seen (latitude, longitude, zoom). It is told of each
   state once the page has come to rest, and of the part that is seen, with the `turn` of the last thing it has set, so
   that it knows what has crossed its own message. */
mapapp.bridge = (map, data, store, player, theme, view) => {
  const SETTLED_MS = 120;
  const PLAYING_MS = 500;
  const KINDS = { facility: "facilityById", place: "placeById", event: "eventById" };
  const host = window.parent;
  if (host === window) return { moved: () => {}, ready: () => {} };

  const post = (type, rest) => host.postMessage({ mapapp: 1, type, ...rest }, "*");
  const told = ({ day, selected, filters, playing }) => ({ day, selected, filters, playing });

  let timer = 0;
  let last = 0;
  let sent = "";
  let turn = 0;
  function tell() {
    clearTimeout(timer);
    timer = 0;
    last = performance.now();
    const state = told(store.get());
    const text = JSON.stringify(state);
    if (text === sent) return;
    sent = text;
    post("state", { ...state, turn });
  }

  /* While it plays, a message each half second; otherwise one when nothing has moved for a moment. */
  function moved({ playing }) {
    const wait = playing ? Math.max(0, last + PLAYING_MS - performance.now()) : SETTLED_MS;
    if (playing && timer) return;
    clearTimeout(timer);
    timer = setTimeout(tell, wait);
  }

  function seen() {
    const { lat, lng } = map.getCenter();
    post("view", { at: [lat, lng, map.getZoom()], turn });
  }

  const strings = (list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);

  function wish(message) {
    const patch = {};
    if (Number.isInteger(message.day)) patch.day = player.within(message.day);
    if (message.selected === null) patch.selected = null;
    const { kind, id } = message.selected ?? {};
    if (Object.hasOwn(KINDS, kind) && data[KINDS[kind]].has(id)) patch.selected = { kind, id };
    if (message.filters && typeof message.filters === "object") {
      const { facility_types: types, statuses, holders } = message.filters;
      patch.filters = { facility_types: strings(types), statuses: strings(statuses), holders: strings(holders) };
    }
    return patch;
  }

  window.addEventListener("message", ({ source, data: message }) => {
    if (source !== host || message?.mapapp !== 1 || message.type !== "set") return;
    if (message.theme === "light" || message.theme === "dark") theme.choose(message.theme);
    if (Number.isInteger(message.turn)) turn = message.turn;
    const patch = wish(message);
    if ("day" in patch && patch.day !== store.get().day) patch.playing = false;
    store.set(patch);
    if (Array.isArray(message.at) && message.at.length === 3 && message.at.every(Number.isFinite)) view.go(...message.at);
    if (!("day" in patch) || patch.day === message.day) sent = JSON.stringify(told(store.get())); // it knows already
  });

  function ready() {
    sent = JSON.stringify(told(store.get())); // no state of its own comes after this, to cross what the host sets
    map.on("moveend", seen);
    post("ready", { day: store.get().day, height: document.documentElement.scrollHeight });
  }
  return { moved, ready };
};
