"use strict";

/** Colours as the style sheet has them now; light, dark and print differ. */
const Ink = {
  of: name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim(),

  /** A width's colour: between the ramp's four, at 0 (narrowest) to 1 (widest). */
  width(position) {
    const left = Math.min(2, Math.floor(position * 3));
    const [from, to] = [left, left + 1].map(stop => Ink.parse(Ink.of(`width-${stop}`)));
    return `rgb(${from.map((value, channel) => Math.round(value + (to[channel] - value) * (position * 3 - left))).join(", ")})`;
  },

  /** What can be read on a colour. */
  on(colour) {
    const [red, green, blue] = colour.match(/\d+/g).map(Number);
    return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#000000" : "#ffffff";
  },

  parse: hex => [1, 3, 5].map(start => parseInt(hex.slice(start, start + 2), 16)),
};

const Charts = (() => {
  const font = size => `${size}px ${getComputedStyle(document.body).fontFamily}`;
  const measure = texts => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = `600 ${font(12)}`;
    return Math.max(0, ...texts.map(text => context.measureText(text).width));
  };

  const write = (context, text, x, y, colour, align, weight = "") => {
    context.font = `${weight} ${font(12)}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  };

  /** Names each line at its end, where names would lie on one another a little above or below it. */
  const endLabels = {
    id: "endLabels",
    afterDatasetsDraw(chart) {
      const apart = 15;
      const labels = chart.data.datasets
        .map((set, index) => ({ text: set.label, colour: set.borderColor, y: chart.getDatasetMeta(index).data.at(-1).y }))
        .sort((first, second) => first.y - second.y);
      for (let index = 1; index < labels.length; index++) {
        labels[index].y = Math.max(labels[index].y, labels[index - 1].y + apart);
      }
      for (let index = labels.length - 1, lowest = chart.chartArea.bottom; index >= 0; index--) {
        labels[index].y = Math.min(labels[index].y, lowest);
        lowest = labels[index].y - apart;
      }
      for (const { text, colour, y } of labels) {
        write(chart.ctx, text, chart.chartArea.right + 9, y, colour, "left", "600");
      }
    },
  };

  /** Names each point: those of the widths to the right below them, where a rising line is not, those of the gate on the other side. */
  const pointLabels = {
    id: "pointLabels",
    afterDatasetsDraw(chart) {
      chart.data.datasets.forEach((set, index) => {
        let [end, below] = [-Infinity, -Infinity];
        chart.getDatasetMeta(index).data.forEach((point, place) => {
          const text = set.data[place].name;
          const width = measure([text]);
          if (set.above) {
            write(chart.ctx, text, Math.max(point.x - 6, chart.chartArea.left + width), point.y - 16, set.borderColor, "right", "600");
            return;
          }
          const x = Math.min(point.x + 8, chart.width - width);
          const y = x < end ? Math.max(point.y + 15, below) : point.y + 15;
          [end, below] = [x + width, y + 14];
          write(chart.ctx, text, x, y, Ink.of("soft"), "left");
        });
      });
    },
  };

  /** Writes the percentage into each part of a bar that has room for it. */
  const barLabels = {
    id: "barLabels",
    afterDatasetsDraw(chart) {
      chart.data.datasets.forEach((set, index) => chart.getDatasetMeta(index).data.forEach((bar, place) => {
        if (Math.abs(bar.x - bar.base) > 44) {
          write(chart.ctx, `${set.data[place].toFixed(1)} %`, (bar.x + bar.base) / 2, bar.y, Ink.on(set.backgroundColor), "center", "600");
        }
      }));
    },
  };

  const axis = title => ({
    title: { display: title !== "", text: title, color: Ink.of("soft"), font: { size: 12 } },
    ticks: { color: Ink.of("soft"), maxTicksLimit: 8, padding: 6, maxRotation: 0 },
    grid: { color: Ink.of("rule"), drawTicks: false },
    border: { display: false },
  });

  const options = (xTitle, tooltip) => ({
    animation: false,
    maintainAspectRatio: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    scales: { x: axis(xTitle), y: axis("") },
    plugins: {
      legend: { display: false },
      tooltip: { callbacks: tooltip, backgroundColor: Ink.of("text"), titleColor: Ink.of("page"), bodyColor: Ink.of("page"), padding: 10 },
    },
  });

  /** Lines over epochs. `lines` have a name, a colour's function and points {x, y}; `floor` cuts off what is below. */
  function lines(canvas, { lines, epochs, decimals, floor }) {
    const settings = options("epoch", {
      title: items => `epoch ${items[0].parsed.x}`,
      label: item => ` ${item.dataset.label}: ${item.parsed.y.toFixed(decimals)}`,
    });
    settings.interaction = { mode: "index", intersect: false };
    settings.layout = { padding: { right: measure(lines.map(line => line.name)) + 20, top: 8 } };
    Object.assign(settings.scales.x, { type: "linear", min: epochs > 1 ? 1 : 0, max: epochs });
    settings.scales.x.ticks.precision = 0;
    settings.scales.x.grid.display = false;
    Object.assign(settings.scales.y, { min: floor, grace: "4%" });
    const few = Math.max(...lines.map(line => line.points.length)) <= 12;
    return new Chart(canvas, {
      type: "line",
      data: {
        datasets: lines.map(line => ({
          label: line.name,
          data: line.points,
          borderColor: line.colour(),
          backgroundColor: line.colour(),
          borderWidth: 2,
          pointRadius: few ? 3 : 0,
          pointHoverRadius: 5,
          clip: { left: false, top: false, right: false, bottom: floor === undefined ? false : 0 },
        })),
      },
      options: settings,
      plugins: [endLabels],
    });
  }

  /** Accuracy against cost: a line through the widths, and the gated network's points. Points are {x, y, name}. */
  function cost(canvas, { widths, gated }) {
    const settings = options("M MAdds an image", {
      title: items => items[0].raw.name,
      label: item => ` ${item.parsed.y.toFixed(2)} % at ${item.parsed.x.toFixed(2)} M MAdds`,
    });
    settings.interaction = { mode: "nearest", intersect: false };
    settings.layout = { padding: { right: measure([widths.at(-1).name]), top: 12 } };
    Object.assign(settings.scales.x, { type: "linear", beginAtZero: true });
    settings.scales.x.grid.display = false;
    settings.scales.y.grace = "25%";
    const colours = widths.map(width => width.colour());
    return new Chart(canvas, {
      type: "scatter",
      data: {
        datasets: [
          {
            label: "widths", data: widths, order: 1, showLine: true, borderColor: Ink.of("soft"), borderWidth: 1.5, clip: false,
            pointBackgroundColor: widths.map((width, index) => width.routable ? colours[index] : Ink.of("page")),
            pointBorderColor: colours, pointBorderWidth: 2, pointRadius: 6, pointHoverRadius: 8,
          },
          {
            label: "gated", data: gated, order: 0, above: true, showLine: gated.length > 1, borderColor: Ink.of("gate"), borderWidth: 2, borderDash: [4, 4], clip: false,
            backgroundColor: Ink.of("gate"), pointStyle: "rectRot", pointRadius: 9, pointHoverRadius: 11,
          },
        ],
      },
      options: settings,
      plugins: [pointLabels],
    });
  }

  /** A bar for each operating point, with a part for each candidate: {name, colour, values} in percent. */
  function shares(canvas, { names, parts }) {
    const settings = options("% of the test images", {
      label: item => ` ${item.dataset.label}: ${item.parsed.x.toFixed(2)} %`,
    });
    settings.indexAxis = "y";
    Object.assign(settings.scales.x, { stacked: true, max: 100 });
    Object.assign(settings.scales.y, { stacked: true });
    settings.scales.y.grid.display = false;
    return new Chart(canvas, {
      type: "bar",
      data: {
        labels: names,
        datasets: parts.map(part => ({ label: part.name, data: part.values, backgroundColor: part.colour(), maxBarThickness: 52 })),
      },
      options: settings,
      plugins: [barLabels],
    });
  }

  return { lines, cost, shares };
})();
