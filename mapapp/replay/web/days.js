/* Days are whole numbers, counted from 1970-01-01. They are read and printed in UTC: no time zone can shift them. */
mapapp.days = (() => {
  const MS = 86400000;
  const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
  const printer = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  const LONG = printer({ day: "numeric", month: "long", year: "numeric" });
  const SHORT = printer({ day: "numeric", month: "short", year: "numeric" });
  const BRIEF = printer({ day: "numeric", month: "short" });
  const MONTH = printer({ month: "long", year: "numeric" });
  const WEEKDAY = printer({ weekday: "short" });

  const date = (day) => new Date(day * MS);
  const iso = (day) => date(day).toISOString().slice(0, 10);
  const long = (day) => LONG.format(date(day));
  const short = (day) => SHORT.format(date(day));
  const brief = (day) => BRIEF.format(date(day));
  const month = (day) => MONTH.format(date(day));
  const weekday = (day) => WEEKDAY.format(date(day));

  /* The day of a text such as 2026-01-20, or null where it is not a day of the calendar. */
  function parse(text) {
    const parts = SHAPE.exec(text.trim());
    if (!parts) return null;
    const [year, monthNumber, dayOfMonth] = parts.slice(1).map(Number);
    const day = Date.UTC(year, monthNumber - 1, dayOfMonth) / MS;
    return iso(day) === text.trim() ? day : null;
  }

  return { iso, long, short, brief, month, weekday, parse };
})();
