"use strict";
// What a page can do beyond its tables: charts, search, a telephone's view of a printed cell. Everything works without.
(() => {
  const language = document.documentElement.lang;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  // charts: the rows stand in the page, the specification in charts.js; `ast` needs no eval
  if (window.vegaEmbed && window.CONTRASTE_CHARTS) {
    for (const element of document.querySelectorAll("[data-chart]")) {
      const spec = structuredClone(window.CONTRASTE_CHARTS[language][element.dataset.chart]);
      const rows = JSON.parse(element.nextElementSibling.textContent);
      spec.datasets = { ...spec.datasets, rows };
      // so many rows, so high: a height in steps would be fitted to the page and complain
      if (spec.height.step) spec.height = spec.height.step * new Set(rows.map((row) => row.order)).size;
      element.classList.add("drawn");
      window
        .vegaEmbed(element, spec, {
          ast: true, actions: false, renderer: "svg", defaultStyle: false,
          tooltip: { disableDefaultStyle: true }, loader: { target: "_self" },
        })
        .catch((error) => { element.classList.remove("drawn"); console.error(error); });
    }
  }

  // search: every word must be found somewhere in the name of a thing
  const list = document.getElementById("encontrado");
  if (list && window.CONTRASTE_INDEX) {
    const input = document.getElementById("busca");
    const said = document.getElementById("cuantos");
    const kinds = JSON.parse(list.dataset.kinds);
    const things = window.CONTRASTE_INDEX.map(([kind, title, sub, href, spoken]) => ({
      kind, title, sub, href, spoken, folded: fold(`${title} ${sub}`), name: fold(title),
    }));
    const show = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const found = words.length ? things.filter((thing) => words.every((word) => thing.folded.includes(word))) : [];
      const rank = (thing) => (thing.name.startsWith(words[0]) ? 0 : thing.name.includes(words[0]) ? 1 : 2);
      found.sort((a, b) => rank(a) - rank(b));
      list.replaceChildren(...found.slice(0, 60).map((thing) => {
        const item = document.createElement("li");
        item.lang = thing.spoken;
        const link = document.createElement("a");
        link.href = thing.href;
        link.textContent = thing.title;
        const sub = document.createElement("span");
        sub.className = "sub";
        sub.textContent = [kinds[thing.kind], thing.sub].filter(Boolean).join(" · ");
        item.append(link, sub);
        return item;
      }));
      said.textContent = words.length ? said.dataset.found.replace("{n}", String(found.length)) : "";
      document.getElementById("todo").hidden = words.length > 0;
    };
    input.value = new URLSearchParams(location.search).get("q") || "";
    document.getElementById("q").value = input.value;
    input.addEventListener("input", show);
    show();
    if (!input.value) input.focus({ preventScroll: true });
  }

  // the other language shows the same cell and the same search
  const other = document.querySelector("a.other");
  const address = other.getAttribute("href");
  const follow = () => { other.setAttribute("href", address + location.search + location.hash); };
  addEventListener("hashchange", follow);
  follow();

  // what a link of the page leads to may lie in a part that is closed
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = target && target.closest("details:not([open])");
    if (closed) { closed.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));

  // a table wider than the screen can be scrolled with the keyboard
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  }
})();
