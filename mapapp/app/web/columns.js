// The columns in reading order: how each sorts and what it shows. Those beside a map leave out what their panel tells.

const COLUMNS = [
  {
    id: "name", label: "Site", side: true,
    value: (r) => fold(r.name),
    cell: (r, w) => [faded(symbol(r, w), r), name(r.name, "title"), r.name_ar ? name(r.name_ar, "arabic") : null],
  },
  { id: "kind", label: "Kind", value: (r) => r.facility_type, cell: (r) => [plain(r.facility_type)] },
  {
    id: "status", label: "Status", side: true,
    value: (r) => r.status,
    cell: (r, w) => [aged(status(r, w), r, "status"), since(r.status_since, w, r.status_since_precision),
      seenAgo(r, "status", r.status)],
  },
  {
    id: "operator", label: "Operator",
    value: (r) => r.operator,
    cell: (r, w) => [aged(holder(r.operator, w), r, "operator"),
      since(r.operator_since, w, r.operator_since_precision), seenAgo(r, "operator", r.operator)],
  },
  {
    id: "guard", label: "Guard", side: true,
    value: (r) => r.guard,
    cell: (r, w) => [aged(holder(r.guard, w), r, "guard"), since(r.guard_since, w, r.guard_since_precision),
      seenAgo(r, "guard", r.guard)],
  },
  {
    id: "ground", label: "Ground", side: true,
    value: (r) => r.ground_holder,
    cell: (r, w) => [
      aged(holder(r.ground_holder, w), r, "ground_holder"),
      since(r.ground_since, w, r.ground_since_precision),
      seenAgo(r, "ground_holder", r.ground_holder),
      contested(r.ground_contested_by, w),
      contradiction(r),
    ],
  },
  {
    id: "front", label: "Front",
    value: (r) => r.front_km,
    cell: (r, w) => [frontWords(r), w.fronts ? sparkline(w.fronts.of(r.facility_id), w) : null],
  },
  {
    id: "persons", label: "Persons", side: true,
    value: ({ persons: p }) => p?.high ?? p?.best ?? p?.low ?? p?.families_high ?? p?.families_low ?? null,
    cell: (r, w) => [...persons(r, w), claimants(r)],
  },
  { id: "age", label: "Verified", side: true, value: (r) => r.staleness_days, cell: (r) => [verified(r)] },
  { id: "event", label: "Last event", value: (r) => r.last_event?.date ?? null, cell: (r, w) => [lastEvent(r, w)] },
];

/** Unknown comes last, whichever way. */
function sorted(rows, { column, descending }) {
  const { value } = COLUMNS.find((c) => c.id === column);
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a) ?? null, value(b) ?? null];
    if (x === y) return fold(a.name) < fold(b.name) ? -1 : 1;
    if (x === null || y === null) return x === null ? 1 : -1;
    return (x < y ? -1 : 1) * turn;
  });
}
