/* The situation as the page was given it, with the few look-ups that everything else needs. */
mapapp.situation = (() => {

  /* Whole-number steps to longitude and latitude: [x, y, dx, dy, ...] as one flat list of degrees. */
  function undelta(numbers, scale) {
    const degrees = new Float64Array(numbers.length);
    let x = 0;
    let y = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      degrees[i] = (x += numbers[i]) / scale;
      degrees[i + 1] = (y += numbers[i + 1]) / scale;
    }
    return degrees;
  }

  const byId = (records) => new Map(records.map((record) => [record.id, record]));

  function read({ records, ground }) {
    const data = JSON.parse(records);
    const sections = mapapp.sections(ground);
    data.arcs = mapapp.arcs(sections, data.ground.scale);
    data.holding = mapapp.holding(sections, data.ground);
    data.actorById = byId(data.actors);
    data.facilityById = byId(data.facilities);
    data.placeById = byId(data.places);
    data.eventById = byId(data.events);
    data.changeDays = data.changes.filter(([, states]) => states > 0).map(([day]) => day);
    const { scale, names, ...layers } = data.basemap;
    data.lines = Object.fromEntries(
      Object.entries(layers).map(([name, lines]) => [name, lines.map((line) => undelta(line, scale))]),
    );
    data.countries = names;
    return data;
  }

  /* Where an event is drawn: at its facility, else at its place, else at a point of its own. Null: nowhere. */
  function anchor(data, event) {
    const facility = data.facilityById.get(event.facility);
    if (facility && facility.point) return { kind: "facility", id: facility.id, point: facility.point };
    const place = data.placeById.get(event.place);
    if (place && place.point) return { kind: "place", id: place.id, point: place.point };
    return event.point ? { kind: "point", id: event.point.join(), point: event.point } : null;
  }

  const lastDay = (event) => Math.max(event.day, event.end ?? event.day);

  return { read, undelta, anchor, lastDay };
})();
