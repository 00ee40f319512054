// The base: sea, heat, land, limits, names, grid and scale bar; drawn again only when the view changes.

class Base {
  constructor(theatre, canvas) {
    this.theatre = theatre;
    this.canvas = canvas;
    this.land = this.lines(theatre.land);
    this.coarse = this.lines(theatre.land, 60);
    this.seas = this.lines(theatre.seas);
    this.heats = new Map();
  }

  // One path of many lines; with a grain, points nearer to the last one than that are left out.
  lines(told, grain = 0) {
    const { size, x, y } = tableOf(told), path = new Path2D();
    let place = 0;
    for (const count of size) {
      const end = place + count;
      path.moveTo(x[place], -y[place]);
      let lastX = x[place], lastY = y[place];
      for (let i = place + 1; i < end; i++) {
        if (grain && i < end - 1 && Math.abs(x[i] - lastX) + Math.abs(y[i] - lastY) < grain) continue;
        path.lineTo(x[i], -y[i]);
        lastX = x[i];
        lastY = y[i];
      }
      place = end;
    }
    return path;
  }

  draw(view, look, heat, showsNames, showsLimits) {
    const pen = sized(this.canvas, view.width, view.height, view.ratio);
    const [west, south, east, north] = this.theatre.bounds;
    const box = [view.px(west), view.py(north), (east - west) * view.scale, (north - south) * view.scale];
    pen.fillStyle = look.outside;
    pen.fillRect(0, 0, view.width, view.height);
    pen.save();
    pen.beginPath();
    pen.rect(...box);
    pen.clip();
    pen.fillStyle = look.sea;
    pen.fillRect(0, 0, view.width, view.height);
    if (heat) this.drawHeat(pen, view, look, heat);
    this.drawGrid(pen, view, look);
    this.drawShapes(pen, view, look, showsLimits);
    pen.restore();
    pen.strokeStyle = look.faint;
    pen.lineWidth = 1;
    pen.strokeRect(...box);
    if (showsNames) this.drawNames(pen, view, look);
    this.drawScaleBar(pen, view, look);
    if (heat && view.width > 560) this.drawKey(pen, view, look, heat);
  }

  // What the colours mean, in the corner under the note on limits.
  drawKey(pen, view, look, heat) {
    const width = 236, x = view.width - width - 10, y = 36;
    pen.fillStyle = look.paper;
    pen.globalAlpha = .82;
    pen.fillRect(x, y, width, 48);
    pen.globalAlpha = 1;
    pen.textAlign = 'left';
    pen.font = '11px system-ui, sans-serif';
    pen.fillStyle = look.ink;
    pen.fillText(fitted(pen, heat.title, width - 16), x + 8, y + 14);
    drawColours(pen, heat, look, x + 8, y + 20, width - 24);
  }

