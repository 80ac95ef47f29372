/* What changed hands between two days, over the ground: broad stripes and an edge in the colour of who gained it. */
mapapp.gains = (map, data, phrases, regions) => {
  const EDGE_PX = 1.8;
  const STRIPE_PX = 4;
  let looks = new Int32Array(data.holding.units);

  function paint(pen, box) {
    regions.each(looks, box, (look, path) => {
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
  map.getPane("gains").classList.add("still");
  const surface = new mapapp.Surface(paint, { pane: "gains" }).addTo(map);

  /* gainer: for each unit a place in the list of holders, -1 where nothing changed; null to show nothing. */
  function mark(gainer) {
    const before = looks;
    looks = gainer ? gainer.map((holder) => holder + 1) : new Int32Array(data.holding.units);
    const box = regions.changed(before, looks);
    if (box) surface.redraw(box);
  }

  return { mark, redraw: () => surface.redraw() };
};
