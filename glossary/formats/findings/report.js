"use strict";
// Filters and order. Without this script the page shows every finding, by rule.
(() => {
  const get = id => document.getElementById(id);
  const form = get("filters"), list = get("list"), shown = get("shown"), words = get("by-words"), order = get("by-order");
  const selects = ["rule", "severity", "document"].map(name => [name === "rule" ? "code" : name, get("by-" + name)]);
  const sections = [...list.querySelectorAll("section.rule")];
  const findings = [...list.querySelectorAll("article.finding")];
  const home = new Map(findings.map(one => [one, one.parentElement]));
  const inOrder = [...findings].sort((a, b) => a.dataset.n - b.dataset.n);
  const texts = new Map();
  const plain = text => text.normalize("NFKC").toLowerCase();
  const textOf = one => {
    if (!texts.has(one)) texts.set(one, plain(one.textContent));
    return texts.get(one);
  };
  const filter = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of findings) {
      const fits = selects.every(([key, select]) => !select.value || one.dataset[key] === select.value)
        && wanted.every(word => textOf(one).includes(word));
      one.hidden = !fits;
      count += fits;
    }
    const byRule = !order.value;
    for (const section of sections) section.hidden = !byRule || !section.querySelector("article.finding:not([hidden])");
    shown.textContent = count === findings.length ? `${count} shown` : `${count} of ${findings.length} shown`;
  };
  const arrange = () => {
    if (order.value) list.append(...inOrder);
    else for (const one of findings) home.get(one).append(one);
    filter();
  };
  const reveal = () => {
    const target = location.hash.length > 1 && get(location.hash.slice(1));
    if (!target || !list.contains(target)) return;
    const closed = target.hidden || target.closest("section.rule")?.hidden;
    if (closed) {
      form.reset();
      arrange();
    }
    if (closed) target.scrollIntoView();
  };
  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  for (const [, select] of selects) select.addEventListener("change", filter);
  order.addEventListener("change", arrange);
  form.addEventListener("reset", () => setTimeout(arrange));
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", reveal);
  form.hidden = false;
  filter();
})();
