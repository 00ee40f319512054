// The start: the theme at once, the rest when the payload is unpacked.

const askedTheme = new URLSearchParams(location.hash.slice(1)).get('theme');
setTheme(['light', 'dark'].includes(askedTheme) ? askedTheme : systemTheme(), ['light', 'dark'].includes(askedTheme));

function trouble(words) {
  $('trouble').hidden = false;
  $('trouble').textContent = words;
}

async function start() {
  if (!('DecompressionStream' in window)) {
    trouble('This browser is too old for the replay: it cannot unpack data. Firefox 113, Safari 16.4, Chrome 80, or later ones can.');
    return;
  }
  const told = await unpacked();
  const page = told.kind === 'sweep' ? new SweepPage(told) : new Page(told);
  window.aegeanSim = page.api();
}

Page.prototype.api = function api() {
  return {
    time: () => this.clock.t, seek: (t) => this.clock.seek(t), play: (on) => this.clock.play(on), playing: () => this.clock.playing,
    fps: () => this.clock.fps(), drawMs: () => [...this.draws].sort((a, b) => a - b)[this.draws.length >> 1],
    spots: () => this.replay.spots.map((spot) => ({ ...spot })), picked: () => (this.picked === NONE ? null : this.run.boats.name[this.picked]),
    boats: () => this.run.boats.name, life: (boat) => lifeOf(this.run, boat).map(({ time, words }) => [time, words]),
    tally: () => this.run.tally(this.theatre, this.clock.t), load: () => this.desks.tally(this.clock.t),
    state: (boat, t) => this.run.state(boat, t), sea: () => this.sea.name, heat: () => this.heatName,
  };
};

start().catch((error) => trouble(`The page could not be drawn: ${error.message}`));