  drawHeat(pen, view, look, heat) {
    const [west, south, east, north] = heat.box;
    pen.globalAlpha = look.heat;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.picture(heat), view.px(west), view.py(north), (east - west) * view.scale, (north - south) * view.scale);
    pen.globalAlpha = 1;
  }

  picture(heat) {
    if (!this.heats.has(heat.name)) this.heats.set(heat.name, pictureOf(heat));
    return this.heats.get(heat.name);
  }

  drawShapes(pen, view, look, showsLimits) {
    pen.save();
    pen.translate(view.width / 2, view.height / 2);
    pen.scale(view.scale, view.scale);
    pen.translate(-view.x, view.y);
    if (showsLimits) {
      pen.setLineDash([5 / view.scale, 4 / view.scale]);
      pen.strokeStyle = look.limit;
      pen.lineWidth = .9 / view.scale;
      pen.stroke(this.seas);
      pen.setLineDash([]);
    }
    const land = view.scale < 0.012 ? this.coarse : this.land;
    pen.fillStyle = look.land;
    pen.fill(land, 'evenodd');
    pen.strokeStyle = look.shore;
    pen.lineWidth = .7 / view.scale;
    pen.stroke(land);
    pen.restore();
  }

  drawGrid(pen, view, look) {
    pen.strokeStyle = look.grid;
    pen.fillStyle = look.gridText;
    pen.font = '11px system-ui, sans-serif';
    pen.lineWidth = 1;
    const step = this.gridStep(view);
    const { mercator } = this.theatre;
    const [along, up] = mercator ? [lonOf, latOf] : [(x) => x / 185.2, (y) => y / 185.2];
    const [fromX, fromY] = mercator ? [xOf, yOf] : [(x) => x * 185.2, (y) => y * 185.2];
    pen.beginPath();
    const words = [];
    for (let value = Math.ceil(along(view.ux(0)) / step) * step; value <= along(view.ux(view.width)); value += step) {
      const x = Math.round(view.px(fromX(value))) + .5;
      pen.moveTo(x, 0);
      pen.lineTo(x, view.height);
      words.push([this.gridWord(value, mercator ? 'EW' : ''), x + 4, view.height - 6]);
    }
    for (let value = Math.ceil(up(view.uy(view.height)) / step) * step; value <= up(view.uy(0)); value += step) {
      const y = Math.round(view.py(fromY(value))) + .5;
      pen.moveTo(0, y);
      pen.lineTo(view.width, y);
      words.push([this.gridWord(value, mercator ? 'NS' : ''), view.width - 52, y - 4]);
    }
    pen.stroke();
    this.gridWords = words;
  }

  gridStep(view) {
    const across = this.theatre.mercator ? lonOf(view.ux(view.width)) - lonOf(view.ux(0)) : view.width / view.scale / 185.2;
    return [1 / 60, 1 / 12, 1 / 6, .25, .5, 1, 2, 5, 10, 20, 50].find((step) => across / step < 9) || 100;
  }

  gridWord(value, sides) {
    if (!sides) return `${Math.round(value * 100) / 100} nm`;
    const minutes = Math.round(Math.abs(value) * 60), degrees = Math.floor(minutes / 60), rest = minutes % 60;
    return `${degrees}°${rest ? `${String(rest).padStart(2, '0')}′` : ''}${value < 0 ? sides[1] : sides[0]}`;
  }

  drawNames(pen, view, look) {
    pen.lineJoin = 'round';
    const taken = [];
    const write = (text, x, y, font, colour, align) => {
      pen.font = font;
      const wide = pen.measureText(text).width, left = align === 'center' ? x - wide / 2 : x;
      const box = [left - 3, y - 11, left + wide + 3, y + 4];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
      taken.push(box);
      pen.textAlign = 'left';
      pen.strokeStyle = look.halo;
      pen.globalAlpha = .8;
      pen.lineWidth = 3;
      pen.strokeText(text, left, y);
      pen.globalAlpha = 1;
      pen.fillStyle = colour;
      pen.fillText(text, left, y);
    };
    for (const [text, x, y] of this.gridWords) write(text, x, y, '11px system-ui, sans-serif', look.gridText, 'left');
    const near = view.scale > 0.02;
    for (const [text, kind, x, y] of this.theatre.names) {
      const px = view.px(x), py = view.py(y);
      if (px < 0 || py < 0 || px > view.width || py > view.height || (kind === 'port' && !near)) continue;
      if (kind === 'sea') write(text, px, py, 'italic 13px system-ui, sans-serif', look.seaName, 'center');
      else if (kind === 'island') write(text, px, py + 4, '600 12px system-ui, sans-serif', look.name, 'center');
      else write(text, px + 6, py + 4, '11px system-ui, sans-serif', look.name, 'left');
    }
  }

  drawScaleBar(pen, view, look) {
    const middle = view.uy(view.height - 20);
    const perMile = (185.2 * stretch(this.theatre, middle)) * view.scale;
    const miles = [1, 2, 5, 10, 20, 50, 100, 200].find((each) => each * perMile > 70) || 500;
    const width = miles * perMile, text = `${miles} nm${this.theatre.mercator ? ` at ${latOf(middle).toFixed(0)}° N` : ''}`;
    pen.font = '11px system-ui, sans-serif';
    const wide = Math.max(width, pen.measureText(text).width), x = view.width - wide - 20, y = view.height - 44;
    pen.fillStyle = look.paper;
    pen.globalAlpha = .82;
    pen.fillRect(x - 9, y - 4, wide + 18, 30);
    pen.globalAlpha = 1;
    pen.fillStyle = look.ink;
    pen.fillRect(x, y + 17, width, 3.5);
    pen.fillStyle = look.paper;
    pen.fillRect(x + width / 2, y + 18, width / 2 - 1, 1.5);
    pen.fillStyle = look.ink;
    pen.textAlign = 'left';
    pen.fillText(text, x, y + 11);
  }
}

function pictureOf(heat) {
  const cells = columnOf(heat.cells), rows = cells.length / heat.columns;
  const canvas = document.createElement('canvas');
  canvas.width = heat.columns;
  canvas.height = rows;
  const pen = canvas.getContext('2d'), image = pen.createImageData(heat.columns, rows);
  const colours = heat.colours.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  cells.forEach((bin, cell) => { if (bin > 0) image.data.set([...colours[bin - 1], 255], 4 * cell); });
  pen.putImageData(image, 0, 0);
  return canvas;
}

// A bar of colours with its ticks.
function drawColours(pen, heat, look, left, top, width) {
  const each = width / heat.colours.length;
  heat.colours.forEach((colour, place) => {
    pen.fillStyle = colour;
    pen.fillRect(left + place * each, top, each + .5, 11);
  });
  pen.fillStyle = look.faint;
  pen.font = '11px system-ui, sans-serif';
  pen.textAlign = 'center';
  heat.edges.forEach((edge, place) => { if (width > 260 || place % 2 === 0) pen.fillText(edge, left + place * each, top + 24); });
}
