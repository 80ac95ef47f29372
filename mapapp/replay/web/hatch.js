/* Hatches: the second code for who holds ground, beside colour. A tile of lines in a darker shade, repeated. */
mapapp.hatch = (() => {
  const TILE = 10;
  const LINES = {
    diagonal: [[0, TILE, TILE, 0], [-2, 2, 2, -2], [TILE - 2, TILE + 2, TILE + 2, TILE - 2]],
    back_diagonal: [[0, 0, TILE, TILE], [-2, TILE - 2, 2, TILE + 2], [TILE - 2, -2, TILE + 2, 2]],
    horizontal: [[0, TILE / 2, TILE, TILE / 2]],
    vertical: [[TILE / 2, 0, TILE / 2, TILE]],
  };
  LINES.cross = [...LINES.horizontal, ...LINES.vertical];

  function tile(colour, hatch, width, ratio) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = TILE * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    if (hatch === "dots") pen.arc(TILE / 2, TILE / 2, width, 0, 2 * Math.PI);
    for (const [x0, y0, x1, y1] of LINES[hatch] ?? []) {
      pen.moveTo(x0, y0);
      pen.lineTo(x1, y1);
    }
    if (hatch === "dots") pen.fill();
    else pen.stroke();
    return canvas;
  }

  function make(pen, colour, hatch, width, ratio) {
    const made = pen.createPattern(tile(colour, hatch, width, ratio), "repeat");
    made.setTransform(new DOMMatrix().scale(1 / ratio));
    return made;
  }

  /* A pattern for a canvas, or null where the hatch is none or not one of ours. */
  const made = new Map();
  function pattern(pen, colour, hatch, width) {
    if (hatch !== "dots" && !LINES[hatch]) return null;
    const ratio = Math.ceil(window.devicePixelRatio);
    const key = [colour, hatch, width, ratio].join();
    if (!made.has(key)) made.set(key, make(pen, colour, hatch, width, ratio));
    return made.get(key);
  }

  function fillWith(pen, path, texture) {
    if (!texture) return;
    pen.fillStyle = texture;
    pen.fill(path, "evenodd");
  }

  /* Ground of a holder: colour, then the holder's hatch, then broad stripes in the colour of who contests it. */
  function ground(pen, path, holder, rival, ink) {
    if (holder) {
      pen.fillStyle = holder.colour;
      pen.fill(path, "evenodd");
      fillWith(pen, path, pattern(pen, ink, holder.hatch, 1));
    }
    if (rival) fillWith(pen, path, pattern(pen, rival.colour, "diagonal", 4));
  }

  return { pattern, ground };
})();
