// What makes the pages handier where scripts run. Nothing here is needed to use them.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");

  // The theme, chosen here or on another page of this host, before anything is drawn.
  const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.bsTheme = theme; else delete root.dataset.bsTheme;
  };
  if (remembered()) apply(remembered());

  function chooseTheme(event) {
    event.preventDefault();
    const theme = event.currentTarget.value;
    try { localStorage.setItem("theme", theme); } catch { /* the cookie remembers it */ }
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    apply(theme);
    for (const button of document.querySelectorAll("[data-themes] button")) button.ariaPressed = String(button === event.currentTarget);
    drawAll(document);
  }

  const colour = (element, name) => {
    const probe = element.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };

  // A round step and the unit that the largest value fills, decimal as the pages count.
  function scale(chart, largest) {
    const steps = chart.unit === "bytes"
      ? [[1e12, "To", "TB"], [1e9, "Go", "GB"], [1e6, "Mo", "MB"], [1e3, "ko", "kB"], [1, "o", "B"]]
      : [[1e6, "€", "€"]];
    const [size, french, other] = steps.find(([size]) => largest >= size) ?? steps.at(-1);
    const unit = chart.locale === "fr" ? french : other;
    const write = (value, digits) => {
      const number = new Intl.NumberFormat(chart.locale, { maximumFractionDigits: digits, minimumFractionDigits: chart.unit === "euros" && digits === 2 ? 2 : 0 });
      const text = number.format(value / size);
      const before = { en: "€", nl: "€\u00a0" }[chart.locale];
      return chart.unit === "euros" && before ? `${before}${text}` : `${text}\u00a0${unit}`;
    };
    return write;
  }

  function draw(box) {
    const source = box.querySelector("script[type='application/json']");
    if (!source || !window.uPlot) return;
    const chart = JSON.parse(source.textContent);
    const [text, rule, series, near, limit] = ["--quiet", "--rule", "--series", "--bar-near", "--bar-full"].map((name) => colour(root, name));
    const largest = Math.max(1, ...chart.series.flatMap((one) => one.values.map((value) => value ?? 0)));
    const write = scale(chart, largest);
    const looks = {
      area: { stroke: series, width: 2, fill: `color-mix(in srgb, ${series} 14%, transparent)`, points: { show: false } },
      comparison: { stroke: text, width: 1.5, points: { show: false } },
      bars: { stroke: series, fill: series, width: 0, paths: uPlot.paths.bars({ size: [0.66, 22], radius: 0.15 }), points: { show: false } },
      warning: { stroke: near, width: 1.5, dash: [5, 4], points: { show: false } },
      limit: { stroke: limit, width: 1.5, dash: [5, 4], points: { show: false } },
    };
    box.hidden = false;
    for (const old of box.querySelectorAll(".uplot, .chart-key, .chart-tip")) old.remove();
    const key = document.createElement("div");
    if (chart.series.length > 1) {
      key.className = "chart-key";
      for (const one of chart.series) {
        const name = key.appendChild(document.createElement("span"));
        name.className = one.drawing;
        name.textContent = one.name;
      }
      box.append(key);
    }
    const tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.hidden = true;
    const font = `11.5px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: text, font, grid: { stroke: rule, width: 1 }, ticks: { show: false } };
    const size = () => ({ width: box.clientWidth - 24, height: box.clientHeight - 12 - key.offsetHeight });
    const plot = new uPlot({
      ...size(),
      padding: [12, 8, 0, 0],
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      legend: { show: false },
      scales: { x: { time: false, range: (_, from, to) => [from - 0.6, to + 0.6] }, y: { range: (_, __, top) => [0, Math.max(top, largest) * 1.06] } },
      axes: [
        { ...axis, grid: { show: false }, space: 70, size: 26, values: (_, at) => at.map((index) => Number.isInteger(index) ? chart.labels[index] ?? "" : "") },
        { ...axis, size: (_, values) => 14 + 6.6 * Math.max(...(values ?? ["0"]).map((value) => String(value).length)), space: 44, values: (_, at) => at.map((value) => write(value, 1)) },
      ],
      series: [{}, ...chart.series.map((one) => ({ label: one.name, ...looks[one.drawing] }))],
      hooks: {
        setCursor: [(plot) => {
          const index = plot.cursor.idx;
          tip.hidden = index == null || plot.cursor.left < 0;
          if (tip.hidden) return;
          tip.replaceChildren();
          tip.append(Object.assign(document.createElement("strong"), { textContent: chart.labels[index] }));
          for (const one of chart.series) {
            if (one.values[index] == null) continue;
            tip.append(document.createElement("br"), `${one.name} : ${write(one.values[index], 2)}`);
          }
          const left = plot.over.offsetLeft + plot.cursor.left + 24;
          tip.style.left = `${Math.min(left, box.clientWidth - tip.offsetWidth - 8)}px`;
          tip.style.top = `${key.offsetHeight + 8}px`;
        }],
      },
    }, [chart.labels.map((_, index) => index), ...chart.series.map((one) => one.values)], box);
    plot.root.ariaHidden = "true";
    box.append(tip);
    if (!box.observed) {
      box.observed = new ResizeObserver(() => box.plot.setSize(box.sizeOf()));
      box.observed.observe(box);
    }
    Object.assign(box, { plot, sizeOf: size });
  }

  function drawAll(within) {
    for (const box of within.querySelectorAll("[data-chart]")) draw(box);
  }

  function equip(within) {
    for (const button of within.querySelectorAll("[data-copy]")) {
      button.hidden = !navigator.clipboard;
      button.onclick = () => navigator.clipboard.writeText(button.dataset.copy);
    }
    for (const button of within.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.onclick = () => window.print();
    }
    for (const all of within.querySelectorAll("[data-pick-all]")) {
      all.parentElement.hidden = false;
      all.onchange = () => { for (const pick of document.querySelectorAll("input.pick")) pick.checked = all.checked; };
    }
    // Who clicks twice means it once.
    for (const form of within.querySelectorAll("form[data-once]")) {
      let sent = false;
      form.onsubmit = () => { const first = !sent; sent = true; return first; };
    }
    for (const choice of within.querySelectorAll("[data-submit]")) choice.onchange = () => choice.form.requestSubmit();
  }

  // What somebody changes elsewhere shows here at once; whoever has begun to choose here is told, and keeps what they chose.
  function follow(box) {
    if (!box) return;
    const changes = new EventSource(box.dataset.changes);
    let chosen = Boolean(box.querySelector("#refusal, #price-first, [aria-invalid]"));
    box.addEventListener("input", () => { chosen = true; });
    const tell = () => { box.querySelector("[data-behind]").hidden = false; };
    const show = async (wanted) => {
      const answer = await fetch(box.dataset.fresh);
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(box.id);
      if (!fresh) return;
      if (chosen && !wanted) return tell();
      const focused = document.activeElement?.id;
      box.replaceWith(fresh);
      equip(fresh);
      if (focused) document.getElementById(focused)?.focus();
      follow(fresh);
    };
    box.querySelector("[data-show]").onclick = show;
    changes.addEventListener("changed", () => {
      changes.close();
      if (chosen) tell();
      else show();
    });
    addEventListener("pagehide", () => changes.close());
  }

  document.addEventListener("DOMContentLoaded", () => {
    equip(document);
    follow(document.querySelector("[data-changes]"));
    drawAll(document);
    for (const button of document.querySelectorAll("[data-themes] button")) {
      button.ariaPressed = String((remembered() ?? root.dataset.bsTheme ?? "system") === button.value);
      button.addEventListener("click", chooseTheme);
    }
    document.body.addEventListener("htmx:afterSettle", (event) => equip(event.target));
  });
  document.fonts.ready.then(() => drawAll(document));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".drop[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".drop[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // How long a new password is for the kinds of signs that it has, by the server's measure.
  function weigh(event) {
    const field = event.target;
    if (!field.dataset?.leastBits) return;
    const kinds = [[/[0-9]/, 10], [/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/[^0-9\p{Ll}\p{Lu}]/u, 32]];
    const signs = kinds.reduce((sum, [kind, count]) => sum + (kind.test(field.value) ? count : 0), 0);
    const enough = [...field.value].length * Math.log2(Math.max(1, signs)) >= Number(field.dataset.leastBits);
    const meter = field.form.querySelector(".meter");
    const said = field.value === "" ? "" : enough ? meter.dataset.enough : meter.dataset.short;
    meter.classList.toggle("enough", enough);
    if (meter.textContent !== said) meter.textContent = said;
  }
  document.addEventListener("input", weigh);

  // How far a colour is from the grounds that it is seen with (WCAG 2.2), while somebody chooses it.
  const shade = (colour) => {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    const [r, g, b] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  function judge(field) {
    const said = field.parentElement.querySelector(".contrast");
    const well = field.parentElement.querySelector("[data-colour-of]");
    const colour = field.value.trim().toLowerCase();
    said.classList.remove("enough", "short");
    if (!/^#[0-9a-f]{6}$/.test(colour)) { said.textContent = ""; return; }
    well.value = colour;
    const ratios = field.dataset.contrast.split(" ").map((ground) => {
      const [high, low] = [shade(colour), shade(ground)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    });
    const least = Math.floor(Math.min(...ratios) * 100 + 1e-7) / 100;
    const enough = least >= 4.5;
    said.classList.add(enough ? "enough" : "short");
    said.textContent = `${said.dataset.ratio.replace("0", new Intl.NumberFormat(root.lang).format(least))}, ${enough ? said.dataset.enough : said.dataset.short}`;
  }

  // The preview: the form is sent into a second frame, which takes the place of the first once it is there. So nothing flickers, and
  // going back does not go through every colour.
  function equipPreview(form) {
    const button = form.querySelector("[data-preview-button]");
    const place = form.querySelector(".preview-frames");
    let waiting;
    const show = () => {
      for (const late of place.querySelectorAll(".coming")) late.remove();
      const shown = place.querySelector("iframe");
      const coming = shown.cloneNode();
      coming.removeAttribute("src");
      coming.name = `preview-${Date.now()}`;
      coming.classList.add("coming");
      place.append(coming);
      coming.addEventListener("load", () => {
        if (coming.contentWindow.location.href === "about:blank") return;
        const height = shown.contentWindow?.scrollY ?? 0;
        coming.contentWindow.scrollTo(0, height);
        coming.classList.remove("coming");
        shown.remove();
      });
      button.formTarget = coming.name;
      form.requestSubmit(button);
    };
    const soon = (event) => {
      if (event.target.matches("[data-contrast]")) judge(event.target);
      clearTimeout(waiting);
      waiting = setTimeout(show, 250);
    };
    form.addEventListener("input", soon);
    // What was typed and refused is shown as typed.
    if (form.querySelector(".refused")) show();
    for (const field of form.querySelectorAll("[data-contrast]")) judge(field);
    for (const well of form.querySelectorAll("[data-colour-of]")) {
      well.hidden = false;
      well.addEventListener("input", () => {
        const field = form.elements[well.dataset.colourOf];
        field.value = well.value;
        judge(field);
      });
    }
    for (const offer of form.querySelectorAll("[data-take]")) {
      offer.hidden = false;
      offer.onclick = () => {
        const field = form.elements[offer.dataset.take];
        field.value = offer.dataset.value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      };
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("[data-preview]")) equipPreview(form);
  });
})();
