// Values under the pointer. The page is complete without this.
for (const chart of document.querySelectorAll("[data-chart]")) {
  const data = JSON.parse(chart.dataset.chart);
  const plot = chart.querySelector(".plot");
  let cursor = null;
  let tip = null;

  const nearest = (xs, x) => {
    let low = 0;
    let high = xs.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((xs[middle] + xs[middle + 1]) / 2 < x) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const row = (name, value, style) => {
    const line = document.createElement("div");
    const label = document.createElement(style ? "i" : "span");
    if (style) label.className = style;
    label.textContent = name;
    const number = document.createElement("b");
    number.textContent = value;
    line.append(label, number);
    return line;
  };

  const hide = () => {
    cursor?.remove();
    tip?.remove();
    cursor = tip = null;
  };

  const show = (event) => {
    const box = plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const x = data.x[0] + share * (data.x[1] - data.x[0]);
    const lines = data.lines.filter((line) => line.x.length > 0);
    if (lines.length === 0) return;
    const first = nearest(lines[0].x, x);
    const left = ((lines[0].x[first] - data.x[0]) / (data.x[1] - data.x[0])) * box.width;
    if (!tip) {
      cursor = document.createElement("div");
      cursor.className = "cursor";
      tip = document.createElement("div");
      tip.className = "tip";
      plot.append(cursor, tip);
    }
    const round = lines[0].r[first];
    const head = document.createElement("div");
    head.className = "at";
    head.textContent = data.along
      ? lines[0].x[first] + " " + data.along
      : "round " + round + ", epoch " + lines[0].x[first];
    tip.replaceChildren(head);
    for (const line of lines) {
      const i = nearest(line.x, lines[0].x[first]);
      const name = line.r[i] === round ? line.name : line.name + " (round " + line.r[i] + ")";
      tip.append(row(name, line.y[i], line.style));
    }
    cursor.style.left = left + "px";
    const after = left + 14 + tip.offsetWidth <= box.width;
    tip.style.left = (after ? left + 14 : Math.max(-30, left - 14 - tip.offsetWidth)) + "px";
  };

  plot.addEventListener("pointermove", show);
  plot.addEventListener("pointerdown", show);
  plot.addEventListener("pointerleave", hide);
}
