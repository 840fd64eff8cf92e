/** Fills the page. Whatever comes from outside goes in as text, never as markup. */
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const routable = report.widths.filter(width => width.routable);
  const [narrowest, widest] = [routable[0], routable.at(-1)];

  const percent = value => value.toFixed(2);
  const millions = madds => (madds / 1e6).toFixed(2);
  const count = number => number.toLocaleString("en");
  const probability = value => value > 0.999 && value < 1 ? ">\u00a099.9\u00a0%" : `${(100 * value).toFixed(1)}\u00a0%`;
  const duration = seconds => seconds < 120 ? `${seconds.toFixed(0)} s` : seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;

  const find = selector => document.querySelector(selector);
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  };

  // What has colours is drawn again when they change.
  const coloured = [];
  const charts = [];
  const colourOf = name => () => {
    const place = routable.findIndex(width => width.name === name);
    return place < 0 ? Ink.of("soft") : Ink.width(routable.length > 1 ? place / (routable.length - 1) : 1);
  };
  const gateColour = () => Ink.of("gate");
  const swatch = colour => {
    const element = make("span", "swatch");
    coloured.push(() => { element.style.backgroundColor = colour(); });
    return element;
  };
  const redraw = () => {
    coloured.forEach(colour => colour());
    charts.forEach(chart => {
      chart.drawn?.destroy();
      chart.drawn = chart.draw();
    });
  };

  function addChart(grid, id, title, subtitle, draw, ...below) {
    const canvas = make("canvas", "");
    canvas.id = id;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${title}: ${subtitle}`);
    const plot = make("div", "plot", canvas);
    grid.append(make("figure", "chart", make("figcaption", "", make("b", "", title), make("span", "", subtitle)), plot, ...below));
    charts.push({ draw: () => draw(canvas) });
    return plot;
  }

  function addHead() {
    document.title = `${report.name} · Slimmable`;
    find("#name").textContent = report.name;
    find("#summary").textContent = `${report.architecture} on ${report.test.dataSet}: ${routable.length} widths in one network, measured on ${count(report.test.images)} test images.`;
    const figure = (name, top1, madds, text, colour) => {
      const item = make("li", "", make("span", "", name), make("b", "", `${percent(top1)} %`), make("span", "", `${millions(madds)} M MAdds${text}`));
      coloured.push(() => { item.style.borderLeftColor = colour(); });
      find("#figures").append(item);
    };
    figure(`widest, ${widest.name}`, widest.top1, widest.mAdds, "", colourOf(widest.name));
    figure(`narrowest, ${narrowest.name}`, narrowest.top1, narrowest.mAdds, `, ${(widest.mAdds / narrowest.mAdds).toFixed(1)}× fewer`, colourOf(narrowest.name));
    for (const point of report.points) {
      figure(point.name, point.top1, point.meanMAdds, `, ${(widest.mAdds / point.meanMAdds).toFixed(1)}× fewer`, gateColour);
    }
  }

  function addTable() {
    const row = (className, tag, ...cells) => make("tr", className, ...cells.map(cell => make(tag, "", ...[cell].flat())));
    const taken = (point, name) => point.shares.find(share => share.name === name);
    const shares = name => report.points.map(point => taken(point, name) ? `${percent(100 * taken(point, name).share)}\u00a0%` : "");
    const heads = report.points.map(point => report.points.length > 1 ? `share, ${point.name}` : "share");
    const blank = report.points.map(() => "");
    find("#widths table").append(
      make("thead", "", row("", "th", "subnet", "top-1, %", "M MAdds", "parameters", ...heads)),
      make("tbody", "",
        ...report.widths.map(width => row("", "td",
          [swatch(colourOf(width.name)), width.name, ...(width.routable ? [] : [" ", make("small", "", "teaches only")])],
          percent(width.top1), millions(width.mAdds), count(width.parameters), ...shares(width.name))),
        ...report.points.map(point => row("gated", "td", [swatch(gateColour), point.name], percent(point.top1), millions(point.meanMAdds), "", ...blank))));
  }

  function addCost() {
    const widths = report.widths.map(width => ({ x: width.mAdds / 1e6, y: width.top1, name: width.name, routable: width.routable, colour: colourOf(width.name) }));
    const gated = report.points.map(point => ({ x: point.meanMAdds / 1e6, y: point.top1, name: point.name }));
    const grid = find("#cost .charts");
    addChart(grid, "chart-cost", "Every width alone, and the gated network", "top-1 %, against millions of multiply-adds an image",
      canvas => Charts.cost(canvas, { widths: [...widths].sort((first, second) => first.x - second.x), gated }));
    if (report.points.length > 0) {
      const parts = report.points[0].shares.map(({ name }, index) =>
        ({ name, colour: colourOf(name), values: report.points.map(point => 100 * point.shares[index].share) }));
      const plot = addChart(grid, "chart-shares", "What the gate chooses", "the part of the test images that each width takes",
        canvas => Charts.shares(canvas, { names: report.points.map(point => point.name), parts }),
        make("div", "legend", ...parts.map(part => make("span", "", swatch(part.colour), part.name))));
      plot.style.height = `${76 + 64 * report.points.length}px`;
    }
  }

  /** Charts of a phase over its epochs, each only where the phase has such numbers. */
  function addPhase(phase, epochs) {
    const id = phase.replaceAll(" ", "-");
    const grid = make("div", "charts");
    find("#training").append(make("h3", "", phase[0].toUpperCase() + phase.slice(1)), grid);
    const last = epochs.at(-1).epochs;
    const watched = epochs.filter(line => line.accuracy);
    const line = (name, colour, from, value) => ({ name, colour, points: from.map(epoch => ({ x: epoch.epoch, y: value(epoch) })) });
    const add = (kind, heading, subtitle, lines, decimals, floor) => addChart(grid, `chart-${kind}-${id}`, heading, subtitle,
      canvas => Charts.lines(canvas, { lines, epochs: last, decimals, floor }));

    const alone = watched.filter(epoch => epoch.accuracy.routedAt.length === 0);
    if (alone.length > 0) {
      const top1 = (epoch, name) => epoch.accuracy.subnets.find(subnet => subnet.name === name).top1;
      const lines = alone[0].accuracy.subnets.map(({ name }) => line(name, colourOf(name), alone, epoch => top1(epoch, name)));
      // What the first epochs leave to learn would else press the widths' lines into one.
      const least = place => Math.min(...lines.map(({ points }) => points.at(place).y));
      const cut = least(-1) - least(0) > 20 ? Math.floor(least(-1) / 5) * 5 - 15 : undefined;
      add("accuracy", "Accuracy of every width", `top-1 % on the test set after each epoch${cut === undefined ? "" : `; below ${cut} not shown`}`, lines, 2, cut);
    }

    const losses = Object.keys(epochs[0].means).filter(name => name.endsWith("loss"));
    const roles = { "narrowest loss": narrowest.name, "widest loss": widest.name, "other loss": routable[Math.floor((routable.length - 1) / 2)].name };
    add("loss", "Loss", "mean of each epoch's steps", losses.map(name =>
      line(name, name in roles ? colourOf(roles[name]) : gateColour, epochs.filter(epoch => name in epoch.means), epoch => epoch.means[name])), 4);

    const gated = watched.filter(epoch => epoch.accuracy.routedAt.length > 0);
    if (gated.length > 0) {
      add("gated", "The gated network", "top-1 % on the test set", [line("gated", gateColour, gated, epoch => epoch.accuracy.routedAt[0].top1)], 2);
      add("cost", "What it costs", "M MAdds an image on the test set, the mean", [line("gated", gateColour, gated, epoch => epoch.accuracy.routedAt[0].meanMAdds / 1e6)], 2);
    }
  }

  function addTraining() {
    const phases = Map.groupBy(report.epochs, epoch => epoch.phase);
    phases.forEach((epochs, phase) => addPhase(phase, epochs));
    find("#training").hidden = phases.size === 0;
  }

  function addPictures() {
    const table = new Pictures(report.pictures);
    const caption = {
      Easiest: picture => [picture.isRight, picture.isRight ? `✓ ${probability(picture.probability)}` : `✗ ${picture.answer}, ${probability(picture.probability)}`],
      Hardest: picture => caption.Easiest(picture),
      Routed: picture => [null, `takes ${picture.answer}`],
    };
    const show = (strip, picture) => {
      const [isRight, answer] = caption[strip.kind](picture);
      const canvas = table.draw(picture.index);
      canvas.dataset.image = picture.image;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `test image ${picture.image}: ${picture.label}`);
      return make("figure", "", canvas,
        make("figcaption", "", picture.label, make("span", isRight === null ? "" : isRight ? "right" : "wrong", answer)));
    };
    const strip = (strip, title) => make("div", "strip", make("p", "", title), make("div", "pictures", ...strip.pictures.map(picture => show(strip, picture))));

    for (const { name, mAdds } of routable) {
      const strips = report.strips.filter(({ kind, subnet }) => subnet === name && kind !== "Routed");
      if (strips.length > 0) {
        find("#pictures").append(make("h3", "", swatch(colourOf(name)), name, " ", make("small", "", `${millions(mAdds)} M MAdds`)), ...strips.map(each => strip(each, each.kind)));
      }
    }

    const ofGate = report.strips.filter(({ kind }) => kind === "Routed");
    find("#gate").append(...ofGate.map(each => strip(each, `Leans furthest to ${each.subnet}`)));
    find("#gate").hidden = ofGate.length === 0;
  }

  function addRun() {
    const { test, environment } = report;
    const facts = {
      "data set": `${test.dataSet}, ${test.classes} classes, ${test.channels} × ${test.height} × ${test.width}`,
      "test images": count(test.images),
      seed: report.seed,
      "training time": report.seconds === null ? null : duration(report.seconds),
      threads: environment?.threads,
      software: environment && `Slimmable ${environment.slimmable}, ${environment.runtime}, ${environment.system}`,
    };
    for (const [name, value] of Object.entries(facts).filter(([, value]) => value != null)) {
      find("#run dl").append(make("dt", "", name), make("dd", "", `${value}`));
    }
    find("#run pre").textContent = report.recipe ?? "none is known";
  }

  addHead();
  addTable();
  addCost();
  addTraining();
  addPictures();
  addRun();
  redraw();
  for (const query of ["screen and (prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", redraw);
  }
})();
