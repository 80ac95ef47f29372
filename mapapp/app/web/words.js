// Days, figures and codes as a reader sees them. A day is a number of days since 1970-01-01 or its ISO text, read and
// written in UTC, so that no browser's time zone can move it.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const UNKNOWN = "unknown";
const QUALIFIERS = { about: "about ", more_than: "more than ", up_to: "up to ", estimate: "est. " };
const DAY_MS = 86400000;
const count = new Intl.NumberFormat("en-GB");
let rounding = { steps: [], coarsest: 1 }; // how counts are rounded for reading, as Python tells it
const long = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });

function dayNumber(iso) {
  return iso ? Date.parse(`${iso}T00:00:00Z`) / DAY_MS : null;
}

function isoDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function inDays(day, { first_day: first, last_day: last }) {
  return day !== null && day >= first && day <= last;
}

/** Short statements in one line, those that are not made left out. */
function statements(...said) {
  return said.filter(Boolean).join(" · ");
}

/** "Tuesday, 20 January 2026", for the head of the page. */
function longDay(iso) {
  return long.format(new Date(`${iso}T00:00:00Z`));
}

/** "20 Jan 2026". */
function dayText(iso) {
  if (!iso) return UNKNOWN;
  const [y, m, d] = iso.split("-").map(Number);
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

/** "Oct 2019". */
function monthText(iso) {
  return dayText(iso).replace(/^\d+ /, "");
}

/** For tight places: "20 Jan" in the year that the reader is looking at, "Oct 2019" in another. */
function shortDay(iso, year) {
  return iso.startsWith(`${year}-`) ? dayText(iso).slice(0, -5) : monthText(iso);
}

/** A day that is known no better than its precision says: "about 20 Jan" or "Jan 2019". */
function asOf(iso, precision, text = dayText(iso), about = "about ") {
  if (iso && precision === "3") return monthText(iso);
  return iso && precision === "2" ? about + text : text;
}

/** The day of a figure; one known only by its year says the year. */
function figureDay({ as_of_date: day, as_of_latest: latest, time_precision: precision }) {
  const year = day && precision === "3" && latest && latest.slice(0, 7) !== day.slice(0, 7);
  return year ? day.slice(0, 4) : asOf(day, precision);
}

/** A count to the last person, as tables and exports have it. */
function exact(number) {
  return count.format(number);
}

/** A count as it is read: rounded, half up. */
function read(number) {
  const [, step] = rounding.steps.find(([below]) => number < below) ?? [0, rounding.coarsest];
  return count.format(Math.floor(number / step + 0.5) * step);
}

/** "23,000–24,700", "about 1,500", "more than 120", or the word unknown. An end that nobody names stays open. */
function figure({ low = null, best = null, high = null, qualifier = null }, say = read) {
  if (low !== null && high !== null && say(low) !== say(high)) return `${say(low)}–${say(high)}`;
  const number = best ?? low ?? high;
  if (number === null) return UNKNOWN;
  if (best === null && low === null) return `up to ${say(number)}`;
  const floor = qualifier === "more_than" ? "more than" : "at least";
  if (best === null && high === null) return `${floor} ${say(number)}`;
  return `${QUALIFIERS[qualifier] ?? ""}${say(number)}`;
}

/** A head count: persons, else families, else null where no number that counts is on record. */
function heads(held, say = read) {
  if (!held) return null;
  const persons = figure(held, say);
  if (persons !== UNKNOWN) return persons;
  const [low, high] = [held.families_low ?? null, held.families_high ?? null];
  const families = figure({ low, high, best: low === high ? low : null, qualifier: held.qualifier }, say);
  return families === UNKNOWN ? null : `${families} families`;
}

/** The exact words beside rounded ones, null where both are the same. */
function unrounded(say, held) {
  return say(held, exact) === say(held) ? null : `exactly ${say(held, exact)}`;
}

/** How long ago a value was last verified. */
function age(days) {
  if (days === null || days === undefined) return UNKNOWN;
  if (days <= 0) return "today";
  if (days < 100) return `${days} d ago`;
  return days < 730 ? `${Math.floor(days / 30.44)} mo ago` : `${Math.floor(days / 365.25)} y ago`;
}

/** For how long something has lasted on a day. */
function lasted(since, days) {
  if (!since) return "since before the records";
  return `since ${dayText(since)}, ${days === 0 ? "this day" : plural(days, "day")}`;
}

/** fresh, ageing or old: the reader sees old knowledge fade before reading the number. */
function freshness(days) {
  if (days === null || days === undefined || days > 90) return "old";
  return days > 30 ? "ageing" : "fresh";
}

/** A code as words; unknown is a word too. */
function plain(code) {
  return code ? code.replaceAll("_", " ") : UNKNOWN;
}

function plural(n, one, many = `${one}s`) {
  return `${count.format(n)} ${n === 1 ? one : many}`;
}

/** For searching: no case, no accents, no Arabic vowel signs or tatweel, one form of alef, yeh and teh marbuta. */
function fold(text) {
  return (text ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u02bc\u2018\u2019'`]/g, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/\u0649/g, "\u064a")
    .replace(/\u0629/g, "\u0647")
    .toLowerCase();
}
