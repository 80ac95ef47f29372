/* A canvas that lies on the map and moves with it. It is drawn anew when the map comes to rest, and on the way where
   the view leaves it. */
mapapp.Surface = L.Renderer.extend({
  options: { padding: 0.1 },

  initialize(paint, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this.paint = paint;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this.pen = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
  },

  /* Leaflet asks for this whenever the part of the map that the canvas covers has changed. */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = size.x * ratio;
    this._container.height = size.y * ratio;
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this.redraw();
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._follow };
  },

  _follow() {
    const seen = this._map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(seen, seen.add(this._map.getSize()));
    if (this._zoom === this._map.getZoom() && !this._bounds?.contains(view)) this._update();
  },

  _onZoomEnd() {},
  _updatePaths() {},

  /* Squares over all that the canvas covers, none of them marked. */
  squares() {
    const { min, max } = this._bounds ?? { min: { x: 0, y: 0 }, max: { x: 0, y: 0 } };
    return mapapp.squares([min.x, min.y, max.x, max.y]);
  },

  /* Draw all, or only the squares that are marked. */
  redraw(part) {
    if (!this._bounds) return;
    const { min, max } = this._bounds;
    const ratio = window.devicePixelRatio;
    if (!part) {
      part = this.squares();
      part.mark(min.x, min.y, max.x, max.y);
    }
    const pen = this.pen;
    pen.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
    pen.save();
    pen.beginPath();
    const low = (at, from) => Math.floor((at - from) * ratio) / ratio + from; // no half-drawn seam at the edges
    const high = (at, from) => Math.ceil((at - from) * ratio) / ratio + from;
    for (const [west, north, east, south] of part.boxes()) {
      const [left, top] = [low(west, min.x), low(north, min.y)];
      const [width, height] = [high(east, min.x) - left, high(south, min.y) - top];
      pen.rect(left, top, width, height);
      pen.clearRect(left, top, width, height);
    }
    pen.clip();
    this.paint(pen, part);
    pen.restore();
  },
});

/* Degrees to layer points at the map's zoom, as a path for a canvas with the box it lies in. */
mapapp.tracer = (map) => {
  const project = (longitude, latitude) => map.latLngToLayerPoint([latitude, longitude]);

  function trace(path, box, degrees, closed) {
    for (let i = 0; i < degrees.length; i += 2) {
      const { x, y } = project(degrees[i], degrees[i + 1]);
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    if (closed) path.closePath();
  }

  function shape(rings, closed) {
    const path = new Path2D();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) trace(path, box, ring, closed);
    return { path, box };
  }

  return { shape };
};
