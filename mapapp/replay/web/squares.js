/* The part of a canvas that is drawn anew, in squares over a box [left, top, right, bottom] of layer points. */
mapapp.squares = ([left, top, right, bottom]) => {
  const SIDE = 64;
  const columns = Math.max(1, Math.ceil((right - left) / SIDE));
  const rows = Math.max(1, Math.ceil((bottom - top) / SIDE));
  const marked = new Uint8Array(columns * rows);
  const within = (at, count) => (at < 0 ? 0 : at >= count ? count - 1 : at | 0);
  let any = false;

  /* Mark all squares that a box lies in. */
  function mark(west, north, east, south) {
    if (west > right || east < left || north > bottom || south < top) return;
    const first = within((west - left) / SIDE, columns);
    const last = within((east - left) / SIDE, columns);
    const end = within((south - top) / SIDE, rows);
    for (let row = within((north - top) / SIDE, rows); row <= end; row++) {
      for (let at = row * columns + first; at <= row * columns + last; at++) marked[at] = 1;
    }
    any = true;
  }

  /* Whether a box lies in any square that is marked. */
  function meets(west, north, east, south) {
    if (west > right || east < left || north > bottom || south < top) return false;
    const first = within((west - left) / SIDE, columns);
    const last = within((east - left) / SIDE, columns);
    const end = within((south - top) / SIDE, rows);
    for (let row = within((north - top) / SIDE, rows); row <= end; row++) {
      for (let at = row * columns + first; at <= row * columns + last; at++) if (marked[at]) return true;
    }
    return false;
  }

  /* The marked squares as boxes, one for each run of them in a row. */
  function boxes() {
    const found = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        if (!marked[row * columns + column]) continue;
        const first = column;
        while (column + 1 < columns && marked[row * columns + column + 1]) column += 1;
        const [x, y] = [left + first * SIDE, top + row * SIDE];
        found.push([x, y, Math.min(right, left + (column + 1) * SIDE), Math.min(bottom, y + SIDE)]);
      }
    }
    return found;
  }

  return { mark, meets, boxes, any: () => any };
};
