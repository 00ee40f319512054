// Searching: rows by key, rows by time, places along tracks.

// How many values of a rising array are at most x.
function upTo(values, x, low = 0, high = values.length) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= x) low = middle + 1; else high = middle;
  }
  return low;
}

// Rows of each key from 0 to count - 1.
class Groups {
  constructor(keys, count) {
    this.starts = new Int32Array(count + 1);
    for (const key of keys) if (key >= 0) this.starts[key + 1]++;
    for (let i = 0; i < count; i++) this.starts[i + 1] += this.starts[i];
    this.rows = new Int32Array(this.starts[count]);
    const next = this.starts.slice();
    for (let row = 0; row < keys.length; row++) if (keys[row] >= 0) this.rows[next[keys[row]]++] = row;
  }
  of(key) { return this.rows.subarray(this.starts[key], this.starts[key + 1]); }
}

// Rows whose stretch of time may hold a moment: kept by hour.
class Stretches {
  constructor(start, end, duration, stepS = 3600) {
    this.step = stepS;
    this.start = start;
    this.end = end;
    const last = Math.ceil(duration / stepS);
    const keys = [], rows = [];
    for (let row = 0; row < start.length; row++) {
      if (start[row] === NEVER) continue;
      const until = Math.min(last, Math.floor(Math.min(end[row], duration) / stepS));
      for (let hour = Math.floor(start[row] / stepS); hour <= until; hour++) { keys.push(hour); rows.push(row); }
    }
    this.groups = new Groups(keys, last + 1);
    this.rows = Int32Array.from(rows);
    this.last = last;
  }
  each(t, visit) {
    const hour = Math.min(this.last, Math.max(0, Math.floor(t / this.step)));
    for (const place of this.groups.of(hour)) {
      const row = this.rows[place];
      if (this.start[row] <= t && t < this.end[row]) visit(row);
    }
  }
}

// Tracks in pieces; a place between two points is on the straight line between them.
class Tracks {
  constructor(told, count) {
    Object.assign(this, tableOf(told));
    this.first = new Int32Array(this.size.length + 1);
    for (let i = 0; i < this.size.length; i++) this.first[i + 1] = this.first[i] + this.size[i];
    this.pieces = new Groups(this.who, count);
    this.at = { x: 0, y: 0, dx: 0, dy: 0 };
  }
  // The piece in which a mover is at sea at a moment; NONE while it is not.
  pieceAt(mover, t) {
    const { starts, rows } = this.pieces;
    let low = starts[mover], high = starts[mover + 1];
    const begin = low;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[this.first[rows[middle]]] <= t) low = middle + 1; else high = middle;
    }
    if (low === begin) return NONE;
    const piece = rows[low - 1];
    return this.t[this.first[piece + 1] - 1] >= t ? piece : NONE;
  }
  // Where on a piece, and which way it goes; the same object each time.
  place(piece, t) {
    const first = this.first[piece], end = this.first[piece + 1];
    const after = Math.min(Math.max(upTo(this.t, t, first, end), first + 1), end - 1);
    const before = Math.max(after - 1, first);
    const { x, y, t: time } = this;
    const span = time[after] - time[before];
    const part = span > 0 ? Math.min(1, Math.max(0, (t - time[before]) / span)) : 0;
    this.at.dx = x[after] - x[before];
    this.at.dy = y[after] - y[before];
    this.at.x = x[before] + part * this.at.dx;
    this.at.y = y[before] + part * this.at.dy;
    return this.at;
  }
  // Where a mover is, at sea or last known on its first piece; null where it has no track.
  whereabouts(mover, t) {
    const own = this.pieces.of(mover);
    if (!own.length) return null;
    const piece = this.pieceAt(mover, t);
    return this.place(piece === NONE ? own[0] : piece, t);
  }
}
