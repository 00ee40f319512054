// The table of events: everything that happened in a sea, sorted and filtered.

const KINDS = [
  ['all', 'everything'], ['deaths', 'deaths and distress'], ['left', 'departures'], ['seen', 'sightings'],
  ['told', 'reports passed'], ['decided', 'decisions'], ['sent', 'units sent'], ['scene', 'units on scene'], ['ended', 'ends of voyages'],
];
const ROWS = 60;
const PLACE = 2 ** 20;

class Events {
  constructor(run, theatre) {
    this.run = run;
    this.list = [];
    this.common = this.shared(theatre);
    this.gather(theatre);
    const keys = Float64Array.from(this.list, (event, place) => event.time * PLACE + place).sort();
    this.list = Array.from(keys, (key) => this.list[key % PLACE]);
    this.filter({});
  }

  add(kind, time, boat, row) { if (time < NEVER && time <= this.run.duration) this.list.push({ kind, time, boat, row }); }

  gather(theatre) {
    const { boats, contacts, handoffs, responses } = this.run;
    boats.departed.forEach((time, boat) => {
      if (boats.theatre[boat] !== theatre) return;
      this.add('left', time, boat, boat);
      this.add('distress', boats.distress[boat], boat, boat);
      this.add('capsized', boats.capsized[boat], boat, boat);
      this.add('ended', boats.ended[boat], boat, boat);
    });
    contacts.start.forEach((time, row) => { if (this.run.theatreOfContact(row) === theatre) this.add('seen', time, contacts.boat[row], row); });
    handoffs.sent.forEach((time, row) => {
      if (handoffs.theatre[row] !== theatre) return;
      this.add('told', time, handoffs.boat[row], row);
      this.add('decided', handoffs.decided[row], handoffs.boat[row], row);
    });
    responses.tasked.forEach((time, row) => {
      if (this.run.theatreOfResponse(row) !== theatre) return;
      this.add('sent', time, responses.boat[row], row);
      this.add('scene', responses.on_scene[row], responses.boat[row], row);
    });
  }

  isOf(event, kind) {
    if (kind === 'all' || !kind) return true;
    if (kind === 'deaths') return ['distress', 'capsized'].includes(event.kind) || (event.kind === 'ended' && this.run.boats.dead[event.row] > 0);
    return event.kind === kind;
  }

  // Keep what fits, in the order of time.
  filter({ kind = 'all', text = '', from = 0, to = Infinity }) {
    const wanted = text.trim().toLowerCase();
    this.kept = this.list.filter((event) => event.time >= from && event.time < to && this.isOf(event, kind)
      && (!wanted || `${this.boatName(event)} ${this.who(event)} ${this.what(event)}`.toLowerCase().includes(wanted)));
    this.order = null;
  }

  // The kept events by a column, with that of time as it was.
  sorted(by, rising) {
    if (by === 'time') return this.kept;
    if (this.order?.by !== by || this.order.rising !== rising) {
      const word = { kind: (event) => this.what(event), boat: (event) => this.boatName(event), who: (event) => this.who(event) }[by];
      const pairs = this.kept.map((event) => [word(event), event]);
      pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1].time - b[1].time));
      if (!rising) pairs.reverse();
      this.order = { by, rising, list: pairs.map((pair) => pair[1]) };
    }
    return this.order.list;
  }

  // What names of boats of this sea have in common at their start need not be told in every row.
  shared(theatre) {
    const names = this.run.boats.name.filter((_, boat) => this.run.boats.theatre[boat] === theatre);
    if (names.length < 2) return 0;
    let length = 0;
    while (names.every((name) => name[length] === names[0][length] && length < name.length)) length++;
    return names[0].lastIndexOf('-', length - 1) + 1;
  }

  boatName(event) {
    if (event.boat !== NONE) return this.run.boats.name[event.boat];
    const contact = this.contactOf(event);
    return contact === NONE ? '' : this.run.contacts.traffic.at(this.run.strangers[contact]);
  }

  contactOf(event) {
    if (event.kind === 'seen') return event.row;
    if (event.kind === 'told' || event.kind === 'decided') return this.run.handoffs.contact[event.row];
    if (event.kind === 'sent' || event.kind === 'scene') return this.run.handoffs.contact[this.run.responses.handoff[event.row]];
    return NONE;
  }

  who({ kind, row }) {
    const { units, contacts, handoffs, responses, boats } = this.run;
    const name = (unit) => (unit === NONE ? '' : units.name[unit]);
    if (kind === 'seen') return name(contacts.unit[row]);
    if (kind === 'told') return `${handoffs.sender.at(row)} → ${handoffs.receiver.at(row)}`;
    if (kind === 'decided') return handoffs.receiver.at(row);
    if (kind === 'sent' || kind === 'scene') return name(responses.unit[row]);
    return kind === 'ended' ? name(boats.ended_by[row]) : '';
  }

  what({ kind, row }) {
    const { boats, contacts, handoffs } = this.run;
    if (kind === 'left') return `sets out, ${boats.persons[row]} persons`;
    if (kind === 'seen') return `seen (${contacts.sensor.at(row)})`;
    if (kind === 'told') return handoffs.distress[row] ? 'report of distress' : 'report';
    if (kind === 'decided') return plainWord(handoffs.decision.at(row)) + (handoffs.reason.at(row) ? ` (${plainWord(handoffs.reason.at(row))})` : '');
    if (kind === 'ended') return plainWord(boats.outcome.at(row)) + (boats.dead[row] ? `, ${boats.dead[row]} dead` : '');
    return { distress: 'in distress', capsized: 'capsizes', sent: 'unit sent', scene: 'on scene' }[kind];
  }

  isDeadly(event) { return event.kind === 'ended' && this.run.boats.dead[event.row] > 0; }
}

