// Keys, focus and announcements of the review page.
//
// data-key="a"          pressing "a" clicks the element (a field gets the focus); several keys: "j ArrowDown"
// data-key-always       the key works although the element is folded away in a <details>
// data-key-name="…"     what the dialog of keys calls it, where its own words do not say it
// data-item             rows to walk through with j, k and the arrows; what is in the current row goes first
// data-item="12"        where rows are chosen for a form: the hidden fields [data-chosen] get the row's value
// data-keep-focus="id"  in an answer: where the focus goes; else it stays where it was, by id
// <details id="…">      stays open where an answer brings it again
// data-announce="…"     in an answer: is read out, and shown for a while
//
// One-key commands can be changed and switched off in the dialog (?). Both are kept in this browser only.
"use strict";
(() => {
  const STORE = "concord.keys";
  const WALK = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", Escape: "Esc", " ": "Space", Delete: "Del", Backspace: "⌫" };
  const TYPED = /^(?:text|search|number|password|email|url|tel|date|month|week|time|datetime-local|file|range|color)$/;
  const screen = () => location.pathname.split("/")[1] || "start";
  let kept = { off: false, keys: {} };
  try { kept = { ...kept, ...JSON.parse(localStorage.getItem(STORE) || "{}") }; } catch { /* a broken entry is none */ }
  const keep = () => { try { localStorage.setItem(STORE, JSON.stringify(kept)); } catch { /* private windows */ } show(); };

  // --- which key does what
  const own = (key) => kept.keys[`${screen()}/${key}`] || key;
  const keysOf = (element) => element.dataset.key.split(" ").map(own);
  // what is in a closed <details> has a box, and is not seen
  const visible = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);
  const usable = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true" && (visible(element) || "keyAlways" in element.dataset);
  const modal = () => document.querySelector("dialog[open]");
  const commands = () => [...(modal() || document).querySelectorAll("[data-key]")];
  const items = () => [...document.querySelectorAll("[data-item]")].filter(visible);
  const current = () => document.activeElement?.closest?.("[data-item]") || document.querySelector('[data-item][aria-current="true"]');

  function typing(element) {
    if (!element || element === document.body) return false;
    if (element.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(element.tagName)) return true;
    return element.tagName === "INPUT" && TYPED.test(element.type);
  }

  // A Cyrillic, Greek or other layout has no "a"; the key where it would be is meant.
  function pressed(event) {
    const keys = [event.key];
    if (event.key.length === 1 && event.key > "\x7f" && /^Key[A-Z]$/.test(event.code)) {
      const letter = event.code.slice(3);
      keys.push(event.shiftKey ? letter : letter.toLowerCase());
    }
    return keys;
  }

  function meant(keys) {
    const found = commands().filter((element) => usable(element) && keysOf(element).some((key) => keys.includes(key)));
    const here = current();
    return found.find((element) => here?.contains(element)) || found[0];
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (catching) return caught(event);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.tagName === "TEXTAREA") {
      event.target.form?.requestSubmit();
      return;
    }
    if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph")) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && !modal()) { event.target.blur(); (current() || main())?.focus(); }
      return;
    }
    if (kept.off && event.key !== "?") return;
    if ((event.key === "Enter" || event.key === " ") && event.target.closest?.("a, button, summary, input, label")) return;
    if (busy && !modal()) { // what was asked for before comes first; then this
      if (!event.repeat) waiting.push(event);
      event.preventDefault();
      return;
    }
    act(event);
  });

  function act(event) {
    const keys = pressed(event);
    const element = meant(keys);
    if (element) {
      event.preventDefault();
      if (event.repeat && element.tagName === "BUTTON") return;
      if (typing(element)) { element.focus(); element.select?.(); } else { element.click(); }
      return;
    }
    const step = keys.map((key) => WALK[key]).find(Boolean);
    if (step && !modal()) walk(event, step);
    else if (event.key === "Enter" && current() && !modal()) current().querySelector("[data-open], a, button")?.click();
  }

  // --- keys that are pressed faster than answers come
  let busy = null;
  const waiting = [];
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "news" && (typing(document.activeElement) || busy)) event.preventDefault(); // next time
    if (/^(?:submit|click)$/.test(event.detail.requestConfig?.triggeringEvent?.type || "")) busy = event.detail.xhr;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr !== busy) return;
    busy = null;
    if (!event.detail.successful) waiting.length = 0; // they were meant for another page
    while (waiting.length && !busy) act(waiting.shift());
  });

  function walk(event, step) {
    const all = items();
    if (!all.length) return;
    event.preventDefault();
    const at = all.indexOf(current());
    choose(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  function choose(item) {
    mark(item);
    if (!item.hasAttribute("tabindex")) item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
  function mark(item) {
    for (const other of document.querySelectorAll('[data-item][aria-current="true"]')) other.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    for (const field of document.querySelectorAll("[data-chosen]")) field.value = item.dataset.item;
  }

  // --- focus and announcements
  const main = () => document.getElementById("main");
  let before = "", unfolded = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    before = document.activeElement?.id || "";
    unfolded = [...document.querySelectorAll("details[id][open]")].map((part) => part.id);
    const notice = document.getElementById("notice"); // an error stays until something has worked
    if (notice && event.detail.target !== notice && event.detail.xhr.status < 400) notice.replaceChildren();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    const wanted = part.matches?.("[data-keep-focus]") ? part : part.querySelector?.("[data-keep-focus]");
    const lost = !document.activeElement || document.activeElement === document.body;
    const place = (wanted && document.getElementById(wanted.dataset.keepFocus)) || (lost && (document.getElementById(before) || document.querySelector('[data-item][aria-current="true"]') || main()));
    if (place) {
      if (!place.matches("a, button, input, select, textarea, summary, [tabindex]")) place.tabIndex = -1;
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    }
    announceIn(part);
    show();
  });

  let quiet = 0;
  function announce(words) {
    const live = document.getElementById("live");
    if (!live || !words) return;
    live.textContent = "";
    clearTimeout(quiet);
    setTimeout(() => { live.textContent = words; }, 40);
    quiet = setTimeout(() => { live.textContent = ""; }, 8000);
  }
  function announceIn(part) {
    const found = part.matches?.("[data-announce]") ? part : part.querySelector?.("[data-announce]");
    if (found) announce(found.dataset.announce);
  }
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => announce("No answer. Is concord review still running?"));
  }

  // --- the keys on the buttons
  const named = (key) => SIGNS[key] || key;
  function show() {
    document.body.classList.toggle("keys-off", kept.off);
    for (const element of document.querySelectorAll("[data-key]")) {
      const sign = element.querySelector("kbd");
      if (sign) sign.textContent = named(keysOf(element)[0]);
      element.setAttribute("aria-keyshortcuts", kept.off ? "" : keysOf(element).map((key) => (key === " " ? "Space" : key)).join(" "));
    }
  }

  // --- the dialog
  let dialog, catching = null;
  const made = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words }, more);
  function words(element) {
    if (element.dataset.keyName) return element.dataset.keyName;
    if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, .sr").forEach((part) => part.remove());
    const label = element.labels?.[0]?.textContent || element.placeholder;
    return (copy.textContent || label || element.title || "").replace(/\s+/g, " ").trim();
  }
  function listed() {
    const found = new Map();
    for (const element of document.querySelectorAll("[data-key]")) {
      if (dialog.contains(element)) continue;
      const key = element.dataset.key.split(" ")[0];
      if (!found.has(key)) found.set(key, { words: words(element), keys: element.dataset.key.split(" ") });
    }
    return found;
  }

  function open() {
    if (!dialog) {
      dialog = document.body.appendChild(made("dialog", "", { id: "keys" }));
      dialog.setAttribute("aria-labelledby", "keys-title");
      dialog.addEventListener("close", () => { catching = null; });
    }
    fill("");
    if (!dialog.open) dialog.showModal();
  }

  function fill(message) {
    const table = document.createElement("table");
    const body = table.appendChild(document.createElement("tbody"));
    for (const [key, command] of listed()) body.append(line(key, command));
    if (items().length) {
      const row = body.appendChild(document.createElement("tr"));
      row.append(made("td", "Next and previous row"), made("td", "j k ↓ ↑"));
    }
    const off = made("input", "", { type: "checkbox", checked: !kept.off, id: "keys-on" });
    off.addEventListener("change", () => { kept.off = !off.checked; keep(); });
    const label = made("label", " One-key commands", { htmlFor: "keys-on" });
    const reset = made("button", "Keys as they came", { type: "button" });
    reset.addEventListener("click", () => { kept.keys = {}; keep(); fill("All keys are as they came."); });
    const close = made("button", "Close", { type: "button", className: "primary" });
    close.addEventListener("click", () => dialog.close());
    const line1 = document.createElement("p");
    line1.append(off, label);
    const actions = made("div", "", { className: "actions" });
    actions.append(close, reset);
    const said = made("p", message, { className: "small" });
    said.setAttribute("role", "status");
    dialog.replaceChildren(made("h2", "Keys", { id: "keys-title" }), line1, table, said, actions);
  }

  function line(key, command) {
    const row = document.createElement("tr");
    const cell = document.createElement("td");
    const change = made("button", "", { type: "button", className: "quiet", id: `keys-${key}` });
    change.append(...command.keys.flatMap((one) => [made("kbd", named(own(one))), " "]));
    change.setAttribute("aria-label", `${command.words}: ${command.keys.map((one) => named(own(one))).join(", ")}. Change`);
    change.addEventListener("click", () => { catching = key; change.replaceChildren("Press a key…"); });
    cell.append(change);
    row.append(made("td", command.words), cell);
    return row;
  }

  function caught(event) {
    if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const key = catching, wanted = event.key;
    catching = null;
    let message = "";
    if (wanted !== "Escape" && wanted !== "Tab") {
      const taken = [...listed()].find(([other, command]) => other !== key && command.keys.some((one) => own(one) === wanted));
      if (taken) message = `${named(wanted)} is taken: ${taken[1].words}.`;
      else {
        if (wanted === key) delete kept.keys[`${screen()}/${key}`];
        else kept.keys[`${screen()}/${key}`] = wanted;
        keep();
        message = `${named(wanted)} it is.`;
      }
    }
    fill(message);
    document.getElementById(`keys-${key}`)?.focus();
  }

  // --- two files dropped on a form are those of its file field
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const form = event.target.closest?.("[data-drop]");
      if (!form || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name !== "drop") return;
      const fields = [...form.querySelectorAll('input[type="file"]')];
      dropped(fields, [...event.dataTransfer.files]);
    });
  }
  function dropped(fields, files) {
    const free = fields.filter((field) => !field.files.length);
    for (const [at, field] of (free.length >= files.length ? free : fields).entries()) {
      if (!files[at]) break;
      const held = new DataTransfer();
      held.items.add(files[at]);
      field.files = held.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    announce(files.map((file) => file.name).join(", "));
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#keys-button")) open();
    const item = event.target.closest?.("[data-item]");
    if (item?.dataset.item && !event.target.closest("a, button, input, label, summary") && !getSelection().toString()) choose(item);
  });
  document.addEventListener("focusin", (event) => { // a row is chosen by what is in it, too
    const item = event.target.closest?.("[data-item]");
    if (item?.dataset.item && item.getAttribute("aria-current") !== "true") mark(item);
  });
  const button = document.getElementById("keys-button");
  if (button) button.hidden = false;
  show();
  announceIn(document.body);
})();
