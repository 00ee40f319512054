// Charts that follow the clock: what lies ahead is pale; a click goes there and filters the events.

const DAY = 86400;
const FATE_LOOKS = [
  ['dead', '#D55E00', 'dead'], ['rescued', '#009E73', 'rescued'], ['met', '#0072B2', 'met at sea'],
  ['stopped', '#CC79A7', 'stopped'], ['landed', '#8a8f94', 'landed'],
];

// A length of bins that gives some 20 to 95 of them.
function binLength(duration) {
  return [300, 600, 900, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY].find((each) => duration / each <= 95) || 30 * DAY;
}

class Counts {
  constructor(run, theatre) {
    this.length = binLength(run.duration);
    this.bins = Math.ceil(run.duration / this.length);
    const empty = () => new Float64Array(this.bins);
    this.contacts = empty();
    this.reports = empty();
    this.departed = empty();
    this.fates = Object.fromEntries(FATES.map((fate) => [fate, empty()]));
    const add = (counts, time, amount = 1) => { if (time < run.duration) counts[Math.floor(time / this.length)] += amount; };
    run.contacts.start.forEach((time, row) => {
      if (run.contacts.boat[row] !== NONE && run.theatreOfContact(row) === theatre) add(this.contacts, time);
    });
    run.handoffs.sent.forEach((time, row) => { if (run.handoffs.theatre[row] === theatre) add(this.reports, time); });
    run.boats.ended.forEach((time, boat) => {
      if (run.boats.theatre[boat] !== theatre) return;
      add(this.departed, run.boats.departed[boat]);
      for (const fate of FATES) if (run.boats[fate][boat]) add(this.fates[fate], time === NEVER ? run.duration - 1 : time, run.boats[fate][boat]);
    });
    this.waiting = waitingOf(run);
  }
  get unit() {
    if (this.length === DAY) return 'day';
    if (this.length > DAY) return `${this.length / DAY} days`;
    return this.length === HOUR ? 'hour' : this.length > HOUR ? `${this.length / HOUR} h` : `${this.length / 60} min`;
  }
}

// Most messages that waited at a time, added up over the desks, hour by hour.
function waitingOf(run) {
  const hours = Math.max(0, ...run.waiting.map((column) => column.length));
  const total = new Float64Array(hours);
  for (const column of run.waiting) column.forEach((most, hour) => { total[hour] += most; });
  return total;
}

function runningSum(values) {
  let sum = 0;
  return values.map((value) => { sum += value; return sum; });
}

class Chart {
  constructor(parent, { title, keys, values, kind, length, told }) {
    Object.assign(this, { values, kind, length, told, title });
    this.figure = element('figure', { className: 'chart' });
    this.figure.append(element('h2', { textContent: title }));
    this.keys = keys;
    const list = element('div', { className: 'keys' });
    for (const key of keys) list.append(this.keyOf(key));
    this.canvas = element('canvas');
    this.canvas.setAttribute('role', 'img');
    this.figure.append(list, this.canvas);
    parent.append(this.figure);
    this.canvas.addEventListener('click', (event) => this.click(event));
    this.top = Math.max(1, ...this.heights());
  }

  keyOf(key) {
    const button = element('button', { type: 'button', title: 'Show these in the events' });
    button.append(key.swatch = element('canvas'), element('span', { textContent: key.label }));
    button.addEventListener('click', () => this.told({ kind: key.events }));
    return button;
  }

  heights() {
    if (this.kind !== 'stack') return this.values.flatMap((column) => [...column]);
    return [...this.values[0]].map((_, bin) => this.values.reduce((sum, column) => sum + column[bin], 0));
  }

  get area() { return { left: 40, right: this.canvas.clientWidth - 4, top: 8, bottom: this.canvas.clientHeight - 18 }; }

  click(event) {
    const { left, right } = this.area, part = (event.offsetX - left) / (right - left);
    const bin = Math.min(this.values[0].length - 1, Math.max(0, Math.floor(part * this.values[0].length)));
    this.told({ from: bin * this.length, to: (bin + 1) * this.length });
  }

  draw(look, t, run, ratio) {
    const { canvas, area } = this;
    if (!canvas.clientWidth) return;
    const pen = sized(canvas, canvas.clientWidth, canvas.clientHeight, ratio);
    for (const key of this.keys) swatch(key.swatch, key, look, ratio);
    const y = (value) => area.bottom - (value / this.top) * (area.bottom - area.top);
    this.drawAxes(pen, look, run, y);
    const x = (time) => area.left + (time / (this.values[0].length * this.length)) * (area.right - area.left);
    if (this.kind === 'bars') this.drawBars(pen, x, y, t);
    else if (this.kind === 'stack') this.drawStack(pen, x, y, t);
    else this.drawLine(pen, x, y, t, look);
    pen.strokeStyle = look.ink;
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(x(t), area.top - 4);
    pen.lineTo(x(t), area.bottom);
    pen.stroke();
    canvas.setAttribute('aria-label', `${this.title}. ${this.keys.map((key) => key.label).join(', ')}; at most ${this.top.toLocaleString('en')}`);
  }

