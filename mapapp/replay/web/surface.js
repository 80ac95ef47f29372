/* A canvas that lies on the map, moves with it and is drawn anew when the map comes to rest. */
mapapp.Surface = L.Renderer.extend({
  options: { padding: 0.3 },

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

  _onZoomEnd() {},
  _updatePaths() {},

  /* Draw all, or only what lies in a box [left, top, right, bottom] of layer points. */
  redraw(box) {
    if (!this._bounds) return;
    const { min, max } = this._bounds;
    const ratio = window.devicePixelRatio;
    const pixel = (round, at, from) => round((at - from) * ratio) / ratio + from; // no half-drawn seam at the edges
    const whole = ([west, north, east, south]) => [
      pixel(Math.floor, Math.max(west, min.x), min.x),
      pixel(Math.floor, Math.max(north, min.y), min.y),
      pixel(Math.ceil, Math.min(east, max.x), min.x),
      pixel(Math.ceil, Math.min(south, max.y), min.y),
    ];
    const [left, top, right, bottom] = whole(box ?? [min.x, min.y, max.x, max.y]);
    const pen = this.pen;
    pen.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
    pen.clearRect(left, top, right - left, bottom - top);
    this.paint(pen, [left, top, right, bottom]);
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

  const meets = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
  return { shape, meets };
};
