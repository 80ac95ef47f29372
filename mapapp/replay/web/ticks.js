/* The strip over the slider: a tick on each day on which something happens, as high as much of it does; dark for what
   changes a state, pale for events alone. Days after the last record are hatched. */
mapapp.ticks = (data, theme, axis) => {
  const { last, last_record: lastRecord } = data.days;
  const most = Math.max(1, ...data.changes.map(([, states, events]) => states + events));
  const canvas = mapapp.dom.find("ticks");

  function silence(pen, width, height) {
    if (lastRecord === null || lastRecord >= last) return;
    const from = axis.at(lastRecord + 0.5, width);
    pen.fillStyle = theme.colour("silence");
    pen.fillRect(from, 0, width - from, height);
    const lines = mapapp.hatch.pattern(pen, theme.colour("silence-line"), "diagonal", 1);
    pen.fillStyle = lines;
    pen.fillRect(from, 0, width - from, height);
  }

  function paint(pen, width, height) {
    silence(pen, width, height);
    const tick = Math.max(1.5, Math.min(5, axis.step(width) * 0.5));
    for (const [day, states, events] of data.changes) {
      const tall = (count) => Math.max(count ? 3 : 0, (height - 1) * Math.sqrt(count / most));
      const x = axis.at(day, width) - tick / 2;
      pen.fillStyle = theme.colour("tick-events");
      pen.fillRect(x, height - tall(states + events), tick, tall(states + events));
      pen.fillStyle = theme.colour("tick-states");
      pen.fillRect(x, height - tall(states), tick, tall(states));
    }
  }

  canvas.hidden = !data.events.length && !data.facilities.length; // of ground alone, the strip under the slider tells
  axis.canvas(canvas, paint);
};
