// The page: puts the parts together, keeps what is shown in the address, and hears keys and buttons.

const TABS = ['now', 'layers', 'events', 'boat'];
const $ = (id) => document.getElementById(id);

class Page {
  constructor(told) {
    this.run = new Run(told);
    this.picked = NONE;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.view = new View($('sea'));
    this.replay = new Replay(this.run, $('top'));
    this.desks = new Desks(this.run, $('rooms'), $('desks'));
    this.clock = new Clock(this.run.duration, this.calm, (now) => this.drawFrame(now), () => this.drawSlow());
    this.events = new EventTable(this);
    this.life = new LifePanel(this);
    this.bases = new Map();
    this.draws = [];
    this.tab = 'now';
    if (innerWidth < 760) this.fold();
    this.fillControls();
    this.listen();
    this.restore();
    this.ready = true;
  }

  get look() { return document.documentElement.dataset.theme === 'dark' ? DARK : LIGHT; }
  get sea() { return this.run.theatres[this.theatre]; }

  fillControls() {
    for (const [value, label] of SPEEDS) $('speed').append(element('option', { value, textContent: label }));
    $('time').max = this.run.duration;
    if (this.run.theatres.length > 1) {
      $('theatres').hidden = false;
      this.run.theatres.forEach((theatre, place) => {
        const button = element('button', { type: 'button', textContent: theatre.title });
        button.addEventListener('click', () => this.enter(place));
        $('theatres').append(button);
      });
    }
  }