  drawAxes(pen, look, run, y) {
    const { left, right, bottom } = this.area;
    pen.font = '11px system-ui, sans-serif';
    pen.lineWidth = 1;
    for (const value of ticksBetween(0, this.top, 1)) {
      pen.strokeStyle = look.line;
      pen.beginPath();
      pen.moveTo(left, Math.round(y(value)) + .5);
      pen.lineTo(right, Math.round(y(value)) + .5);
      pen.stroke();
      pen.fillStyle = look.faint;
      pen.textAlign = 'right';
      pen.fillText(shortNumber(value), left - 5, y(value) + 4);
    }
    const whole = this.values[0].length * this.length, dated = run.duration > 2 * DAY;
    for (const [part, align] of [[0, 'left'], [.5, 'center'], [1, 'right']]) {
      pen.textAlign = align;
      const text = run.clock(Math.min(run.duration, part * whole));
      pen.fillText(dated ? dayWord(text) : text.slice(11), left + part * (right - left), bottom + 14);
    }
  }

  drawBars(pen, x, y, t) {
    const { values, keys, length } = this, count = values.length;
    const wide = x(length) - x(0), each = Math.max(1, (wide - (wide > 5 ? 2 : 0)) / count);
    values.forEach((column, place) => column.forEach((value, bin) => {
      if (!value) return;
      pen.globalAlpha = bin * length <= t ? 1 : .3;
      pen.fillStyle = keys[place].colour;
      pen.fillRect(x(bin * length) + place * each, y(value), each, Math.max(1, y(0) - y(value)));
    }));
    pen.globalAlpha = 1;
  }

  drawStack(pen, x, y, t) {
    const below = new Float64Array(this.values[0].length);
    this.values.forEach((column, place) => {
      pen.fillStyle = this.keys[place].colour;
      column.forEach((value, bin) => {
        if (!value) return;
        pen.globalAlpha = bin * this.length <= t ? 1 : .3;
        const top = y(below[bin] + value);
        const left = Math.round(x(bin * this.length));
        pen.fillRect(left, top, Math.round(x((bin + 1) * this.length)) - left, y(below[bin]) - top);
        below[bin] += value;
      });
    });
    pen.globalAlpha = 1;
  }

  drawLine(pen, x, y, t, look) {
    const [column] = this.values;
    for (const [from, to, alpha] of [[0, t, 1], [t, Infinity, .35]]) {
      pen.beginPath();
      column.forEach((value, bin) => {
        const time = bin * this.length;
        if (time + this.length < from || time > to) return;
        pen.lineTo(x(Math.max(from, time)), y(value));
        pen.lineTo(x(Math.min(to, time + this.length)), y(value));
      });
      pen.globalAlpha = alpha;
      pen.strokeStyle = onTheme(this.keys[0].colour, look);
      pen.lineWidth = 1.3;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }
}

function swatch(canvas, key, look, ratio) {
  const pen = sized(canvas, 12, 12, ratio);
  pen.fillStyle = onTheme(key.colour, look);
  pen.fillRect(1, 1, 10, 10);
}

// Round values in a range, some four of them.
function ticksBetween(low, high, least = 0) {
  const rough = (high - low) / 4, size = 10 ** Math.floor(Math.log10(rough || 1));
  const step = Math.max(least, [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough * .999));
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

const shortNumber = (value) => (value >= 10000 ? `${Math.round(value / 1000)}k` : value.toLocaleString('en'));
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayWord = (text) => `${Number(text.slice(8, 10))} ${MONTHS[Number(text.slice(5, 7)) - 1]}`;

function element(name, properties = {}) { return Object.assign(document.createElement(name), properties); }

function chartsOf(run, theatre, parent, told) {
  const counts = new Counts(run, theatre), { length } = counts;
  parent.replaceChildren();
  const stack = FATE_LOOKS.map(([fate]) => runningSum(counts.fates[fate]));
  return [
    new Chart(parent, {
      title: `Sightings and reports, by ${counts.unit}`, kind: 'bars', length, told, values: [counts.contacts, counts.reports],
      keys: [{ colour: '#56B4E9', label: 'sightings of boats', events: 'seen' }, { colour: '#E69F00', label: 'reports passed', events: 'told' }],
    }),
    new Chart(parent, {
      title: 'What became of people, added up', kind: 'stack', length, told, values: stack,
      keys: FATE_LOOKS.map(([, colour, label]) => ({ colour, label, events: 'ended' })),
    }),
    new Chart(parent, {
      title: `Deaths, by ${counts.unit}`, kind: 'bars', length, told, values: [counts.fates.dead],
      keys: [{ colour: '#D55E00', label: `${counts.fates.dead.reduce((a, b) => a + b, 0).toLocaleString('en')} in the whole run`, events: 'deaths' }],
    }),
    ...(counts.waiting.length ? [new Chart(parent, {
      title: 'Reports waiting at all desks, most in each hour', kind: 'line', length: HOUR, told, values: [counts.waiting],
      keys: [{ colour: '#0072B2', label: 'waiting for an officer', events: 'decided' }],
    })] : []),
  ];
}
