/* The list of events of the day and of the days before it, also of those that have no place on the map. */
mapapp.dayList = (data, phrases, store, events) => {
  const { make, said, find } = mapapp.dom;
  const { days } = mapapp;
  const button = find("news");
  const panel = find("day-list");

  const place = (event) => data.facilityById.get(event.facility)?.name ?? data.placeById.get(event.place)?.name ?? event.location;

  function item(event, today) {
    const where = place(event);
    return make(
      "li",
      { class: today ? "today" : "" },
      make(
        "button",
        { type: "button", onclick: () => store.set({ selected: { kind: "event", id: event.id } }) },
        make("time", { datetime: days.iso(event.day) }, days.brief(event.day)),
        make("span", {}, said(event.title), where ? make("span", { class: "more" }, said(where)) : null),
      ),
    );
  }

  function write(day) {
    const list = events.around(day);
    const today = list.filter((event) => events.age(event, day) === 0).length;
    const here = today ? phrases.plural(today, "event") : "No event";
    const before = make("span", { class: "before" }, `, ${list.length - today || "none"} in the week before`);
    button.replaceChildren(`${here} on this day`, before);
    if (panel.hidden) return;
    const rows = list.map((event) => item(event, events.age(event, day) === 0));
    panel.replaceChildren(
      rows.length ? make("ul", { class: "event-rows" }, rows)
        : make("p", { class: "quiet" }, "Nothing is on record for this day and the week before. Step to another day."),
    );
  }

  function toggle(shown = panel.hidden) {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    write(store.get().day);
  }
  button.addEventListener("click", () => toggle());

  return { show: ({ day }) => write(day), close: () => toggle(false) };
};
