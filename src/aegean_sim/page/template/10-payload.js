// The payload: base64, gzip, JSON; columns of whole numbers, as `aegean_sim.page.encoding` writes them.

const NEVER = 2147483647;
const NONE = -1;
const EARLIER = { end: 'start', arrived: 'sent', taken_up: 'arrived', decided: 'sent' };

async function unpacked() {
  const text = atob(document.getElementById('payload').textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

function summed(steps) {
  const values = new Int32Array(steps.length);
  for (let i = 0, sum = 0; i < steps.length; i++) {
    if (steps[i] === null) values[i] = NEVER;
    else values[i] = sum += steps[i];
  }
  return values;
}

function since(base, gaps) {
  const values = new Int32Array(gaps.length);
  for (let i = 0; i < gaps.length; i++) values[i] = gaps[i] === null ? NEVER : base[i] + gaps[i];
  return values;
}

// A column of texts: the names, and which of them each row has.
class Words {
  constructor(told) {
    this.names = told.names;
    this.of = Int32Array.from(told.plain);
  }
  at(row) { return this.names[this.of[row]]; }
}

function columnOf(told, table, name) {
  if (told.names) return new Words(told);
  if (told.steps) return summed(told.steps);
  if (told.moments) return summed(told.moments);
  if (told.after) return since(table[EARLIER[name]], told.after);
  if (told.plain) return Int32Array.from(told.plain);
  return told;
}

function tableOf(told) {
  const table = {};
  for (const [name, column] of Object.entries(told)) table[name] = columnOf(column, table, name);
  return table;
}
