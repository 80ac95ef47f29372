// The values of a facility or a place on the day shown, each with its age and the records it rests on.

function facilityValues(row, panel) {
  const { words } = panel;
  const near = row.front_km === null ? null : `ground of ${short(row.front_holder, words)} is ${row.front_km} km away`;
  const seen = (attribute) => seenOn(row[attribute], row.verified[attribute], words);
  return values(panel, [
    ["Status", "status", aged(status(row, words), row, "status"),
      since(row.status_since, words, row.status_since_precision),
      seen("status"), detail(row.status_note !== row.status && row.status_note)],
    ["Operator", "operator", aged(holder(row.operator, words), row, "operator"),
      since(row.operator_since, words, row.operator_since_precision), seen("operator")],
    ["Guard", "guard", aged(holder(row.guard, words), row, "guard"),
      since(row.guard_since, words, row.guard_since_precision),
      seen("guard"), detail(row.guard_unit)],
    ["Ground", "ground_holder", aged(holder(row.ground_holder, words), row, "ground_holder"),
      since(row.ground_since, words, row.ground_since_precision), contested(row.ground_contested_by, words),
      seen("ground_holder"), contradiction(row), detail(statements(row.ground_basis, near))],
    ["Persons", null, ...persons(row, words), ...(row.persons?.claims ?? []).map((c) => claim(c, panel))],
    ["Verified", null, verified(row), row.last_verified_on ? quiet(dayText(row.last_verified_on)) : null],
  ]);
}

function placeValues(dossier, panel) {
  const { words } = panel;
  const span = dossier.spans.holder.find((one) => one.current);
  if (!span) return null;
  return values(panel, [["Holder", "holder", holder(span.value, words), since(span.valid_from, words),
    contested(span.contested_by, words), span.claim_state ? quiet(plain(span.claim_state)) : null]]);
}

/** Pairs of label and content; the records behind an attribute come after its value. */
function values(panel, pairs) {
  return el("dl", { class: "values" }, ...pairs.flatMap(([label, attribute, ...content]) => {
    const current = (panel.dossier.spans[attribute] ?? []).find((span) => span.current);
    return [el("dt", {}, label), el("dd", {}, ...content, current ? panel.refs([], current.event_ids) : null)];
  }));
}

/** When a value was last seen to be so, how long ago, and by whom. */
function seenOn(value, seen, words) {
  if (value === null) return null;
  if (!seen) return quiet("seen by no dated source");
  const by = seen.by.length ? ` by ${seen.by.join("; ")}` : "";
  const on = seen.days ? `seen ${shortDay(seen.on, words.year)}, ${age(seen.days)},` : "seen this day";
  return name(on + by, "since");
}

function claim(one, panel) {
  const doubt = one.left_out ? " (improbable, left out of the range)" : "";
  const text = `${heads(one) ?? UNKNOWN}, ${one.claimed_by ?? "claimant unknown"}${doubt}`;
  const records = panel.refs(one.source_ids, [one.figure_id]);
  return el("span", { class: "detail", title: unrounded(heads, one) }, name(text), " ", records);
}

/** What was counted up to the day, the claims of each side beside one another. */
function countsOf(counts, panel) {
  return counts.map(({ title, date, quantity, cumulative, claims }) => {
    const about = statements(dayText(date), plain(quantity), cumulative ? "running total" : null);
    const cards = claims.map((one) => el("li", {},
      el("strong", { class: "figure", title: unrounded(figure, one) }, figure(one)),
      name(one.claimed_by ?? "claimant unknown"),
      detail(one.denied_by && `denied by ${one.denied_by}`),
      panel.refs(one.source_ids, [one.event_id])));
    return el("div", { class: "claims" }, el("h4", {}, name(title), " ", quiet(about)), el("ul", {}, ...cards));
  });
}
