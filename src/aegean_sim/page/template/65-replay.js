// The replay: what moves, drawn again for each picture.

const HOUR = 3600;
const TRAIL = 6 * HOUR;
const REMEMBERED = 12 * HOUR;
const LOST = STATES.length + ENDS.indexOf('lost');
const LAYERS = [
  ['units', 'units'], ['trails', 'their trails'], ['reach', 'sensor reach'], ['boats', 'boats'],
  ['contacts', 'sightings'], ['reports', 'reports, orders'], ['limits', 'sea limits'], ['names', 'names'],
];

class Replay {
  constructor(run, canvas) {
    this.run = run;
    this.canvas = canvas;
    this.on = Object.fromEntries(LAYERS.map(([name]) => [name, true]));
    this.spots = [];
  }

  // state: t, theatre, picked, lingers (seconds that a flash lasts), doors (where desks are on the screen)
  draw(view, look, state) {
    const pen = sized(this.canvas, view.width, view.height, view.ratio);
    Object.assign(this, { pen, view, look, state, t: state.t, theatre: state.theatre });
    this.spots = [];
    pen.lineCap = 'round';
    const units = this.unitsThere();
    if (this.on.reach) units.forEach((unit) => this.drawReach(unit));
    if (this.on.trails) units.forEach((unit) => this.drawTrail(unit));
    if (this.on.boats) this.drawEnded();
    if (state.picked !== NONE) this.drawLife(state.picked);
    if (this.on.contacts) this.drawContacts();
    if (this.on.reports) this.drawOrders();
    if (this.on.reports) this.drawReports();
    if (this.on.units) units.forEach((unit) => this.drawUnit(unit));
    if (this.on.boats) this.drawBoats();
    if (state.picked !== NONE) this.ring(state.picked);
  }

  unitsThere() {
    const { run, t } = this, there = [];
    run.units.theatre.forEach((theatre, unit) => {
      if (theatre !== this.theatre) return;
      const piece = run.unitTracks.pieceAt(unit, t);
      if (piece === NONE) return;
      const at = run.unitTracks.place(piece, t);
      const x = this.view.px(at.x), y = this.view.py(at.y);
      there.push({ unit, piece, x, y, ux: at.x, uy: at.y, turn: at.dx || at.dy ? Math.atan2(at.dx, at.dy) : 0 });
    });
    return there;
  }

  colour(unit) { return onTheme(this.run.ownerOf(unit).colour, this.look); }

