// The run: its tables, and what they say of a boat at a moment.

const STATES = ['under way', 'seen', 'told', 'unit sent', 'distress'];
const ENDS = ['landed', 'met', 'stopped', 'rescued', 'lost', 'at_sea'];

class Run {
  constructor(told) {
    this.told = told;
    this.start = told.start_ms;
    this.duration = told.duration_s;
    this.theatres = told.theatres;
    this.units = tableOf(told.units);
    this.boats = tableOf(told.boats);
    this.contacts = tableOf(told.contacts);
    this.handoffs = tableOf(told.handoffs);
    this.responses = tableOf(told.responses);
    this.owners = told.theatres.map(({ owners }) => new Map(Object.entries(owners).map(([name, look], place) => [name, { ...look, place }])));
    this.desks = told.desks;
    this.officers = told.hours.officers.map((column) => columnOf(column));
    this.waiting = told.hours.waiting.map((column) => columnOf(column));
    const boats = this.boats.name.length, units = this.units.name.length;
    this.unitTracks = new Tracks(told.unit_tracks, units);
    this.boatTracks = new Tracks(told.boat_tracks, boats);
    this.group(boats);
    this.index();
    this.point = { x: 0, y: 0 };
  }

  group(boats) {
    this.contactsOf = new Groups(this.contacts.boat, boats);
    this.handoffsOf = new Groups(this.handoffs.boat, boats);
    this.responsesOf = new Groups(this.responses.boat, boats);
    this.seen = this.first(this.contacts.boat, this.contacts.start, boats);
    this.reported = this.first(this.handoffs.boat, this.handoffs.arrived, boats);
    this.strangers = new Int32Array(this.contacts.boat.length).fill(NONE);
    let stranger = 0;
    this.contacts.boat.forEach((boat, row) => { if (boat === NONE) this.strangers[row] = stranger++; });
  }

  first(boat, time, count) {
    const earliest = new Int32Array(count).fill(NEVER);
    boat.forEach((one, row) => { if (one !== NONE && time[row] < earliest[one]) earliest[one] = time[row]; });
    return earliest;
  }

  index() {
    const { boats, handoffs, responses, duration } = this;
    this.atSea = new Stretches(boats.departed, boats.ended, duration);
    const gone = handoffs.decided.map((time, row) => (time === NEVER ? handoffs.arrived[row] : time));
    this.underWay = new Stretches(handoffs.sent, gone, duration);
    this.out = new Stretches(responses.tasked, responses.done, duration);
    this.endOrder = Int32Array.from(boats.ended.keys()).sort((a, b) => boats.ended[a] - boats.ended[b]);
    this.endTimes = Int32Array.from(this.endOrder, (boat) => boats.ended[boat]);
    this.orders = Int32Array.from(responses.tasked.keys()).sort((a, b) => responses.tasked[a] - responses.tasked[b]);
    this.orderTimes = Int32Array.from(this.orders, (row) => responses.tasked[row]);
  }

  // The look of a unit's owner: name, colour, and which of the theatre's owners it is.
  ownerOf(unit) { return this.owners[this.units.theatre[unit]].get(this.units.owner.at(unit)); }

  theatreOfContact(row) { return this.units.theatre[this.contacts.unit[row]]; }
  theatreOfResponse(row) { return this.units.theatre[this.responses.unit[row]]; }

  // 0 to 4 for `STATES` while it is at sea, then 5 and more for `ENDS`; NONE before it sets out.
  state(boat, t) {
    const { boats } = this;
    if (t < boats.departed[boat]) return NONE;
    if (t >= boats.ended[boat]) return STATES.length + ENDS.indexOf(boats.outcome.at(boat));
    if (t >= boats.distress[boat] || t >= boats.capsized[boat]) return 4;
    if (this.isSought(boat, t)) return 3;
    if (t >= this.reported[boat]) return 2;
    return t >= this.seen[boat] ? 1 : 0;
  }

  isSought(boat, t) {
    const { tasked, done } = this.responses;
    return this.responsesOf.of(boat).some((row) => tasked[row] <= t && t < done[row]);
  }

  boatAt(boat, t) { return this.boatTracks.whereabouts(boat, t); }
  unitAt(unit, t) { return unit === NONE ? null : this.unitTracks.whereabouts(unit, t); }

  // Where the craft of a contact is: a boat on its way, a stranger where it was seen.
  craftAt(contact, t) {
    if (contact === NONE) return null;
    const boat = this.contacts.boat[contact];
    if (boat !== NONE) return this.boatAt(boat, t);
    this.point.x = this.contacts.x[this.strangers[contact]];
    this.point.y = this.contacts.y[this.strangers[contact]];
    return this.point;
  }

  clock(t, seconds = false) {
    const text = new Date(this.start + t * 1000).toISOString();
    return `${text.slice(0, 10)} ${text.slice(11, seconds ? 19 : 16)}`;
  }

  // How things stand in one sea at a moment.
  tally(theatre, t) {
    const { boats } = this;
    const tally = { at_sea: 0, distress: 0, out: 0, sent: 0, aboard: 0, seen: 0, told: 0, dead: 0, rescued: 0, landed: 0, met: 0, stopped: 0, persons: 0, boats: 0 };
    for (let boat = 0; boat < boats.departed.length && boats.departed[boat] <= t; boat++) {
      if (boats.theatre[boat] !== theatre) continue;
      tally.boats++;
      tally.persons += boats.persons[boat];
      if (this.seen[boat] <= t) tally.seen++;
      if (this.reported[boat] <= t) tally.told++;
      if (t < boats.ended[boat]) {
        tally.at_sea++;
        tally.aboard += boats.persons[boat];
        if (boats.distress[boat] <= t || boats.capsized[boat] <= t) tally.distress++;
      } else {
        for (const fate of FATES) tally[fate] += boats[fate][boat];
      }
    }
    this.out.each(t, (row) => { if (this.theatreOfResponse(row) === theatre) tally.out++; });
    for (let place = 0; place < this.orders.length && this.orderTimes[place] <= t; place++) {
      if (this.theatreOfResponse(this.orders[place]) === theatre) tally.sent++;
    }
    return tally;
  }
}

const FATES = ['dead', 'rescued', 'met', 'stopped', 'landed'];
