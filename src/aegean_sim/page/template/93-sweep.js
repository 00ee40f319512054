// The page of a sweep: a slider over the levels that were computed, with intervals; nothing between them is made up.

const BLUE = '#0072B2';

class SweepPage {
  constructor(told) {
    this.told = told;
    this.level = 0;
    const find = (id) => document.getElementById(id);
    Object.assign(this, { leverBox: find('lever'), partBox: find('part'), slider: find('level'), cards: find('cards') });
    for (const [place, lever] of told.levers.entries()) this.leverBox.append(element('option', { value: place, textContent: lever.name }));
    find('lever-box').hidden = told.levers.length < 2;
    this.leverBox.addEventListener('change', () => this.open(Number(this.leverBox.value), 0));
    this.partBox.addEventListener('change', () => this.open(this.lever, Number(this.partBox.value)));
    this.slider.addEventListener('input', () => this.turn(Number(this.slider.value)));
    find('theme').addEventListener('click', () => setTheme(this.look === DARK ? 'light' : 'dark', true, this));
    find('keys-button').hidden = true;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!document.documentElement.dataset.chosen) setTheme(systemTheme(), false, this); });
    addEventListener('beforeprint', () => { this.kept = document.documentElement.dataset.theme; setTheme('light', false, this); });
    addEventListener('afterprint', () => setTheme(this.kept, false, this));
    this.restore();
    new ResizeObserver(() => this.draw()).observe(this.cards);
    document.body.dataset.ready = 'true';
  }

  get look() { return document.documentElement.dataset.theme === 'dark' ? DARK : LIGHT; }
  get part() { return this.told.levers[this.lever].parts[this.place]; }

  restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const lever = Math.max(0, this.told.levers.findIndex((each) => each.name === asked.get('lever')));
    const place = Math.max(0, this.told.levers[lever].parts.findIndex((each) => each.name === asked.get('where')));
    this.open(lever, place);
    const level = this.part.labels.indexOf(asked.get('level') ?? '');
    if (level !== -1) this.turn(level);
  }

  keep() {
    const state = { lever: this.told.levers[this.lever].name, where: this.part.name, level: this.part.labels[this.level] };
    if (document.documentElement.dataset.chosen) state.theme = document.documentElement.dataset.theme;
    history.replaceState(null, '', `#${new URLSearchParams(state)}`);
  }

  open(lever, place) {
    Object.assign(this, { lever, place });
    const { parts, name } = this.told.levers[lever];
    this.leverBox.value = lever;
    this.partBox.replaceChildren(...parts.map((part, row) => element('option', { value: row, textContent: part.name || 'all cells' })));
    this.partBox.value = place;
    document.getElementById('part-box').hidden = parts.length < 2;
    document.getElementById('lever-name').textContent = name;
    document.getElementById('runs').textContent = `${this.part.runs}. Baseline: ${this.part.labels[this.part.baseline]}.`;
    this.slider.max = this.part.labels.length - 1;
    this.fillTicks();
    this.fillCards();
    this.fillWords();
    this.fillNumbers();
    this.turn(Math.min(this.level, this.part.labels.length - 1));
  }

  fillTicks() {
    const ticks = document.getElementById('ticks');
    ticks.replaceChildren(...this.part.labels.map((label) => element('span', { textContent: label.length > 14 ? `${label.slice(0, 13)}…` : label })));
  }

  fillCards() {
    this.parts = this.part.measures.map((measure) => {
      const card = element('article', { className: 'card' }), told = element('p', { className: 'number' });
      const interval = element('p', { className: 'small' }), apart = element('p', { className: 'apart' }), canvas = element('canvas');
      canvas.setAttribute('role', 'img');
      canvas.addEventListener('click', (event) => this.turn(this.nearest(canvas, event.offsetX)));
      card.append(element('h2', { textContent: measure.title }), told, interval, apart, canvas);
      return { card, told, interval, apart, canvas, measure };
    });
    this.cards.replaceChildren(...this.parts.map(({ card }) => card));
  }

  fillWords() {
    const { may, may_not: mayNot, doubts } = this.part, { warnings } = this.told;
    const lists = [['What may be concluded', may.length ? may : ['Nothing yet.']], ['What may not be concluded', mayNot], ['Doubts', doubts], ['Besides', [...warnings, ...this.told.levers[this.lever].lacking]]];
    document.getElementById('words').replaceChildren(...lists.filter(([, said]) => said.length).map(([title, said]) => {
      const box = element('div'), list = element('ul');
      list.append(...said.map((line) => element('li', { textContent: line })));
      box.append(element('h2', { textContent: title }), list);
      return box;
    }));
  }

  fillNumbers() {
    const { part } = this, head = element('tr');
    for (const text of [this.told.levers[this.lever].name, ...part.labels]) head.append(element('th', { scope: 'col', textContent: text }));
    const rows = part.measures.map((measure) => {
      const row = element('tr');
      row.append(element('th', { scope: 'row', textContent: `${measure.title}, ${measure.unit}` }));
      measure.told.forEach((told, level) => row.append(element('td', { textContent: `${told} (${measure.interval[level]})` })));
      return row;
    });
    const top = element('thead'), body = element('tbody');
    top.append(head);
    body.append(...rows);
    document.getElementById('numbers').replaceChildren(element('caption', { className: 'unseen', textContent: 'Each measure at each level, with its 95 % interval' }), top, body);
  }

  turn(level) {
    this.level = level;
    const { labels, baseline } = this.part;
    this.slider.value = level;
    this.slider.setAttribute('aria-valuetext', labels[level]);
    document.getElementById('level-told').textContent = labels[level];
    [...document.getElementById('ticks').children].forEach((tick, place) => tick.classList.toggle('now', place === level));
    for (const { measure, told, interval, apart } of this.parts) {
      told.replaceChildren(measure.told[level], element('span', { className: 'small', textContent: ` ${measure.unit}` }));
      interval.textContent = `95 % interval ${measure.interval[level]}`;
      const than = measure.apart[level];
      apart.textContent = level === baseline ? 'the baseline' : than ? `${than.told} against ${labels[baseline]}: ${than.verdict}` : '';
      apart.dataset.verdict = than && level !== baseline ? than.verdict : '';
    }
    this.draw();
    this.keep();
  }

  at(place) { return this.part.at ? this.part.at[place] : place; }

  frame(canvas) {
    const places = this.part.labels.map((_, place) => this.at(place));
    const low = Math.min(...places), span = Math.max(...places) - low || 1;
    const left = 46, right = canvas.clientWidth - 18;
    return { x: (place) => left + ((this.at(place) - low) / span) * (right - left), left, right };
  }

  nearest(canvas, px) {
    const { x } = this.frame(canvas);
    return this.part.labels.map((_, place) => Math.abs(x(place) - px)).reduce((best, far, place, all) => (far < all[best] ? place : best), 0);
  }

  draw() {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const { measure, canvas } of this.parts) this.drawCurve(canvas, measure, ratio);
  }

  drawCurve(canvas, measure, ratio) {
    if (!canvas.clientWidth) return;
    const width = canvas.clientWidth, height = canvas.clientHeight, { look } = this;
    const pen = sized(canvas, width, height, ratio), { x, left, right } = this.frame(canvas);
    const values = [...measure.low, ...measure.high, ...measure.singles.flat()].filter((value) => value !== null);
    const most = Math.max(...values), least = Math.min(...values);
    const floor = least > 0.5 * most && most > least ? least - 0.1 * (most - least) : Math.min(0, least);
    const top = most > floor ? most : floor + 1;
    const y = (value) => height - 22 - ((value - floor) / (top - floor || 1)) * (height - 34);
    this.drawGrid(pen, look, y, left, right, floor, top, x, height);
    const there = measure.estimate.map((value, place) => (value === null ? NONE : place)).filter((place) => place !== NONE);
    const blue = onTheme(BLUE, look);
    if (this.part.at) this.drawBand(pen, measure, there, x, y, blue);
    for (const place of there) this.drawLevel(pen, measure, place, x(place), y, blue, look);
    canvas.setAttribute('aria-label', `${measure.title} by level: ${there.map((place) => `${this.part.labels[place]} ${measure.told[place]}`).join(', ')}`);
  }

  drawGrid(pen, look, y, left, right, floor, top, x, height) {
    pen.font = '11px system-ui, sans-serif';
    pen.lineWidth = 1;
    pen.strokeStyle = look.line;
    pen.fillStyle = look.faint;
    for (const value of ticksBetween(floor, top)) {
      pen.beginPath();
      pen.moveTo(left - 6, Math.round(y(value)) + .5);
      pen.lineTo(right, Math.round(y(value)) + .5);
      pen.stroke();
      pen.textAlign = 'right';
      pen.fillText(shortNumber(value), left - 9, y(value) + 4);
    }
    pen.textAlign = 'center';
    const { labels } = this.part;
    labels.forEach((label, place) => { if (labels.length < 12 || place % Math.ceil(labels.length / 8) === 0) pen.fillText(fitted(pen, label, (right - left) / labels.length + 8), x(place), height - 6); });
    pen.strokeStyle = look.ink;
    pen.setLineDash([3, 3]);
    pen.beginPath();
    pen.moveTo(x(this.level), 8);
    pen.lineTo(x(this.level), height - 22);
    pen.stroke();
    pen.setLineDash([]);
  }

  drawBand(pen, measure, there, x, y, blue) {
    pen.beginPath();
    there.forEach((place) => pen.lineTo(x(place), y(measure.high[place] ?? measure.estimate[place])));
    [...there].reverse().forEach((place) => pen.lineTo(x(place), y(measure.low[place] ?? measure.estimate[place])));
    pen.globalAlpha = .18;
    pen.fillStyle = blue;
    pen.fill();
    pen.globalAlpha = 1;
    pen.beginPath();
    there.forEach((place) => pen.lineTo(x(place), y(measure.estimate[place])));
    pen.strokeStyle = blue;
    pen.lineWidth = 1.8;
    pen.stroke();
  }

  drawLevel(pen, measure, place, x, y, blue, look) {
    pen.fillStyle = blue;
    pen.globalAlpha = .4;
    measure.singles[place].forEach((value, run) => {
      if (value === null) return;
      pen.beginPath();
      pen.arc(x + 7 * (2 * ((run * .618034) % 1) - 1), y(value), 1.7, 0, 2 * Math.PI);
      pen.fill();
    });
    pen.globalAlpha = 1;
    pen.strokeStyle = look.ink;
    pen.lineWidth = 1.3;
    if (measure.low[place] !== null) {
      pen.beginPath();
      pen.moveTo(x, y(measure.low[place]));
      pen.lineTo(x, y(measure.high[place]));
      pen.stroke();
    }
    pen.beginPath();
    pen.arc(x, y(measure.estimate[place]), place === this.level ? 6 : 3.6, 0, 2 * Math.PI);
    haloed(pen, blue, look.halo, look.ink, 1);
  }

  restyle() { this.draw(); this.keep(); }

  api() { return { level: () => this.part.labels[this.level], turn: (level) => this.turn(level), labels: () => this.part.labels, told: () => this.parts.map(({ measure, told }) => [measure.title, told.textContent]) }; }
}
