// Controls: what buttons and keys do, the legend, and the small numbers.

Page.prototype.listen = function listen() {
  steer(this.view, () => { this.moved = true; this.redraw(); }, (spot) => this.click(spot), (spot) => this.hover(spot));
  const zoom = (factor) => { this.view.zoom(factor); this.moved = true; this.redraw(); };
  $('closer').addEventListener('click', () => zoom(1.5));
  $('farther').addEventListener('click', () => zoom(1 / 1.5));
  $('whole').addEventListener('click', () => this.showAll());
  $('play').addEventListener('click', () => this.playOrPause());
  $('back').addEventListener('click', () => this.step(-HOUR));
  $('on').addEventListener('click', () => this.step(HOUR));
  $('speed').addEventListener('change', () => { this.clock.speed = Number($('speed').value); });
  $('time').addEventListener('input', () => this.clock.seek(Number($('time').value)));
  $('heat').addEventListener('change', () => { this.heatName = $('heat').value; this.redraw(); });
  $('theme').addEventListener('click', () => setTheme(this.look === DARK ? 'light' : 'dark', true, this));
  $('keys-button').addEventListener('click', () => $('keys').showModal());
  $('rooms-button').addEventListener('click', () => this.fold());
  document.querySelectorAll('[role="tab"]').forEach((tab) => {
    tab.addEventListener('click', () => this.turnTo(tab.id.slice(4)));
    tab.addEventListener('keydown', (event) => this.tabKey(event));
  });
  document.addEventListener('keydown', (event) => this.key(event, zoom));
  new ResizeObserver(() => { if (this.ready) { if (this.moved) this.redraw(); else this.showAll(); } }).observe($('sea'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!document.documentElement.dataset.chosen) setTheme(systemTheme(), false, this); });
  addEventListener('beforeprint', () => { this.kept = document.documentElement.dataset.theme; setTheme('light', false, this); this.drawSlow(); });
  addEventListener('afterprint', () => setTheme(this.kept, false, this));
};

Page.prototype.fold = function fold() {
  const closed = $('rooms').classList.toggle('closed');
  $('rooms-button').setAttribute('aria-expanded', String(!closed));
  this.clock.stale = true;
};

Page.prototype.playOrPause = function playOrPause() {
  this.clock.play();
  this.say(this.clock.playing ? 'playing' : `paused at ${this.run.clock(this.clock.t)}`);
};

Page.prototype.step = function step(seconds) {
  this.clock.seek(this.clock.t + seconds);
  this.say(this.run.clock(this.clock.t));
};

Page.prototype.tabKey = function tabKey(event) {
  const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!turn) return;
  event.preventDefault();
  event.stopPropagation();
  const next = TABS[(TABS.indexOf(this.tab) + turn + TABS.length) % TABS.length];
  this.turnTo(next);
  $(`tab-${next}`).focus();
};

Page.prototype.key = function key(event, zoom) {
  const where = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || $('keys').open || (where.matches('select, input[type="search"]') && event.key !== 'Escape')) return;
  const faster = (by) => {
    const place = SPEEDS.findIndex(([speed]) => speed === this.clock.speed) + by;
    if (SPEEDS[place]) { [this.clock.speed] = SPEEDS[place]; $('speed').value = this.clock.speed; this.say(SPEEDS[place][1]); }
  };
  const keys = {
    ' ': () => this.playOrPause(), ',': () => this.step(-HOUR), '.': () => this.step(HOUR), ';': () => this.step(-60), ':': () => this.step(60),
    n: () => this.leap(true), p: () => this.leap(false), '[': () => faster(-1), ']': () => faster(1),
    '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), 0: () => this.showAll(), Escape: () => this.letGo(),
    Home: () => this.step(-Infinity), End: () => this.step(Infinity),
  };
  const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
  const presses = where.matches('button, a, [role="tab"], input[type="checkbox"]') && event.key === ' ';
  const scrubs = where === $('time') && event.key.match(/^(Arrow|Home|End)/);
  if (presses || scrubs) return;
  if (pan && where === $('sea')) { this.view.pan(...pan); this.moved = true; this.redraw(); } else if (keys[event.key]) keys[event.key](); else return;
  event.preventDefault();
};

Page.prototype.click = function click({ x, y }) {
  const spot = this.replay.nearest(x, y);
  if (!spot) { this.letGo(); return; }
  if (spot.boat !== NONE) this.pick(spot.boat);
  else if (this.events.events || this.theatre !== undefined) this.filterBy({ text: this.run.units.name[spot.unit], kind: 'all' });
};

Page.prototype.hover = function hover(spot) {
  const found = spot && this.replay.nearest(spot.x, spot.y);
  $('tip').hidden = !found;
  $('sea').style.cursor = found ? 'pointer' : '';
  if (!found) return;
  $('tip').textContent = found.boat === NONE ? unitWords(this.run, found.unit) : boatWords(this.run, found.boat, this.clock.t);
  const right = found.x > this.view.width - 240;
  Object.assign($('tip').style, { left: right ? '' : `${found.x + 14}px`, right: right ? `${this.view.width - found.x + 14}px` : '', top: `${Math.max(4, found.y - 14)}px` });
};