  // Take everything from the address; the busiest moment where it names none.
  restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const theatre = this.run.theatres.findIndex((each) => each.name === asked.get('sea'));
    const speed = Number(asked.get('speed'));
    if (SPEEDS.some(([each]) => each === speed)) this.clock.speed = speed;
    $('speed').value = this.clock.speed;
    this.heatName = asked.get('heat') ?? undefined;
    for (const name of (asked.get('off') || '').split(',')) if (name in this.replay.on) this.replay.on[name] = false;
    this.enter(Math.max(0, theatre), asked.has('t') ? Number(asked.get('t')) : undefined);
    const place = (asked.get('at') || '').split(',').map(Number);
    if (place.length === 3 && place.every(Number.isFinite)) {
      [this.view.x, this.view.y, this.view.scale] = place;
      this.moved = true;
    }
    const boat = this.run.boats.name.indexOf(asked.get('boat') ?? '');
    if (boat !== -1) this.pick(boat);
    this.turnTo(TABS.includes(asked.get('tab')) ? asked.get('tab') : this.tab);
    this.redraw();
  }

  keep() {
    const { view, clock } = this;
    const state = { t: Math.round(clock.t), sea: this.sea.name, heat: this.heatName ?? '', speed: clock.speed, tab: this.tab };
    const off = Object.keys(this.replay.on).filter((name) => !this.replay.on[name]);
    if (off.length) state.off = off.join(',');
    if (this.picked !== NONE) state.boat = this.run.boats.name[this.picked];
    if (this.moved) state.at = [view.x.toFixed(0), view.y.toFixed(0), view.scale.toPrecision(4)].join(',');
    if (document.documentElement.dataset.chosen) state.theme = document.documentElement.dataset.theme;
    history.replaceState(null, '', `#${new URLSearchParams(state)}`);
  }

  enter(theatre, t) {
    this.theatre = theatre;
    if (!this.bases.has(theatre)) this.bases.set(theatre, new Base(this.sea, $('base')));
    this.base = this.bases.get(theatre);
    [...$('theatres').children].forEach((button, place) => button.setAttribute('aria-pressed', String(place === theatre)));
    this.clock.seek(Number.isFinite(t) ? t : this.ready ? this.clock.t : this.busiest());
    this.desks.place(theatre);
    this.fillHeats();
    fillLegend(this);
    this.charts = chartsOf(this.run, theatre, $('charts'), (asked) => this.filterBy(asked));
    $('seas-note').hidden = !this.sea.seas.size.plain.length;
    this.events.events = null;
    this.showAll();
    this.turnTo(this.tab);
  }

  // When most boats of this sea were at sea.
  busiest() {
    const { boats, duration } = this.run, step = duration / 400;
    let best = 0, most = -1;
    const change = new Int32Array(402);
    boats.departed.forEach((time, boat) => {
      if (boats.theatre[boat] !== this.theatre || time >= duration) return;
      change[Math.ceil(time / step)]++;
      change[Math.min(401, Math.ceil(Math.min(duration, boats.ended[boat]) / step))]--;
    });
    for (let place = 0, there = 0; place <= 400; place++) if ((there += change[place]) > most) { most = there; best = place; }
    return best * step;
  }

  fillHeats() {
    const { heat } = this.sea, names = heat.map((each) => each.name);
    $('heat').replaceChildren(element('option', { value: '', textContent: heat.length ? 'none' : 'none worked out for this run' }),
      ...heat.map((each) => element('option', { value: each.name, textContent: each.title })));
    const wanted = this.heatName === undefined || (this.heatName && !names.includes(this.heatName)) ? names[0] ?? '' : this.heatName;
    $('heat').value = this.heatName = wanted;
  }

  showAll() {
    this.view.resize();
    const rooms = $('rooms').hidden || this.view.width < 760 ? 0 : 250;
    this.view.fit(this.sea.extent, rooms);
    this.moved = false;
    this.redraw();
  }

  redraw() {
    this.view.resize();
    this.base.draw(this.view, this.look, this.heat, this.replay.on.names, this.replay.on.limits);
    this.drawScale();
    this.clock.stale = true;
  }

  get heat() { return this.sea.heat.find((each) => each.name === this.heatName); }

  drawScale() {
    $('scale').hidden = !this.heat;
    $('heat-note').textContent = this.heat ? this.heat.note : '';
    drawScale($('scale'), this.heat, this.look, this.view.ratio);
  }

  drawFrame(now) {
    const begun = performance.now(), { t, speed } = this.clock;
    const doors = $('rooms').hidden ? {} : this.desks.locate($('sea'));
    const lingers = Math.max(1200, speed * .7);
    const state = { t, theatre: this.theatre, picked: this.picked, lingers, doors, calm: this.calm, beat: now };
    this.replay.draw(this.view, this.look, state);
    this.desks.draw(this.look, t, this.view.ratio);
    this.draws.push(performance.now() - begun);
    if (this.draws.length > 240) this.draws.shift();
  }

  // At most five times a second.
  drawSlow() {
    const { t } = this.clock, { run, look } = this, { ratio } = this.view;
    $('clock').textContent = `${run.clock(t)} UTC`;
    if (document.activeElement !== $('time') || this.clock.playing) $('time').value = t;
    $('time').setAttribute('aria-valuetext', run.clock(t));
    $('play').textContent = this.clock.playing ? '❚❚ Pause' : '▶ Play';
    drawDensity($('density'), this.densities(), look, ratio, t / run.duration);
    fillMoment(run, this.theatre, t);
    if (this.tab === 'now') this.charts.forEach((chart) => chart.draw(look, t, run, ratio));
    if (this.tab === 'events') this.events.draw();
    this.life.draw(t);
    if (!this.clock.playing) {
      this.keep();
      const { at_sea: atSea, distress, out, dead } = run.tally(this.theatre, t);
      $('top').setAttribute('aria-label', `${run.clock(t)}: boats at sea ${atSea}, in distress ${distress}, units sent out ${out}, dead so far ${dead}`);
    }
    document.body.dataset.ready = 'true';
  }

  // Counted once for a width of the screen.
  densities() {
    const columns = Math.max(1, Math.floor(($('density').clientWidth - 16) / 2));
    if (this.density?.theatre !== this.theatre || this.density.columns !== columns) this.density = densityOf(this.run, this.theatre, columns);
    return this.density;
  }

  turnTo(tab) {
    this.tab = tab;
    for (const name of TABS) {
      $(name).hidden = name !== tab;
      $(`tab-${name}`).setAttribute('aria-selected', String(name === tab));
      $(`tab-${name}`).tabIndex = name === tab ? 0 : -1;
    }
    if (tab === 'layers') this.drawScale();
    if (tab === 'events' && !this.events.events) this.events.open(this.theatre);
    this.clock.stale = true;
  }

  // A chart was clicked: go there, and show in the table what it is about.
  filterBy(asked) {
    if (!this.events.events) this.events.open(this.theatre);
    this.events.ask(asked);
    if (asked.from !== undefined) this.clock.seek((asked.from + asked.to) / 2);
    this.say(`The table of events shows ${this.events.events.kept.length} events`);
    this.turnTo(asked.kind ? 'events' : this.tab);
  }

  pick(boat, t) {
    const theatre = this.run.boats.theatre[boat];
    if (theatre !== this.theatre) this.enter(theatre);
    this.picked = boat;
    this.life.show(boat);
    if (t !== undefined && (this.clock.t < this.run.boats.departed[boat] || this.clock.t > this.run.boats.ended[boat])) this.clock.seek(t);
    this.turnTo('boat');
    this.say(`${this.run.boats.name[boat]} picked`);
  }

  letGo() {
    this.picked = NONE;
    this.life.clear();
    this.clock.stale = true;
  }

  say(words) { $('said').textContent = words; }

  // To the next or previous event: of the boat picked, else of any.
  leap(ahead) {
    const { t } = this.clock;
    if (this.picked === NONE && !this.events.events) this.events.open(this.theatre);
    const list = this.picked === NONE ? this.events.events.kept : this.life.moments;
    const place = ahead ? list.findIndex((each) => each.time > t) : list.findLastIndex((each) => each.time < Math.floor(t));
    if (place === -1) return;
    this.clock.seek(list[place].time);
    this.say(`${this.run.clock(list[place].time)}: ${list[place].words ?? this.events.events.what(list[place])}`);
  }
}
