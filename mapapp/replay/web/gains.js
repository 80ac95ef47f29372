/* What changed hands between two days, over the ground: broad stripes and an edge in the colour of who gained it. */
mapapp.gains = (map, data, phrases, regions) => {
  const EDGE_PX = 1.8;
  const STRIPE_PX = 4;
  let looks = new Int32Array(data.holding.units);

  function paint(pen, squares) {
    regions.each(looks, squares, (look, path) => {
      const colour = phrases.colour(data.holding.holders[look - 1]);
      pen.fillStyle = mapapp.hatch.pattern(pen, colour, "back_diagonal", STRIPE_PX);
      pen.fill(path, "evenodd");
      pen.strokeStyle = colour;
      pen.lineWidth = EDGE_PX;
      pen.lineJoin = "round";
      pen.stroke(path);
    });
  }

  map.createPane("gains").style.zIndex = 225;
  const pane = map.getPane("gains");
  pane.classList.add("still");
  pane.hidden = true; // an empty canvas costs as much in every frame as a full one
  const surface = new mapapp.Surface(paint, { pane: "gains" }).addTo(map);

  /* gainer: for each unit a place in the list of holders, -1 where nothing changed; null to show nothing. */
  function mark(gainer) {
    const before = looks;
    pane.hidden = !gainer;
    looks = gainer ? gainer.map((holder) => holder + 1) : new Int32Array(data.holding.units);
    const squares = surface.squares();
    regions.mark(before, looks, squares);
    if (squares.any()) surface.redraw(squares);
  }

  return { mark, redraw: () => surface.redraw() };
};
