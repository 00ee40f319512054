// The view: which part of the plane is shown, and how it is moved.

const EARTH = 637813.7;

class View {
  constructor(element) {
    this.element = element;
    this.x = this.y = 0;
    this.scale = 1;
    this.limits = [0.001, 10];
  }
  resize() {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    this.width = this.element.clientWidth;
    this.height = this.element.clientHeight;
  }
  fit([west, south, east, north], left = 0) {
    const room = Math.max(80, this.width - left - 50);
    this.scale = 0.96 * Math.min(room / (east - west), Math.max(80, this.height - 90) / (north - south));
    this.x = (west + east) / 2 - left / 2 / this.scale;
    this.y = (south + north) / 2 - 22 / this.scale;
    this.limits = [this.scale * 0.4, this.scale * 120];
    this.fitted = this.scale;
  }
  // How large signs are: smaller where all is shown, larger close by.
  get size() { return Math.min(1.25, Math.max(.8, .84 * (this.scale / this.fitted) ** .22)); }
  px(x) { return (x - this.x) * this.scale + this.width / 2; }
  py(y) { return (this.y - y) * this.scale + this.height / 2; }
  ux(px) { return (px - this.width / 2) / this.scale + this.x; }
  uy(py) { return this.y - (py - this.height / 2) / this.scale; }
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const x = this.ux(px), y = this.uy(py);
    this.scale = Math.min(this.limits[1], Math.max(this.limits[0], this.scale * factor));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y + (py - this.height / 2) / this.scale;
  }
}

// Units of the plane in so many of 10 m, at a place.
const stretch = (theatre, y) => (theatre.mercator ? Math.cosh(y / EARTH) : 1);
const lonOf = (x) => (x / EARTH) * 180 / Math.PI;
const latOf = (y) => Math.atan(Math.sinh(y / EARTH)) * 180 / Math.PI;
const xOf = (lon) => EARTH * lon * Math.PI / 180;
const yOf = (lat) => EARTH * Math.asinh(Math.tan(lat * Math.PI / 180));

function sized(canvas, width, height, ratio) {
  const w = Math.round(width * ratio), h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

// Drag, wheel, two fingers: moves the view, and tells of a click that was none of these.
function steer(view, moved, clicked, hovered) {
  const element = view.element, fingers = new Map();
  let travelled = 0, apart = 0;
  const spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
  const spot = (event) => { const box = element.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
  const isOurs = (event) => !event.target.closest('button, figure');
  element.addEventListener('pointerdown', (event) => {
    if (!isOurs(event)) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, spot(event));
    travelled = 0;
    if (fingers.size === 2) apart = spread();
  });
  element.addEventListener('pointermove', (event) => {
    const now = spot(event), before = fingers.get(event.pointerId);
    if (!before) { hovered(isOurs(event) ? now : null); return; }
    fingers.set(event.pointerId, now);
    travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      view.zoom(spread() / apart, (a.x + b.x) / 2, (a.y + b.y) / 2);
      apart = spread();
    } else if (travelled > 3) view.pan(now.x - before.x, now.y - before.y);
    moved();
  });
  const lift = (event) => {
    const was = fingers.delete(event.pointerId);
    if (was && event.type === 'pointerup' && travelled <= 3) clicked(spot(event));
  };
  element.addEventListener('pointerup', lift);
  element.addEventListener('pointercancel', lift);
  element.addEventListener('pointerleave', () => hovered(null));
  element.addEventListener('wheel', (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    const { x, y } = spot(event);
    view.zoom(Math.exp(-event.deltaY * 0.0016), x, y);
    moved();
  }, { passive: false });
}