const plainWord = (word) => word.replaceAll('_', ' ');

class EventTable {
  constructor(page) {
    this.page = page;
    this.asked = { kind: 'all', text: '' };
    this.by = 'time';
    this.rising = false;
    this.skip = 0;
    this.shown = '';
    const find = (id) => document.getElementById(id);
    Object.assign(this, { rows: find('rows'), follow: find('follow'), window: find('window'), told: find('rows-told'), kind: find('kind'), find: find('find') });
    for (const [value, label] of KINDS) this.kind.append(element('option', { value, textContent: label }));
    this.kind.addEventListener('change', () => this.ask({ kind: this.kind.value }));
    this.find.addEventListener('input', () => this.ask({ text: this.find.value }));
    this.follow.addEventListener('change', () => this.refresh());
    this.window.addEventListener('click', () => this.ask({ from: 0, to: Infinity }));
    find('filters').addEventListener('submit', (event) => event.preventDefault());
    find('earlier-rows').addEventListener('click', () => this.turn(-ROWS));
    find('later-rows').addEventListener('click', () => this.turn(ROWS));
    document.querySelectorAll('th button').forEach((button) => button.addEventListener('click', () => this.sortBy(button)));
  }

  open(theatre) {
    this.events = new Events(this.page.run, theatre);
    this.ask({});
  }

  ask(change) {
    Object.assign(this.asked, change);
    this.kind.value = this.asked.kind;
    this.find.value = this.asked.text;
    const { from = 0, to = Infinity } = this.asked;
    this.window.hidden = to === Infinity;
    this.window.textContent = to === Infinity ? '' : `${this.page.run.clock(from)} to ${this.page.run.clock(to).slice(11)} ✕`;
    this.window.setAttribute('aria-label', `Only ${this.window.textContent.replace(' ✕', '')}: remove`);
    this.events.filter(this.asked);
    this.refresh();
  }

  sortBy(button) {
    this.rising = this.by === button.dataset.by ? !this.rising : button.dataset.by !== 'time';
    this.by = button.dataset.by;
    document.querySelectorAll('th').forEach((head) => head.setAttribute('aria-sort', 'none'));
    button.closest('th').setAttribute('aria-sort', this.rising ? 'ascending' : 'descending');
    this.refresh();
  }

  turn(rows) { this.skip = Math.max(0, this.skip + rows); this.shown = ''; this.draw(); }
  refresh() { this.skip = 0; this.shown = ''; this.draw(); }

  get isFollowing() { return this.follow.checked && (this.asked.to ?? Infinity) === Infinity; }

  // The events to show, as many as fit, and how many there are.
  sheet() {
    const list = this.events.sorted(this.by, this.rising), { t } = this.page.clock;
    if (this.by !== 'time') {
      const past = this.isFollowing ? list.filter((event) => event.time <= t) : list;
      return [past.slice(this.skip, this.skip + ROWS), past.length];
    }
    const count = this.isFollowing ? this.countUpTo(list, t) : list.length;
    if (this.rising) return [list.slice(this.skip, Math.min(count, this.skip + ROWS)), count];
    const end = Math.max(0, count - this.skip);
    return [list.slice(Math.max(0, end - ROWS), end).reverse(), count];
  }

  countUpTo(list, t) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].time <= t) low = middle + 1; else high = middle;
    }
    return low;
  }

  draw() {
    if (!this.events) return;
    const [list, count] = this.sheet();
    const key = `${count} ${this.skip} ${this.page.picked}`;
    if (key === this.shown) return;
    this.shown = key;
    this.rows.replaceChildren(...list.map((event) => this.row(event)));
    const last = Math.min(count, this.skip + ROWS);
    this.told.textContent = count ? `${(this.skip + 1).toLocaleString('en')} to ${last.toLocaleString('en')} of ${count.toLocaleString('en')}` : 'none';
    document.getElementById('earlier-rows').disabled = this.skip === 0;
    document.getElementById('later-rows').disabled = last >= count;
  }

  row(event) {
    const row = element('tr'), { run } = this.page, name = this.events.boatName(event);
    row.classList.toggle('dead', this.events.isDeadly(event));
    row.classList.toggle('picked', event.boat !== NONE && event.boat === this.page.picked);
    const time = element('button', { type: 'button', textContent: run.clock(event.time).slice(5) });
    time.addEventListener('click', () => this.page.clock.seek(event.time));
    const boat = event.boat === NONE ? document.createTextNode(name) : element('button', { type: 'button', title: name, textContent: name.slice(this.events.common) });
    if (event.boat !== NONE) boat.addEventListener('click', () => this.page.pick(event.boat, event.time));
    for (const content of [time, this.events.what(event), boat, this.events.who(event)]) {
      const cell = element('td');
      cell.append(content);
      row.append(cell);
    }
    return row;
  }
}
