/* The strip under the slider: how much ground changed hands on each day, by gainer, and which days had no map of their
   own or one that looks wrong. A click goes to the day. */
mapapp.hands = (data, ledger, phrases, axis, go) => {
  const { find, make, said } = mapapp.dom;
  const { days } = mapapp;
  const { first } = data.days;
  const canvas = find("hands");
  const words = find("hands-now");
  const FOOT = 5;
  const MARK = 4;
  const LEAST_KM2 = 0.05;

  const totals = new Float64Array(ledger.length);
  for (const each of ledger.gained) each.forEach((km2, day) => (totals[day] += km2));
  const most = Math.max(...totals);
  const any = most > 0 || data.maps.length > 0;

  function bars(pen, width, height) {
    const wide = Math.max(1, Math.min(6, axis.step(width) * 0.8));
    totals.forEach((total, day) => {
      let top = 0;
      const x = axis.at(first + day, width) - wide / 2;
      const tall = Math.max(1.5, (height - FOOT) * Math.sqrt(total / most));
      ledger.gained.forEach((each, holder) => {
        if (!each[day]) return;
        const share = (tall * each[day]) / total;
        pen.fillStyle = phrases.colour(data.holding.holders[holder]);
        pen.fillRect(x, top, wide, share);
        top += share;
      });
    });
  }

  /* At the foot: an open box where the map before was carried forward, a full triangle where the map looks wrong. */
  function marks(pen, width, height) {
    pen.lineWidth = 1;
    for (const [day, , state, glitch] of data.maps) {
      const x = axis.at(day, width);
      pen.strokeStyle = mapapp.theme.colour("quiet");
      if (state) pen.strokeRect(x - MARK / 2 + 0.5, height - MARK - 0.5, MARK - 1, MARK - 1);
      if (!glitch) continue;
      pen.fillStyle = mapapp.theme.colour("error");
      pen.fill(new Path2D(`M${x - MARK} ${height}h${2 * MARK}l${-MARK} ${-2 * MARK}z`));
    }
  }

  function paint(pen, width, height) {
    pen.clearRect(0, 0, width, height);
    bars(pen, width, height);
    marks(pen, width, height);
  }

  const mapOf = new Map(data.maps.map((row) => [row[0], row]));
  const STATES = { carried: "no map of this day: the one before stands", bridged: "map left out as a glitch" };

  function tell(day) {
    const told = ledger.handsOn(day).filter(({ km2 }) => km2 >= LEAST_KM2);
    const gains = told.map(({ holder, km2 }) => [said(phrases.holder(holder)), ` +${phrases.km2(km2)}`]);
    const [, , state, glitch] = mapOf.get(day) ?? [];
    const notes = [STATES[state], glitch && `looks like a glitch: ${glitch}`].filter(Boolean);
    const parts = [...(gains.length ? gains : [["no ground changed hands"]]), ...notes.map((note) => [said(note)])];
    return parts.flatMap((part, i) => (i ? [", ", ...part] : part));
  }

  function show({ day }) {
    if (any) words.replaceChildren(...make("span", {}, tell(day)).childNodes);
  }

  canvas.hidden = !any;
  canvas.setAttribute("aria-label", any ? summary() : "");
  axis.canvas(canvas, paint);

  function summary() {
    const top = totals.indexOf(most);
    const day = most > 0 ? `, most on ${days.short(first + top)}: ${phrases.km2(most)}` : "";
    const odd = data.maps.filter(([, , state]) => state).length;
    const wrong = data.maps.filter(([, , , glitch]) => glitch).length;
    return (
      `Ground that changed hands each day${day}` +
      (odd ? `; ${phrases.plural(odd, "day")} without a map of their own` : "") +
      (wrong ? `; ${phrases.plural(wrong, "map")} that may be a glitch` : "")
    );
  }

  const dayUnder = ({ offsetX }) => axis.dayAt(offsetX, canvas.clientWidth);
  canvas.addEventListener("click", (event) => go(dayUnder(event)));
  canvas.addEventListener("mousemove", (event) => {
    const day = dayUnder(event);
    const text = make("span", {}, tell(day)).textContent;
    canvas.title = `${days.short(day)}: ${text}`;
  });

  return { show };
};
