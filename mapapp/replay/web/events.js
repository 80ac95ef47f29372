/* Events on the map: a badge for each spot where something happened on the chosen day or in the days before it,
   paler the longer ago, with the number of events where there are several. Spots too close to tell apart share one. */
mapapp.events = (map, data, phrases, choose) => {
  const { make, said } = mapapp.dom;
  const { days } = mapapp;
  const { anchor, lastDay } = mapapp.situation;
  const WINDOW_DAYS = 7;
  const PALEST = 0.4;

  map.createPane("badges").style.zIndex = 610;

  /* How many days an event is past on a day: 0 while it lasts, null before it and after the window. */
  function age(event, day) {
    if (event.day > day) return null;
    const past = Math.max(0, day - lastDay(event));
    return past <= WINDOW_DAYS ? past : null;
  }

  function spots() {
    const found = new Map();
    for (const event of data.events) {
      const at = anchor(data, event);
      if (!at) continue;
      const key = `${at.kind} ${at.id}`;
      if (!found.has(key)) found.set(key, { ...at, events: [] });
      found.get(key).events.push(event);
    }
    return [...found.values()];
  }

  function row(event) {
    const time = make("time", { datetime: days.iso(event.day) }, days.brief(event.day));
    return make("li", {}, make("button", { type: "button", onclick: () => pick(event) }, time, said(event.title)));
  }

  function pick(event) {
    map.closePopup();
    choose({ kind: "event", id: event.id });
  }

  /* One event is chosen at once; of several, one is picked from a list. */
  function open(one) {
    if (one.recent.length === 1) return pick(one.recent[0]);
    const list = make("ul", { class: "event-rows" }, one.recent.map(row));
    const { x, y } = one.mark.marker.getTooltip().options.offset;
    const look = { closeButton: false, minWidth: 260, maxHeight: 240, className: "picker" };
    L.popup({ ...look, content: list, offset: [x, y] }).setLatLng(one.mark.marker.getLatLng()).openOn(map);
    return list.querySelector("button").focus();
  }

  function create(spot) {
    const one = { ...spot, recent: [], members: [], shown: false };
    const act = { choose: () => open(one), tip: () => phrases.eventsTip(one.recent) };
    one.mark = mapapp.mark(map, "badges", spot.point, "news", act);
    one.badge = make("span", { class: "badge" });
    one.mark.body.append(make("span", { class: "hit" }, one.badge));
    one.mark.hide(true);
    return one;
  }
  const all = spots().map(create);
  for (const one of all) one.members = [one];

  const onlyClaimed = (event) => event.claim_state === "claimed" || event.claim_state === "refuted";

  function write(one, recent) {
    const same = recent.length === one.recent.length && recent.every((event, i) => event === one.recent[i]);
    one.recent = recent;
    if (same) return;
    one.shown = recent.length > 0;
    one.mark.hide(!one.shown);
    one.badge.textContent = recent.length > 1 ? String(recent.length) : "";
    one.badge.classList.toggle("claimed", recent.length > 0 && recent.every(onlyClaimed));
    one.mark.name(phrases.eventsName(recent));
  }

  function fade(one, day) {
    const youngest = Math.min(...one.recent.map((event) => age(event, day)));
    one.badge.style.opacity = 1 - (youngest / WINDOW_DAYS) * (1 - PALEST);
    one.badge.classList.toggle("today", youngest === 0);
  }

  function show({ day, layers, selected }, facilities) {
    const hidden = (spot) => !layers.events || (spot.kind === "facility" && !facilities.byId.get(spot.id).shown);
    for (const one of all) {
      const events = one.members.flatMap((spot) => (hidden(spot) ? [] : spot.events));
      const recent = events.filter((event) => age(event, day) !== null).sort((a, b) => b.day - a.day);
      write(one, recent);
      if (recent.length) fade(one, day);
      const chosen = selected?.kind === "event" && recent.some((event) => event.id === selected.id);
      one.mark.element.classList.toggle("selected", chosen);
    }
  }

  /* Stand the badge at dx, dy pixels from its point; it speaks for these spots, or for none where another does. */
  function stand(one, dx, dy, members) {
    one.members = members;
    one.mark.body.style.translate = `${dx}px ${dy}px`;
    one.mark.shift(dx, dy, 18);
  }

  /* The events of a day and of the window before it, newest first. */
  const around = (day) => data.events.filter((event) => age(event, day) !== null).reverse();
  return { all, show, stand, age, around };
};