function unitWords(run, unit) {
  const miles = run.units.reach[unit] / 185.2;
  return `${run.units.name[unit]}\n${run.ownerOf(unit).name}${miles ? `, may see ${miles.toFixed(0)} nm at best` : ''}`;
}

function boatWords(run, boat, t) {
  const dead = run.boats.dead[boat], ended = t >= run.boats.ended[boat];
  return `${run.boats.name[boat]}\n${run.boats.persons[boat]} persons, ${BOAT_LOOKS[run.state(boat, t)].label}${ended && dead ? `, ${dead} dead` : ''}`;
}

const SO_FAR = [
  ['dead', 'dead'], ['rescued', 'rescued'], ['met', 'met at sea'], ['stopped', 'stopped'], ['landed', 'landed'], ['sent', 'times a unit was sent'],
  ['boats', 'boats set out'], ['seen', 'of these seen'], ['told', 'told of, also by phone'],
];
const NOW = [['at_sea', 'boats at sea'], ['distress', 'in distress'], ['out', 'units under orders']];

function fillMoment(run, theatre, t) {
  const tally = run.tally(theatre, t);
  const sea = run.theatres.length > 1 ? `, ${run.theatres[theatre].title}` : '';
  $('by-now').textContent = run.clock(t) + sea;
  fillTiles($('so-far'), SO_FAR, tally);
  fillTiles($('moment'), NOW, tally);
}

function fillTiles(list, tiles, tally) {
  if (list.children.length !== tiles.length) {
    list.replaceChildren(...tiles.map(([name, label]) => {
      const tile = element('div', { className: name });
      tile.append(element('dt', { textContent: label }), element('dd'));
      return tile;
    }));
  }
  tiles.forEach(([name], place) => { list.children[place].lastChild.textContent = tally[name].toLocaleString('en'); });
}

function drawRing(pen, colour) {
  pen.beginPath();
  pen.arc(11, 11, 6, 0, 2 * Math.PI);
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.stroke();
}

function drawDot(pen, colour, look) {
  pen.beginPath();
  pen.arc(11, 11, 4, 0, 2 * Math.PI);
  haloed(pen, colour, look.halo, '#14202b', .8);
}

function drawDashes(pen) {
  pen.setLineDash([6, 4]);
  pen.strokeStyle = WORDS.order;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(1, 18);
  pen.lineTo(21, 4);
  pen.stroke();
}

const SIGNS = [
  ['sighting', (pen, look) => drawRing(pen, look.faint)], ['report', (pen, look) => drawDot(pen, WORDS.report, look)],
  ['report of distress', (pen, look) => drawDot(pen, WORDS.distress, look)], ['order', (pen, look) => drawDot(pen, WORDS.order, look)],
  ['unit on its way', (pen) => drawDashes(pen)],
];

// A canvas of the size of a sign, and a line of a key with it.
function icon(draw) {
  const canvas = element('canvas');
  draw(sized(canvas, 22, 22, Math.min(2, window.devicePixelRatio || 1)));
  return canvas;
}

function keyRow(draw, text) {
  const line = element('div', { className: 'row' });
  line.append(icon(draw), element('span', { textContent: text }));
  return line;
}

function fillLegend(page) {
  const { run, look, theatre } = page, first = new Map();
  run.units.theatre.forEach((where, unit) => {
    const kind = run.units.kind.at(unit), key = kind === 'site' || kind === 'aircraft' ? kind : run.units.owner.at(unit);
    if (where === theatre && !first.has(key)) first.set(key, unit);
  });
  const named = (key, unit) => ({ site: 'site on shore', aircraft: 'aircraft' })[key] || run.ownerOf(unit).name;
  $('legend').replaceChildren(
    element('h2', { textContent: 'Boats' }),
    ...BOAT_LOOKS.slice(0, -1).map((mark, state) => keyRow((pen) => drawBoat(pen, state, 11, 11, look), mark.label)),
    keyRow((pen) => drawRing(pen, look.dead), 'somebody died'),
    element('h2', { textContent: 'Units' }),
    ...[...first].map(([key, unit]) => keyRow((pen) => drawUnit(pen, run, unit, 11, 11, 0, look), named(key, unit))),
  );
  $('signs').replaceChildren(...SIGNS.map(([text, draw]) => keyRow((pen) => draw(pen, look), text)));
  $('shown').replaceChildren(...LAYERS.map(([name, label]) => {
    const box = element('input', { type: 'checkbox', checked: page.replay.on[name] }), line = element('label');
    box.addEventListener('change', () => { page.replay.on[name] = box.checked; page.redraw(); });
    line.append(box, label);
    return line;
  }));
}

function drawScale(canvas, heat, look, ratio) {
  if (!heat || !canvas.clientWidth) return;
  const width = canvas.clientWidth;
  drawColours(sized(canvas, width, 34, ratio), heat, look, 10, 2, width - 34);
}

const systemTheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function setTheme(theme, chosen, page) {
  const root = document.documentElement;
  root.dataset.theme = theme;
  if (chosen) root.dataset.chosen = 'true';
  $('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', `Switch to ${theme === 'dark' ? 'light' : 'dark'}`);
  page?.restyle();
}

Page.prototype.restyle = function restyle() {
  fillLegend(this);
  this.redraw();
};
