/* The player: the slider, the buttons, the clock that moves it, and the date in words. */
mapapp.player = (data, store) => {
  const { find } = mapapp.dom;
  const { days } = mapapp;
  const { first, last, last_record: lastRecord } = data.days;
  const { changeDays } = data;
  const slider = find("slider");
  const play = find("play");
  const speed = find("speed");
  const typed = find("typed");
  const error = find("typed-error");
  const DAYS_PER_SECOND = 2;
  const SPOKEN_AFTER_MS = 600;

  const within = (day) => Math.min(last, Math.max(first, day));
  const go = (day) => store.set({ day: within(day) });
  const step = (by) => {
    store.set({ playing: false });
    go(store.get().day + by);
  };

  function change(direction) {
    const { day } = store.get();
    const ahead = changeDays.filter((each) => (direction > 0 ? each > day : each < day));
    store.set({ playing: false });
    if (ahead.length) go(direction > 0 ? ahead[0] : ahead[ahead.length - 1]);
  }

  /* The clock adds up the time that has passed, so that a slow frame loses no day. */
  let before = null;
  let owed = 0;
  function tick(now) {
    const { playing, day } = store.get();
    if (!playing) return;
    owed += ((now - (before ?? now)) / 1000) * DAYS_PER_SECOND * Number(speed.value);
    before = now;
    const whole = Math.floor(owed);
    owed -= whole;
    if (whole) go(day + whole);
    if (store.get().day >= last) store.set({ playing: false });
    else requestAnimationFrame(tick);
  }

  function toggle() {
    const { playing, day } = store.get();
    if (!playing && day >= last) go(first);
    before = null;
    owed = 0;
    store.set({ playing: !playing });
    if (!playing) requestAnimationFrame(tick);
  }

  function typedDay(event) {
    event.preventDefault();
    const day = days.parse(typed.value);
    const outside = day !== null && (day < first || day > last);
    if (day === null) error.textContent = "Not a day. Write it as 2026-01-20.";
    else error.textContent = outside ? `The record runs from ${days.iso(first)} to ${days.iso(last)}.` : "";
    typed.setAttribute("aria-invalid", String(day === null || outside));
    if (day === null || outside) return typed.select();
    store.set({ playing: false });
    return go(day);
  }

  function forget() {
    error.textContent = "";
    typed.removeAttribute("aria-invalid");
  }

  /* Spoken once the date has come to rest: a reader need not hear every day of a drag. */
  let speech = 0;
  function speak(day) {
    clearTimeout(speech);
    speech = setTimeout(() => {
      find("live").textContent = `${days.long(day)}, ${days.weekday(day)}`;
    }, SPOKEN_AFTER_MS);
  }

  /* Buttons that would do nothing say so; they keep the focus, which a disabled one would lose. */
  function idle(buttons) {
    for (const [id, nothing] of Object.entries(buttons)) find(id).setAttribute("aria-disabled", String(nothing));
  }

  function show({ day, playing }, changed) {
    if (changed.has("day")) {
      const words = `${days.long(day)} (${days.weekday(day)})`;
      slider.value = day;
      slider.setAttribute("aria-valuetext", words);
      find("date").textContent = words;
      typed.value = days.iso(day);
      forget();
      find("note").classList.toggle("now", lastRecord !== null && day > lastRecord);
      idle({ first: day === first, back: day === first, forward: day === last, last: day === last });
      idle({ "previous-change": !(changeDays[0] < day), "next-change": !(changeDays.at(-1) > day) });
      speak(day);
    }
    play.classList.toggle("playing", playing);
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  find("skip").addEventListener("click", () => slider.focus());
  slider.min = first;
  slider.max = last;
  if (lastRecord !== null && lastRecord < last) find("note").textContent = `no record after ${days.short(lastRecord)}`;
  find("first-day").textContent = days.short(first);
  find("last-day").textContent = days.short(last);
  slider.addEventListener("input", () => {
    store.set({ playing: false });
    go(Number(slider.value));
  });
  const acts = {
    first: () => step(-Infinity),
    "previous-change": () => change(-1),
    back: () => step(-1),
    play: toggle,
    forward: () => step(1),
    "next-change": () => change(1),
    last: () => step(Infinity),
  };
  for (const [id, act] of Object.entries(acts)) find(id).addEventListener("click", act);
  find("go").addEventListener("submit", typedDay);
  typed.addEventListener("input", forget);

  return { show, step, change, toggle, go, within };
};
