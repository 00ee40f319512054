// The clock: plays, pauses, goes faster and slower; and the line of time below the map.

const SPEEDS = [[60, '1 min/s'], [300, '5 min/s'], [900, '15 min/s'], [1800, '30 min/s'], [3600, '1 h/s'], [10800, '3 h/s'], [43200, '12 h/s']];
const SLOW_MS = 200;

class Clock {
  constructor(duration, calm, onFrame, onSlow) {
    Object.assign(this, { duration, calm, onFrame, onSlow, t: 0, playing: false, frames: [] });
    this.speed = SPEEDS.map(([speed]) => speed).find((speed) => duration / speed <= 1500) || 43200;
    this.last = this.slow = this.pictured = 0;
    this.tick = this.tick.bind(this);
    requestAnimationFrame(this.tick);
  }

  // With reduced motion the picture changes twice a second, in steps.
  tick(now) {
    const gap = Math.min(500, now - this.last);
    if (this.playing && (!this.calm || gap >= 500)) {
      this.last = now;
      this.t = Math.min(this.duration, this.t + (gap / 1000) * this.speed);
      if (this.t >= this.duration) this.playing = false;
      this.stale = true;
      this.frames.push(now);
      if (this.frames.length > 240) this.frames.shift();
    } else if (!this.playing) this.last = now;
    if (this.stale || (!this.calm && this.alive)) {
      this.stale = false;
      this.onFrame(now);
      this.due = true;
    }
    if (this.due && now - this.slow >= SLOW_MS) {
      this.slow = now;
      this.due = false;
      this.onSlow();
    }
    requestAnimationFrame(this.tick);
  }

  seek(t) {
    this.t = Math.min(this.duration, Math.max(0, t));
    this.stale = true;
  }

  play(on = !this.playing) {
    if (on && this.t >= this.duration) this.t = 0;
    this.playing = on;
    this.frames = [];
    this.stale = true;
  }

  // Frames a second over the last that were drawn.
  fps() {
    const { frames } = this;
    return frames.length > 1 ? (1000 * (frames.length - 1)) / (frames[frames.length - 1] - frames[0]) : 0;
  }
}

// When boats set out, were seen, and people died, over the whole run, by columns.
function densityOf(run, theatre, columns) {
  const per = run.duration / columns, empty = () => new Uint32Array(columns + 1);
  const density = { theatre, columns, left: empty(), seen: empty(), dead: empty() };
  run.boats.departed.forEach((time, boat) => {
    if (run.boats.theatre[boat] !== theatre || time >= run.duration) return;
    density.left[Math.floor(time / per)]++;
    if (run.seen[boat] < run.duration) density.seen[Math.floor(run.seen[boat] / per)]++;
    const end = Math.min(run.boats.ended[boat], run.duration - 1);
    density.dead[Math.floor(end / per)] += run.boats.dead[boat];
  });
  return density;
}

function drawDensity(canvas, { columns, left, seen, dead }, look, ratio, part) {
  if (!canvas.clientWidth) return;
  const pen = sized(canvas, canvas.clientWidth, canvas.clientHeight, ratio), half = 11;
  const most = Math.max(1, ...left, ...seen);
  for (let column = 0; column <= columns; column++) {
    const x = 8 + column * 2;
    pen.globalAlpha = column <= part * columns ? 1 : .45;
    bar(pen, x, half, -half * Math.sqrt(left[column] / most), look.faint);
    bar(pen, x, half + 1, half * Math.sqrt(seen[column] / most), '#56B4E9');
    pen.globalAlpha = 1;
    if (dead[column]) bar(pen, x, 24, 6, look.dead);
  }
}

function bar(pen, x, y, height, colour) {
  if (!height) return;
  pen.fillStyle = colour;
  pen.fillRect(x, y, 1.6, height);
}
