// Looks: colours of both themes, and a shape of its own for each thing.

const LIGHT = {
  sea: '#e6eff4', land: '#dfdacb', shore: '#7d7a6c', grid: '#8fa5b340', gridText: '#4d5b67', limit: '#35567a', name: '#3c3a30', seaName: '#4f7286',
  outside: '#f4f7f9', ink: '#14202b', halo: '#ffffff', faint: '#4d5b67', line: '#d5dde3', paper: '#ffffff', dead: '#a03c00', heat: 0.8, accent: '#0b5c92',
};
const DARK = {
  sea: '#16222d', land: '#3a3d3c', shore: '#7f8581', grid: '#7f98a833', gridText: '#a3b2bf', limit: '#8fb2d6', name: '#d9d7cc', seaName: '#8db0c6',
  outside: '#0d141b', ink: '#e9eff4', halo: '#0b1218', faint: '#a3b2bf', line: '#2b3946', paper: '#131c25', dead: '#ff9a5c', heat: 0.72, accent: '#6cbcf2',
};
const LIFTED = { '#0072B2': '#4fb0ea', '#000000': '#e9eff4', '#009E73': '#2fc79b', '#777777': '#a9b1b8', '#D55E00': '#ff8a3c', '#CC79A7': '#e39bc4' };
const onTheme = (colour, look) => (look === DARK ? LIFTED[colour] || colour : colour);

// Okabe and Ito's colours, a shape each: states at sea, then ends.
const BOAT_LOOKS = [
  { shape: 'ring', colour: '#FFFFFF', size: 4.8, label: 'under way, unseen' },
  { shape: 'disc', colour: '#56B4E9', size: 5.2, label: 'seen' },
  { shape: 'square', colour: '#F0E442', size: 5.2, label: 'a desk was told' },
  { shape: 'diamond', colour: '#E69F00', size: 6.4, label: 'unit sent to it' },
  { shape: 'triangle', colour: '#D55E00', size: 7.6, label: 'in distress' },
  { shape: 'down', colour: '#8a8f94', size: 4.6, label: 'landed' },
  { shape: 'pentagon', colour: '#0072B2', size: 5.2, label: 'met' },
  { shape: 'bar', colour: '#CC79A7', size: 5, label: 'stopped' },
  { shape: 'plus', colour: '#009E73', size: 5.6, label: 'rescued' },
  { shape: 'cross', colour: '#000000', size: 6.4, label: 'lost' },
  { shape: 'ring', colour: '#FFFFFF', size: 4.2, label: 'still at sea' },
];

const WORDS = { report: '#E69F00', distress: '#D55E00', order: '#009E73' };

const polygon = (corners, turn = 0) => Array.from({ length: corners }, (_, i) => {
  const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / corners;
  return [Math.cos(angle), Math.sin(angle)];
});
const CROSS = [[-1, -.5], [-.5, -1], [0, -.5], [.5, -1], [1, -.5], [.5, 0], [1, .5], [.5, 1], [0, .5], [-.5, 1], [-1, .5], [-.5, 0]];
const PLUS = [[-.35, -1], [.35, -1], [.35, -.35], [1, -.35], [1, .35], [.35, .35], [.35, 1], [-.35, 1], [-.35, .35], [-1, .35], [-1, -.35], [-.35, -.35]];
const SHAPES = {
  square: [[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]],
  diamond: polygon(4), triangle: polygon(3), down: polygon(3, Math.PI), pentagon: polygon(5),
  bar: [[-1.1, -.45], [1.1, -.45], [1.1, .45], [-1.1, .45]], cross: CROSS, plus: PLUS,
};
// Hulls, bow up, one for each owner in turn; what flies and what stands on shore have their own.
const HULLS = [
  [[0, -1.35], [.8, 1], [0, .5], [-.8, 1]],
  [[0, -1.25], [.75, 0], [0, 1.25], [-.75, 0]],
  [[0, -1.3], [.7, -.3], [.7, 1.05], [-.7, 1.05], [-.7, -.3]],
  [[0, -1.3], [.85, 1], [-.85, 1]],
  [[-.35, -1.2], [.35, -1.2], [.8, 0], [.35, 1.2], [-.35, 1.2], [-.8, 0]],
  [[0, -1.3], [.45, -.3], [1, .9], [.3, .7], [-.3, .7], [-1, .9], [-.45, -.3]],
  [[-.5, -1.1], [.5, -1.1], [.5, 1.1], [-.5, 1.1]],
];
const AIRCRAFT = [[0, -1.3], [.2, -.4], [1.3, .2], [1.3, .5], [.2, .25], [.16, .9], [.5, 1.2], [-.5, 1.2], [-.16, .9], [-.2, .25], [-1.3, .5], [-1.3, .2], [-.2, -.4]];
const TOWER = [[0, -1.1], [.85, .8], [-.85, .8]];

function trace(pen, points, x, y, size, turn = 0) {
  const cos = Math.cos(turn) * size, sin = Math.sin(turn) * size;
  pen.beginPath();
  for (const [a, b] of points) pen.lineTo(x + a * cos - b * sin, y + a * sin + b * cos);
  pen.closePath();
}

function haloed(pen, fill, halo, edge, width = 1.1) {
  pen.lineJoin = 'round';
  pen.strokeStyle = halo;
  pen.lineWidth = width + 2.6;
  pen.stroke();
  pen.strokeStyle = edge;
  pen.lineWidth = width;
  pen.stroke();
  pen.fillStyle = fill;
  pen.fill();
}

function drawBoat(pen, state, x, y, look, factor = 1) {
  const mark = BOAT_LOOKS[state], size = mark.size * factor;
  if (mark.shape === 'ring' || mark.shape === 'disc') {
    pen.beginPath();
    pen.arc(x, y, size * .88, 0, 2 * Math.PI);
  } else trace(pen, SHAPES[mark.shape], x, y, size);
  const isLost = mark.shape === 'cross';
  const fill = isLost && look === DARK ? '#ffffff' : mark.colour;
  haloed(pen, fill, look.halo, isLost ? fill : '#14202b', mark.shape === 'ring' ? 1.5 : 1);
}

function hullOf(run, unit) {
  const kind = run.units.kind.at(unit);
  if (kind === 'aircraft') return AIRCRAFT;
  if (kind === 'site') return TOWER;
  return HULLS[run.ownerOf(unit).place % HULLS.length];
}

function drawUnit(pen, run, unit, x, y, turn, look, factor = 1) {
  const kind = run.units.kind.at(unit);
  const colour = onTheme(run.ownerOf(unit).colour, look);
  trace(pen, hullOf(run, unit), x, y, (kind === 'site' ? 4.6 : kind === 'passing' ? 4.6 : 6.8) * factor, kind === 'site' ? 0 : turn);
  haloed(pen, kind === 'site' ? look.paper : colour, look.halo, kind === 'site' ? colour : look === DARK ? '#05090d' : '#ffffff', kind === 'site' ? 1.6 : .7);
}
