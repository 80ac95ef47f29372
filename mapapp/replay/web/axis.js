/* The axis of days, as the slider has it: everything over and under the slider stands on it. */
mapapp.axis = ({ first, last }) => {
  const THUMB = 18;

  /* Where the middle of the slider's thumb stands for a day, in a track of that width; and the day at a spot. */
  const at = (day, width) => THUMB / 2 + ((day - first) / Math.max(1, last - first)) * (width - THUMB);
  function dayAt(x, width) {
    const share = (x - THUMB / 2) / Math.max(1, width - THUMB);
    return Math.min(last, Math.max(first, Math.round(first + share * (last - first))));
  }
  const step = (width) => (width - THUMB) / Math.max(1, last - first);

  /* Keep a canvas as large as its place; paint is given a pen in pixels of the page, and the size. */
  function canvas(element, paint) {
    function draw() {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio;
      element.width = width * ratio;
      element.height = height * ratio;
      const pen = element.getContext("2d");
      pen.scale(ratio, ratio);
      if (width) paint(pen, width, height);
    }
    new ResizeObserver(draw).observe(element);
    mapapp.theme.on(draw);
    return draw;
  }

  return { at, dayAt, step, canvas };
};
