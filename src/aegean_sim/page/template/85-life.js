// One boat's life, in the words and the order of `aegean-sim trace`.

const TIPS = {
  phone: 'a call from aboard', relay: 'a call relayed', flare: 'a flare seen', ship: 'a passing ship',
  shore: 'somebody on shore', fisher: 'a fisherman',
};

function lifeOf(run, boat) {
  const moments = [];
  const add = (time, words, isDeath = false) => { if (time !== NEVER) moments.push({ time, words, isDeath }); };
  const contacts = run.contactsOf.of(boat), handoffs = run.handoffsOf.of(boat), responses = run.responsesOf.of(boat);
  setsOut(run, boat, add);
  contacts.forEach((row) => seen(run, row, add));
  handoffs.forEach((row) => handedOver(run, row, add));
  responses.forEach((row) => sent(run, row, add));
  responses.forEach((row) => add(run.responses.on_scene[row], `${unitName(run, run.responses.unit[row])} is on scene`));
  ends(run, boat, add);
  contacts.forEach((row) => add(run.contacts.end[row], `out of sight of ${watcher(run, row)}`));
  responses.forEach((row) => done(run, row, add));
  responses.forEach((row) => ashore(run, row, add));
  return moments.map((moment, place) => ({ ...moment, place })).sort((a, b) => a.time - b.time || a.place - b.place);
}

const unitName = (run, unit) => (unit === NONE ? '' : run.units.name[unit]);
const watcher = (run, row) => `${unitName(run, run.contacts.unit[row])} (${run.contacts.sensor.at(row)})`;

function setsOut(run, boat, add) {
  const { boats } = run;
  add(boats.departed[boat], `sets out with ${boats.persons[boat]} persons on ${boats.route.at(boat) || 'its way'}`);
  add(boats.distress[boat], 'falls into distress');
  add(boats.capsized[boat], 'capsizes');
}

function ends(run, boat, add) {
  const { boats } = run, outcome = boats.outcome.at(boat), by = unitName(run, boats.ended_by[boat]);
  const where = boats.landed_in.at(boat);
  const words = outcome === 'landed' ? `landed${where ? ` in ${where}` : ''}` : outcome === 'lost' ? 'lost'
    : outcome === 'at_sea' ? 'still at sea' : `${outcome} by ${by}`;
  const dead = boats.dead[boat];
  add(boats.ended[boat], words + (dead ? `; ${dead} persons have died` : ''), dead > 0);
}

function seen(run, row, add) {
  const { contacts } = run, mistaken = contacts.classed.at(row) === 'harmless' ? ' and taken for harmless' : '';
  add(contacts.start[row], `seen by ${watcher(run, row)} at ${(contacts.range[row] / 10).toFixed(1)} nm${mistaken}`);
}

function handedOver(run, row, add) {
  const { handoffs } = run, report = `report ${handoffs.report[row]}`, receiver = handoffs.receiver.at(row);
  const told = handoffs.sender.at(row), sender = handoffs.unit[row] === NONE ? TIPS[told] || told : told;
  const start = `${report}${handoffs.distress[row] ? ' of distress' : ''}: ${sender}`;
  if (sender === receiver) add(handoffs.sent[row], `${start} thinks again`);
  else {
    add(handoffs.sent[row], `${start} tells ${receiver}`);
    add(handoffs.arrived[row], `${report}: at ${receiver}`);
  }
  add(handoffs.taken_up[row], `${report}: an officer of ${receiver} takes it up`);
  const reason = handoffs.reason.at(row);
  add(handoffs.decided[row], `${report}: ${receiver}: ${plainWord(handoffs.decision.at(row))}${reason ? ` (${plainWord(reason)})` : ''}`);
}

function sent(run, row, add) {
  const { responses, handoffs } = run, hop = responses.handoff[row];
  add(responses.tasked[row], `${handoffs.receiver.at(hop)} sends ${unitName(run, responses.unit[row])} on report ${handoffs.report[hop]}`);
}

function done(run, row, add) {
  const { responses } = run, where = responses.brought_to.at(row);
  const brought = responses.ashore[row] === responses.done[row] && where ? `, people brought to ${where}` : '';
  add(responses.done[row], `${unitName(run, responses.unit[row])} is done: ${plainWord(responses.result.at(row))}${brought}`);
}

function ashore(run, row, add) {
  const { responses } = run;
  if (responses.ashore[row] === responses.done[row]) return;
  add(responses.ashore[row], `${unitName(run, responses.brought_by[row])} brings the people to ${responses.brought_to.at(row)}`);
}

class LifePanel {
  constructor(page) {
    this.page = page;
    this.panel = document.getElementById('life');
    this.name = document.getElementById('boat-name');
    document.getElementById('pick').addEventListener('submit', (event) => { event.preventDefault(); this.find(); });
  }

  find() {
    const wanted = this.name.value.trim().toLowerCase(), { name } = this.page.run.boats;
    const exact = name.findIndex((each) => each.toLowerCase() === wanted);
    const boat = exact !== -1 ? exact : name.findIndex((each) => each.toLowerCase().includes(wanted));
    if (wanted && boat !== -1) this.page.pick(boat, this.page.run.boats.departed[boat]);
    else this.page.say(`There is no boat ${this.name.value}`);
  }

  show(boat) {
    const { run } = this.page, { boats } = run;
    this.moments = lifeOf(run, boat);
    this.marked = undefined;
    this.name.value = boats.name[boat];
    const fate = FATE_LOOKS.map(([name, , label]) => [boats[name][boat], label]).filter(([count]) => count);
    const facts = element('dl', { className: 'facts' });
    for (const [term, text] of [
      ['People', `${boats.persons[boat]} aboard${fate.length ? `: ${fate.map(([count, label]) => `${count} ${label}`).join(', ')}` : ''}`],
      ['Boat', `${plainWord(boats.boat_type.at(boat) || 'boat')}${boats.route.at(boat) ? `, ${boats.route.at(boat)}` : ''}`],
      ['End', plainWord(boats.outcome.at(boat))],
    ]) facts.append(element('dt', { textContent: term }), element('dd', { textContent: text }));
    this.list = element('ol');
    this.items = this.moments.map((moment) => this.item(moment));
    this.list.append(...this.items);
    this.panel.replaceChildren(element('h2', { textContent: boats.name[boat] }), facts, this.list);
    this.draw(this.page.clock.t);
  }

  item(moment) {
    const item = element('li'), time = element('button', { type: 'button', textContent: this.page.run.clock(moment.time, true).slice(5) });
    time.addEventListener('click', () => this.page.clock.seek(moment.time));
    item.classList.toggle('dead', moment.isDeath);
    item.append(time, moment.words);
    return item;
  }

  clear() {
    this.moments = undefined;
    this.panel.replaceChildren(element('p', { className: 'small', textContent: 'Pick a boat on the map, in the table of events, or by its name.' }));
  }

  draw(t) {
    if (!this.moments) return;
    const past = this.moments.filter((moment) => moment.time <= t).length;
    if (past === this.marked) return;
    this.marked = past;
    this.items.forEach((item, place) => {
      item.classList.toggle('past', place < past);
      item.classList.toggle('last', place === past - 1);
    });
  }
}
