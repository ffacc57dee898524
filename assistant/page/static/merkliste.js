// The Merkliste: places of passages that somebody collected. It lies in this browser only; the
// words of a quote are fetched anew and proven whenever they are shown.
(() => {
  "use strict";

  const KEY = "merkliste";
  const MOST = 200; // entries
  const list = document.getElementById("merkliste");
  const text = (name) => document.querySelector(`#texte .${name}`)?.textContent ?? "";

  function read() {
    try {
      const entries = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(entries) ? entries.filter((one) => typeof one?.passage === "string") : [];
    } catch {
      return [];
    }
  }

  function write(entries) {
    try {
      localStorage.setItem(KEY, JSON.stringify(entries));
      return true;
    } catch {
      say("gesperrt");
      return false;
    }
  }

  const say = (name, values) =>
    Ansage.say(text(name).replace(/\{(\w+)\}/g, (_, key) => values[key]));

  function entryOf({ value }) {
    const [passage, start, end, proof] = value.split(" ");
    return { passage, start: Number(start), end: Number(end), proof, note: "" };
  }

  const same = (one, other) =>
    one.passage === other.passage && one.start === other.start && one.end === other.end;

  // --- Buttons that collect ------------------------------------------------------------------

  function showState() {
    const entries = read();
    for (const button of document.querySelectorAll("button.merken")) {
      const isIn = String(entries.some((one) => same(one, entryOf(button))));
      if (button.getAttribute("aria-pressed") !== isIn) button.setAttribute("aria-pressed", isIn);
    }
    for (const count of document.querySelectorAll("[data-merkliste-anzahl]")) {
      if (count.textContent !== String(entries.length)) count.textContent = entries.length;
      count.hidden = entries.length === 0;
    }
  }

  function toggle(button) {
    const entry = entryOf(button);
    const entries = read();
    const kept = entries.filter((one) => !same(one, entry));
    const isAdded = kept.length === entries.length;
    if (isAdded && entries.length >= MOST) return say("voll", { count: MOST });
    if (isAdded) kept.push(entry);
    if (!write(kept)) return undefined;
    showState();
    return say(isAdded ? "gemerkt" : "vergessen", { count: kept.length });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.merken");
    if (button) toggle(button);
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    showState();
    if (list) show();
  });
  showState();
  if (!document.body.classList.contains("seite")) {
    // The conversation grows while it is read.
    new MutationObserver(showState).observe(document.body, { childList: true, subtree: true });
  }

  // --- The list itself -----------------------------------------------------------------------

  if (!list) return;
  const empty = document.getElementById("merkliste-leer");
  const tools = document.getElementById("merkliste-werkzeuge");

  async function show() {
    const entries = read();
    empty.hidden = entries.length > 0;
    tools.hidden = entries.length === 0;
    if (entries.length === 0) return list.replaceChildren();
    list.setAttribute("aria-busy", "true");
    try {
      const places = entries.map(({ passage, start, end, proof }) => ({
        passage, start, end, proof,
      }));
      const answer = await fetch(list.dataset.stellen, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(places),
      });
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text(); // made by our templates, which escape everything
      [...list.children].forEach((item, at) => {
        const note = item.querySelector("textarea");
        if (note) note.value = entries[at].note ?? "";
      });
      updateMoves();
    } catch {
      say("nicht-geladen");
      document.getElementById("merkliste-fehler").hidden = false;
    }
    return list.removeAttribute("aria-busy");
  }

  const items = () => [...list.children];

  function updateMoves() {
    items().forEach((item, at, all) => {
      item.querySelector("[data-hoch]").disabled = at === 0;
      item.querySelector("[data-runter]").disabled = at === all.length - 1;
    });
  }

  function move(item, by) {
    const entries = read();
    const at = items().indexOf(item);
    const [entry] = entries.splice(at, 1);
    entries.splice(at + by, 0, entry);
    if (!write(entries)) return;
    if (by < 0) item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    updateMoves();
    const button = item.querySelector(by < 0 ? "[data-hoch]" : "[data-runter]");
    (button.disabled ? item.querySelector("[data-hoch]:enabled, [data-runter]:enabled") : button).focus();
    say("verschoben", { number: at + by + 1, count: entries.length });
  }

  function remove(item) {
    const entries = read();
    const at = items().indexOf(item);
    entries.splice(at, 1);
    if (!write(entries)) return;
    item.remove();
    showState();
    const next = items()[Math.min(at, items().length - 1)];
    (next?.querySelector("[data-weg]") ?? document.getElementById("inhalt")).focus();
    if (next) updateMoves();
    empty.hidden = entries.length > 0;
    tools.hidden = entries.length === 0;
    say("vergessen", { count: entries.length });
  }

  const textOf = (item) =>
    [
      `„${item.querySelector("blockquote")?.innerText.trim() ?? ""}“`,
      `(${item.querySelector(".quellenzeile")?.innerText.trim() ?? ""})`,
      item.querySelector("textarea")?.value.trim() ?? "",
    ]
      .filter(Boolean)
      .join("\n");

  function copyBy(button, chosen) {
    const proven = chosen.filter((item) => item.querySelector("blockquote"));
    const spoken = { copied: text("kopiert"), failed: text("nicht-kopiert") };
    return Ansage.copyBy(button, proven.map(textOf).join("\n\n"), spoken);
  }

  list.addEventListener("click", ({ target }) => {
    const item = target.closest("li");
    const is = (name) => target.closest(`[data-${name}]`);
    if (is("hoch")) move(item, -1);
    else if (is("runter")) move(item, 1);
    else if (is("weg")) remove(item);
    else if (is("kopieren")) copyBy(is("kopieren"), [item]);
  });

  list.addEventListener("input", ({ target }) => {
    const entries = read();
    entries[items().indexOf(target.closest("li"))].note = target.value;
    write(entries);
  });

  // Ids, spans and notes; the words come from the documents again.
  tools.addEventListener("submit", ({ target }) => {
    target.elements.namedItem("stellen").value = JSON.stringify(read());
  });

  tools.addEventListener("click", ({ target }) => {
    if (target.closest("[data-alle-kopieren]")) copyBy(target, items());
  });

  show();
})();
