/* Spans: lists that begin with their first day and the first day after it; null is an open end. Sorted by start. */
mapapp.spans = (() => {

  /* The span that holds on a day, or null. */
  function at(spans, day) {
    let low = 0;
    let high = spans.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [from, to] = spans[middle];
      if (from !== null && from > day) high = middle - 1;
      else if (to !== null && to <= day) low = middle + 1;
      else return spans[middle];
    }
    return null;
  }

  /* The last entry of a list that begins with its day, no later than a day; null before the first. */
  function since(entries, day) {
    let found = null;
    for (const entry of entries) if (entry[0] <= day) found = entry;
    return found;
  }

  /* How many days ago the last of some sorted days was; null where none has come yet. */
  function ago(days, day) {
    let past = 0;
    let ahead = days.length;
    while (past < ahead) {
      const middle = (past + ahead) >> 1;
      if (days[middle] <= day) past = middle + 1;
      else ahead = middle;
    }
    return past ? day - days[past - 1] : null;
  }

  return { at, since, ago };
})();
