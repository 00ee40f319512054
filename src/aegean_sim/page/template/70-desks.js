// The desks: who waits where, who is at work, and reports on their way between them.

const ROOM = { width: 112, height: 38, gap: 12, top: 8 };

class Desks {
  constructor(run, figure, canvas) {
    this.run = run;
    this.figure = figure;
    this.canvas = canvas;
    this.doors = {};
  }

  // Desks that hear units to the left, the others to the right, as evenly as may be.
  place(theatre) {
    const { desks, handoffs } = this.run, used = new Set();
    handoffs.theatre.forEach((one, row) => { if (one === theatre) used.add(handoffs.receiver.at(row)).add(handoffs.sender.at(row)); });
    const shown = desks.map((desk, row) => row).filter((row) => used.has(desks[row].name));
    this.figure.hidden = !shown.length;
    const half = Math.ceil(shown.length / 2);
    const order = shown.sort((a, b) => (desks[b].hears.length > 0) - (desks[a].hears.length > 0) || a - b);
    const spare = 300 - 2 * ROOM.width - 16;
    this.boxes = {};
    order.forEach((row, place) => {
      const left = place < half, line = left ? place : place - half;
      this.boxes[desks[row].name] = {
        row, left, x: left ? 8 : 8 + ROOM.width + spare, y: ROOM.top + line * (ROOM.height + ROOM.gap),
      };
    });
    this.height = ROOM.top + half * (ROOM.height + ROOM.gap);
  }

  // Where messages to a desk go on the map.
  locate(sea) {
    const box = this.canvas.getBoundingClientRect(), origin = sea.getBoundingClientRect();
    const closed = !box.width, edge = this.figure.getBoundingClientRect();
    this.doors = {};
    for (const [name, room] of Object.entries(this.boxes)) {
      this.doors[name] = closed
        ? { x: edge.right - origin.left, y: edge.top - origin.top }
        : { x: box.left - origin.left + room.x + ROOM.width / 2, y: box.top - origin.top + room.y };
    }
    return this.doors;
  }

  tally(t) {
    const { handoffs } = this.run;
    const load = Object.fromEntries(Object.keys(this.boxes).map((name) => [name, { waiting: 0, busy: 0, distress: 0 }]));
    const moving = [];
    this.run.underWay.each(t, (row) => {
      const desk = load[handoffs.receiver.at(row)];
      if (!desk) return;
      if (t < handoffs.arrived[row]) moving.push(row);
      else if (t < handoffs.taken_up[row]) { desk.waiting++; desk.distress += handoffs.distress[row]; }
      else desk.busy++;
    });
    return { load, moving };
  }

  draw(look, t, ratio) {
    if (!this.canvas.clientWidth) return;
    this.canvas.style.height = `${this.height}px`;
    const pen = sized(this.canvas, this.canvas.clientWidth, this.height, ratio);
    const { load, moving } = this.tally(t);
    this.drawLinks(pen, look);
    for (const [name, box] of Object.entries(this.boxes)) this.drawRoom(pen, look, name, box, load[name], t);
    for (const row of moving) this.drawMessage(pen, look, row, t);
  }

  drawLinks(pen, look) {
    pen.strokeStyle = look.faint;
    pen.globalAlpha = .45;
    pen.lineWidth = 1.2;
    for (const [sender, receiver] of this.run.told.links) {
      const way = this.way(sender, receiver);
      if (!way) continue;
      pen.beginPath();
      pen.moveTo(way[0], way[1]);
      pen.quadraticCurveTo(way[2], way[3], way[4], way[5]);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  // A curve between two desks: start, bend, end.
  way(sender, receiver) {
    const from = this.boxes[sender], to = this.boxes[receiver];
    if (!from || !to || from === to) return null;
    const side = (box) => [box.left ? box.x + ROOM.width : box.x, box.y + ROOM.height / 2];
    const [x, y] = side(from), [toX, toY] = side(to);
    const bend = from.left === to.left ? (from.left ? 1 : -1) * 34 : 0;
    return [x, y + 3, (x + toX) / 2 + bend, (y + toY) / 2 + 3, toX, toY + 3];
  }

  drawMessage(pen, look, row, t) {
    const { handoffs } = this.run;
    const way = this.way(handoffs.sender.at(row), handoffs.receiver.at(row));
    if (!way) return;
    const part = (t - handoffs.sent[row]) / Math.max(1, handoffs.arrived[row] - handoffs.sent[row]);
    const back = 1 - part;
    const x = back * back * way[0] + 2 * back * part * way[2] + part * part * way[4];
    const y = back * back * way[1] + 2 * back * part * way[3] + part * part * way[5];
    const distress = handoffs.distress[row];
    trace(pen, distress ? SHAPES.triangle : SHAPES.square, x, y, distress ? 6 : 4);
    haloed(pen, distress ? WORDS.distress : WORDS.report, look.paper, '#14202b', .8);
  }

  drawRoom(pen, look, name, box, load, t) {
    const hours = this.run.officers[box.row];
    const officers = hours.length ? hours[Math.min(hours.length - 1, Math.floor(t / 3600))] : this.run.desks[box.row].officers;
    pen.beginPath();
    pen.roundRect(box.x, box.y, ROOM.width, ROOM.height, 6);
    pen.fillStyle = look.outside;
    pen.fill();
    pen.strokeStyle = load.waiting ? (load.distress ? WORDS.distress : WORDS.report) : look.faint;
    pen.lineWidth = load.waiting ? 2 : 1;
    pen.stroke();
    pen.fillStyle = look.ink;
    pen.textAlign = 'left';
    pen.font = '600 11.5px system-ui, sans-serif';
    pen.fillText(fitted(pen, name, ROOM.width - 14), box.x + 7, box.y + 15);
    this.drawOfficers(pen, look, box, officers, load.busy);
    this.drawQueue(pen, look, box, load);
  }

  drawOfficers(pen, look, box, officers, busy) {
    const shown = Math.min(Math.max(officers, busy), 7);
    for (let i = 0; i < shown; i++) {
      pen.beginPath();
      pen.arc(box.x + 11 + i * 9, box.y + 27, 3, 0, 2 * Math.PI);
      pen.strokeStyle = look.faint;
      pen.lineWidth = 1.1;
      pen.stroke();
      pen.fillStyle = look.accent;
      if (i < busy) pen.fill();
    }
  }

  drawQueue(pen, look, box, load) {
    if (!load.waiting) return;
    const right = box.x + ROOM.width - 7;
    pen.font = '700 12px system-ui, sans-serif';
    pen.textAlign = 'right';
    pen.fillStyle = look.ink;
    pen.fillText(String(load.waiting), right, box.y + 31);
    const wide = pen.measureText(String(load.waiting)).width;
    trace(pen, SHAPES.square, right - wide - 9, box.y + 27, 4);
    haloed(pen, load.distress ? WORDS.distress : WORDS.report, look.paper, '#14202b', .8);
    pen.textAlign = 'left';
  }
}

function fitted(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let cut = text;
  while (cut && pen.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}
