/* The list of events of the day and of the week before it, also of those that have no place on the map. */
mapapp.dayList = (data, phrases, store, events) => {
  const { make, said, find } = mapapp.dom;
  const { days } = mapapp;
  const button = find("news");
  const panel = find("day-list");

  button.hidden = !data.events.length;

  function where(event) {
    const record = data.facilityById.get(event.facility) ?? data.placeById.get(event.place);
    return record?.name ?? event.location;
  }

  function item(event, today) {
    const place = where(event);
    return make(
      "li",
      { class: today ? "today" : "" },
      make(
        "button",
        { type: "button", onclick: () => store.set({ selected: { kind: "event", id: event.id } }) },
        make("time", { datetime: days.iso(event.day) }, days.brief(event.day)),
        make("span", {}, said(event.title), place ? make("span", { class: "more" }, said(place)) : null),
      ),
    );
  }

  function fill(list, day) {
    const rows = list.map((event) => item(event, events.age(event, day) === 0));
    const nothing = "Nothing is on record for this day and the week before. Step to another day.";
    panel.replaceChildren(
      rows.length ? make("ul", { class: "event-rows" }, rows) : make("p", { class: "quiet" }, nothing),
    );
  }

  function show({ day }) {
    const list = events.around(day);
    const today = list.filter((event) => events.age(event, day) === 0).length;
    const before = make("span", { class: "before" }, `, ${list.length - today || "none"} in the week before`);
    button.replaceChildren(`${today ? phrases.plural(today, "event") : "No event"} on this day`, before);
    if (!panel.hidden) fill(list, day);
  }

  function open(shown) {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    show(store.get());
  }
  button.addEventListener("click", () => open(panel.hidden));

  const close = () => open(false);
  return { show, close };
};
