/* The strip over the slider: a tick on each day on which something happens, as high as much of it does; dark for what
   changes a state, pale for events alone. Days after the last record are hatched. */
mapapp.ticks = (data, theme) => {
  const canvas = mapapp.dom.find("ticks");
  const { first, last, last_record: lastRecord } = data.days;
  const THUMB = 18;
  const most = Math.max(1, ...data.changes.map(([, states, events]) => states + events));

  /* Where the middle of the slider's thumb stands for a day. */
  const at = (day, width) => THUMB / 2 + ((day - first) / Math.max(1, last - first)) * (width - THUMB);

  function silence(pen, width, height) {
    if (lastRecord === null || lastRecord >= last) return;
    const from = at(lastRecord + 0.5, width);
    pen.fillStyle = theme.colour("silence");
    pen.fillRect(from, 0, width - from, height);
    const lines = mapapp.hatch.pattern(pen, theme.colour("silence-line"), "diagonal", 1);
    pen.fillStyle = lines;
    pen.fillRect(from, 0, width - from, height);
  }

  function draw() {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = window.devicePixelRatio;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    silence(pen, width, height);
    const tick = Math.max(1.5, Math.min(5, (width / (last - first + 1)) * 0.5));
    for (const [day, states, events] of data.changes) {
      const tall = (count) => Math.max(count ? 3 : 0, (height - 1) * Math.sqrt(count / most));
      const x = at(day, width) - tick / 2;
      pen.fillStyle = theme.colour("tick-events");
      pen.fillRect(x, height - tall(states + events), tick, tall(states + events));
      pen.fillStyle = theme.colour("tick-states");
      pen.fillRect(x, height - tall(states), tick, tall(states));
    }
  }

  new ResizeObserver(draw).observe(canvas);
  theme.on(draw);
};
