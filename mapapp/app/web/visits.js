// The reader's last visit, kept in this browser and nowhere else: the day looked at, and up to when records were known.
// Where the browser keeps nothing, there is no last visit.

const SAME_VISIT_MS = 30 * 60 * 1000;

function shelf(situation) {
  return `mapapp:visits:${situation}`;
}

function visits(situation) {
  try {
    return JSON.parse(localStorage.getItem(shelf(situation))) ?? {};
  } catch {
    return {};
  }
}

/** Note what is looked at. What was noted a good while ago stays as the visit before. */
function noteVisit({ situation, digest, known }, day) {
  const kept = { last: { day, known, digest, at: Date.now() }, before: visitBefore(situation) };
  try {
    localStorage.setItem(shelf(situation), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers no last visit.
  }
}

/** The visit before this one; null where there is none, or what is kept is not one. */
function lastVisit({ situation }) {
  const before = visitBefore(situation);
  return Number.isInteger(before?.day) && Number.isInteger(before?.known) ? before : null;
}

/** Whether the page has noted this visit yet or not. */
function visitBefore(situation) {
  const { last, before } = visits(situation);
  return last && Date.now() - last.at > SAME_VISIT_MS ? last : before;
}