  drawReach({ unit, x, y, uy }) {
    const { pen, run, view } = this, { reach, width_deg: width, from_deg: from } = run.units;
    const radius = reach[unit] * stretch(run.theatres[this.theatre], uy) * view.scale;
    if (radius < 3) return;
    pen.beginPath();
    if (width[unit] >= 360) pen.arc(x, y, radius, 0, 2 * Math.PI);
    else {
      const begin = (from[unit] - 90) * Math.PI / 180;
      pen.moveTo(x, y);
      pen.arc(x, y, radius, begin, begin + width[unit] * Math.PI / 180);
      pen.closePath();
    }
    pen.globalAlpha = .035;
    pen.fillStyle = this.colour(unit);
    pen.fill();
    pen.globalAlpha = .32;
    pen.strokeStyle = this.colour(unit);
    pen.lineWidth = .9;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  // A stretch of a track as a path.
  path(tracks, piece, from, to) {
    const { pen, view } = this;
    pen.beginPath();
    const begin = tracks.place(piece, from);
    pen.moveTo(view.px(begin.x), view.py(begin.y));
    const first = tracks.first[piece], end = tracks.first[piece + 1];
    for (let i = upTo(tracks.t, from, first, end); i < end && tracks.t[i] < to; i++) {
      pen.lineTo(view.px(tracks.x[i]), view.py(tracks.y[i]));
    }
    const last = tracks.place(piece, to);
    pen.lineTo(view.px(last.x), view.py(last.y));
  }

  drawTrail({ unit, piece }) {
    const { pen, run, t } = this;
    if (run.units.kind.at(unit) === 'site') return;
    this.path(run.unitTracks, piece, t - TRAIL, t);
    this.stroke(this.colour(unit), 1.5, .5);
  }

  stroke(colour, width, alpha = 1, dash = []) {
    const { pen, look } = this;
    pen.lineJoin = 'round';
    pen.setLineDash([]);
    pen.globalAlpha = alpha * .7;
    pen.strokeStyle = look.halo;
    pen.lineWidth = width + 2;
    pen.stroke();
    pen.setLineDash(dash);
    pen.globalAlpha = alpha;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  drawUnit({ unit, x, y, turn }) {
    drawUnit(this.pen, this.run, unit, x, y, turn, this.look, this.view.size);
    this.spots.push({ x, y, unit, boat: NONE });
  }

  // Boats whose voyage is over: for some hours, and for good where somebody died.
  drawEnded() {
    const { run, t, pen, view } = this, { boats } = run;
    const until = upTo(run.endTimes, t);
    for (let place = 0; place < until; place++) {
      const boat = run.endOrder[place], age = t - boats.ended[boat];
      if (boats.theatre[boat] !== this.theatre || (age > REMEMBERED && !boats.dead[boat])) continue;
      const at = run.boatAt(boat, boats.ended[boat]);
      if (!at) continue;
      const x = view.px(at.x), y = view.py(at.y);
      const state = run.state(boat, t);
      const died = boats.dead[boat] > 0, fresh = 1 - age / REMEMBERED;
      pen.globalAlpha = Math.max(died ? .6 : .2, fresh);
      if (fresh > 0 || state === LOST) drawBoat(pen, state, x, y, this.look, .9 * this.view.size);
      if (died) this.deathRing(x, y, boats.dead[boat], fresh > 0);
      pen.globalAlpha = 1;
      this.spots.push({ x, y, boat, unit: NONE });
    }
  }

  // Where somebody died: a ring for good, at first a strong one, the larger the more died.
  deathRing(x, y, dead, isFresh) {
    this.pen.beginPath();
    this.pen.arc(x, y, 4 + Math.min(12, 1.2 * Math.sqrt(dead)), 0, 2 * Math.PI);
    this.stroke(this.look.dead, isFresh ? 2 : 1.1, isFresh ? 1 : .75);
  }

  drawBoats() {
    const { run, t, pen, view } = this;
    run.atSea.each(t, (boat) => {
      if (run.boats.theatre[boat] !== this.theatre) return;
      const piece = run.boatTracks.pieceAt(boat, t);
      if (piece === NONE) return;
      this.path(run.boatTracks, piece, t - TRAIL, t);
      this.stroke(this.look.ink, 1, .55);
      const at = run.boatTracks.place(piece, t), x = view.px(at.x), y = view.py(at.y), state = run.state(boat, t);
      if (state === 4) this.alarm(x, y);
      drawBoat(pen, state, x, y, this.look, this.view.size);
      this.spots.push({ x, y, boat, unit: NONE });
    });
  }

  alarm(x, y) {
    const beat = this.state.calm ? .5 : (this.state.beat % 1400) / 1400;
    this.pen.beginPath();
    this.pen.arc(x, y, 8 + 9 * beat, 0, 2 * Math.PI);
    this.stroke('#D55E00', 2, .9 - .7 * beat);
  }

  drawContacts() {
    const { run, t, view, pen } = this, { contacts } = run, { lingers } = this.state;
    for (let row = upTo(contacts.start, t) - 1; row >= 0 && contacts.start[row] > t - lingers; row--) {
      if (run.theatreOfContact(row) !== this.theatre) continue;
      const age = (t - contacts.start[row]) / lingers;
      const at = run.craftAt(row, t);
      if (!at) continue;
      const x = view.px(at.x), y = view.py(at.y), eye = run.unitAt(contacts.unit[row], t);
      if (!eye) continue;
      const colour = this.colour(contacts.unit[row]);
      pen.beginPath();
      pen.moveTo(view.px(eye.x), view.py(eye.y));
      pen.lineTo(x, y);
      this.stroke(colour, 1.2, .9 * (1 - age));
      pen.beginPath();
      pen.arc(x, y, 7 + 5 * (this.state.calm ? 0 : age), 0, 2 * Math.PI);
      this.stroke(contacts.boat[row] === NONE ? this.look.faint : colour, 1.8, 1 - age);
      if (contacts.boat[row] === NONE) this.harmless(x, y, 1 - age);
    }
  }

  harmless(x, y, alpha) {
    const { pen, look } = this;
    pen.globalAlpha = alpha;
    trace(pen, SHAPES.bar, x, y, 3.4, Math.PI / 4);
    haloed(pen, look.faint, look.halo, look.faint, .5);
    pen.globalAlpha = 1;
  }

  // Units on their way to a boat, and the word that sends them.
  drawOrders() {
    const { run, t, view, pen } = this, { responses, handoffs } = run;
    run.out.each(t, (row) => {
      if (run.theatreOfResponse(row) !== this.theatre || responses.on_scene[row] <= t) return;
      const unit = run.unitAt(responses.unit[row], t);
      if (!unit) return;
      const x = view.px(unit.x), y = view.py(unit.y);
      const boat = responses.boat[row];
      const goal = boat === NONE ? run.craftAt(handoffs.contact[responses.handoff[row]], t) : run.boatAt(boat, t);
      if (goal) {
        pen.beginPath();
        pen.moveTo(x, y);
        pen.lineTo(view.px(goal.x), view.py(goal.y));
        this.stroke(WORDS.order, 1.7, .95, [6, 5]);
      }
      const age = (t - responses.tasked[row]) / this.state.lingers;
      const door = this.state.doors[handoffs.receiver.at(responses.handoff[row])];
      if (door && age < 1) this.message(door.x, door.y, x, y, age, WORDS.order);
    });
  }

  // What units and others tell the first desk.
  drawReports() {
    const { run, t, view } = this, { handoffs } = run, { lingers } = this.state;
    run.underWay.each(t, (row) => {
      if (handoffs.theatre[row] !== this.theatre || handoffs.sent[row] < t - lingers) return;
      const age = (t - handoffs.sent[row]) / lingers;
      const first = row === 0 || handoffs.report[row] !== handoffs.report[row - 1];
      const door = this.state.doors[handoffs.receiver.at(row)];
      if (!first || !door) return;
      const unit = run.unitAt(handoffs.unit[row], t);
      const from = unit || (handoffs.boat[row] === NONE ? null : run.boatAt(handoffs.boat[row], t));
      if (from) this.message(view.px(from.x), view.py(from.y), door.x, door.y, age, handoffs.distress[row] ? WORDS.distress : WORDS.report);
    });
  }

  message(x, y, toX, toY, age, colour) {
    const { pen } = this, part = this.state.calm ? .5 : age;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
    this.stroke(colour, 1, .5 * (1 - age), [2, 4]);
    pen.beginPath();
    pen.arc(x + part * (toX - x), y + part * (toY - y), 4, 0, 2 * Math.PI);
    haloed(pen, colour, this.look.halo, '#14202b', .8);
  }

  drawLife(boat) {
    const { run, t, pen, view } = this, { boats } = run;
    if (boats.theatre[boat] !== this.theatre) return;
    const { boatTracks: tracks } = run;
    for (const piece of tracks.pieces.of(boat)) {
      this.path(tracks, piece, tracks.t[tracks.first[piece]], tracks.t[tracks.first[piece + 1] - 1]);
      this.stroke(this.look.accent, 2.2, .9, [1, 5]);
    }
    for (const row of run.contactsOf.of(boat)) {
      if (run.contacts.start[row] > t) continue;
      const at = run.boatAt(boat, run.contacts.start[row]), x = view.px(at.x), y = view.py(at.y);
      const eye = run.unitAt(run.contacts.unit[row], run.contacts.start[row]);
      pen.beginPath();
      pen.moveTo(view.px(eye.x), view.py(eye.y));
      pen.lineTo(x, y);
      this.stroke(this.colour(run.contacts.unit[row]), .9, .5);
    }
  }

  ring(boat) {
    const { run, t, pen, view } = this;
    if (run.boats.theatre[boat] !== this.theatre) return;
    const at = run.boatAt(boat, Math.min(Math.max(t, run.boats.departed[boat]), run.boats.ended[boat]));
    if (!at) return;
    pen.beginPath();
    pen.arc(view.px(at.x), view.py(at.y), 12, 0, 2 * Math.PI);
    this.stroke(this.look.accent, 2.6);
  }

  // What is nearest to a point of the screen, boats before units.
  nearest(x, y, within = 16) {
    let best = null, least = within;
    for (const spot of this.spots) {
      const far = Math.hypot(spot.x - x, spot.y - y) + (spot.boat === NONE ? 4 : 0);
      if (far < least) { least = far; best = spot; }
    }
    return best;
  }
}
