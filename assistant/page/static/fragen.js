// What Gradio leaves no other way for: opening a source beside the conversation, saying once that
// an answer is complete, copying, counting, and keeping the focus where the reader is.
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const text = (name) => $(`#texte .${name}`)?.textContent ?? "";
  const field = () => $("#frage textarea");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const LIMIT = 2000;

  let opener = null; // the button whose source is open, to give the focus back to
  let opening = 0; // number of the newest request, so that a slow one cannot overtake it

  // --- The source panel ---------------------------------------------------------------------

  async function openSource(button) {
    const panel = $("#quelle");
    const request = ++opening;
    markOpen(button);
    show(panel, note("fortschritt", text("laden")));
    let html = "";
    try {
      // The answer is built and escaped by the server, also when it says that a passage is gone.
      const response = await fetch(new URL(button.value, document.baseURI));
      if (response.ok || response.status === 404) html = await response.text();
    } catch {
      // The server is not there; the message below says so.
    }
    if (request !== opening) return;
    if (!html) {
      show(panel, note("verschoben", text("fehler")));
      return;
    }
    panel.innerHTML = html;
    panel.setAttribute("aria-labelledby", "quelle-titel");
    const title = $("#quelle-titel", panel);
    title.focus({ preventScroll: true });
    panel.scrollTop = 0;
    const beside = matchMedia("(min-width: 64rem)").matches;
    if (!beside) panel.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    else bringQuoteIntoView(panel);
  }

  function show(panel, content) {
    panel.replaceChildren(content);
    panel.hidden = false;
    document.body.classList.add("mit-quelle");
  }

  function note(className, message) {
    const paragraph = document.createElement("p");
    paragraph.className = className;
    paragraph.textContent = message;
    return paragraph;
  }

  function bringQuoteIntoView(panel) {
    const mark = $("mark", panel);
    if (!mark) return;
    const hidden = mark.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
    if (hidden > 0) panel.scrollTop += Math.min(hidden + 24, mark.offsetTop - 24);
  }

  function closeSource({ focus = true } = {}) {
    opening += 1;
    const panel = $("#quelle");
    const target = opener?.isConnected ? opener : field();
    markOpen(null);
    document.body.classList.remove("mit-quelle");
    if (panel) {
      panel.hidden = true;
      panel.replaceChildren();
      panel.removeAttribute("aria-labelledby");
    }
    if (focus) target?.focus();
  }

  function markOpen(button) {
    for (const old of document.querySelectorAll("button.offen")) {
      old.classList.remove("offen");
      old.removeAttribute("aria-expanded");
    }
    opener = button;
    if (!button) return;
    for (const same of document.querySelectorAll("button.beleg, button.quelle")) {
      if (same.value === button.value && same.closest(".runde") === button.closest(".runde")) {
        same.classList.add("offen");
        same.setAttribute("aria-expanded", "true");
      }
    }
  }

  // --- Copying ------------------------------------------------------------------------------

  async function copyAnswer(button) {
    const source = $(".kopie", button.parentElement)?.textContent ?? "";
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    const done = await copy(source);
    button.textContent = text(done ? "kopiert" : "nicht-kopiert");
    announce(button.textContent);
    setTimeout(() => (button.textContent = label), 2500);
  }

  async function copy(source) {
    try {
      await navigator.clipboard.writeText(source);
      return true;
    } catch {
      // Without TLS a browser has no clipboard for pages that are not on this machine.
      const area = document.createElement("textarea");
      area.value = source;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  // --- Saying things once -------------------------------------------------------------------

  const live = document.createElement("div");
  live.id = "sprecher";
  live.className = "sr-only";
  live.setAttribute("role", "status");
  let spoken = "";

  function announce(message) {
    live.textContent = message;
  }

  function announceLatest() {
    const all = document.querySelectorAll("#verlauf .ansage");
    const latest = all[all.length - 1];
    if (!latest) return;
    const key = `${latest.closest(".runde").id} ${latest.textContent}`;
    if (key === spoken) return;
    spoken = key;
    announce(latest.textContent);
  }

  // Gradio has a status of its own that repeats every step, in English.
  function silenceGradio() {
    for (const status of document.querySelectorAll(".gradio-container .wrap > [role=status]")) {
      status.removeAttribute("role");
      status.setAttribute("aria-hidden", "true");
      status.removeAttribute("aria-live");
    }
  }

  // --- The question field -------------------------------------------------------------------

  function describeField() {
    const area = field();
    if (!area) return;
    area.setAttribute("aria-describedby", "hilfe");
    const count = area.value.length;
    const counter = $("#zaehler");
    if (!counter) return;
    const isLong = count > LIMIT;
    const message = count > LIMIT * 0.8 ? text("zaehler").replace("{count}", count.toLocaleString(document.documentElement.lang)) : "";
    if (counter.textContent !== message) counter.textContent = message;
    counter.classList.toggle("zu-lang", isLong);
    area.setAttribute("aria-invalid", String(isLong));
  }

  // --- Following what Gradio renders --------------------------------------------------------

  let lastRound = "";

  function followRounds() {
    const rounds = document.querySelectorAll("#verlauf .runde");
    const newest = rounds[rounds.length - 1]?.id ?? "";
    const last = rounds[rounds.length - 1];
    if (newest && newest !== lastRound && last.getBoundingClientRect().top > innerHeight / 2) {
      last.scrollIntoView({
        block: "start",
        behavior: calm.matches ? "auto" : "smooth",
      });
    }
    lastRound = newest;
    if (opener && !opener.isConnected) closeSource({ focus: false });
  }

  function followLanguage() {
    const language = $(".kopf")?.lang;
    if (language && document.documentElement.lang !== language) {
      document.documentElement.lang = language;
    }
    const other = $("#sprache");
    if (other && language) other.lang = language === "de" ? "en" : "de";
  }

  // Gradio's own messages are English; only two of them can reach a reader.
  function translateToasts() {
    for (const toast of document.querySelectorAll(".toast-body:not([data-uebersetzt])")) {
      const body = $(".toast-message-text", toast);
      if (!body) continue;
      toast.dataset.uebersetzt = "";
      body.textContent = text(/busy|full/i.test(body.textContent) ? "besetzt" : "getrennt");
      const title = $(".toast-title", toast);
      if (title) title.textContent = text("nicht-geklappt");
      $(".toast-close", toast)?.setAttribute("aria-label", text("meldung-schliessen"));
    }
  }

  function changeQuestion(question) {
    field().value = question;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    field().focus();
  }

  // Programs that read the page find generated text by this attribute; Gradio's sanitiser drops it.
  function markGenerated() {
    for (const written of document.querySelectorAll(".erzeugt:not([data-ai-generated])")) {
      written.dataset.aiGenerated = "true";
    }
  }

  function follow() {
    markGenerated();
    followLanguage();
    silenceGradio();
    followRounds();
    announceLatest();
    describeField();
    translateToasts();
  }

  let scheduled = false;
  new MutationObserver(() => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      follow();
    });
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });

  document.addEventListener("input", (event) => {
    if (event.target === field()) describeField();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.matches(".beleg, .quelle")) openSource(button);
    else if (button.matches(".schliessen")) closeSource();
    else if (button.matches(".kopieren")) copyAnswer(button);
    else if (button.matches(".aendern")) changeQuestion(button.value);
    else if (button.matches(".sprung")) {
      event.preventDefault();
      field()?.focus();
    } else if (button.matches("#senden, #stopp, #wiederholen, #loeschen, .beispiel")) {
      // These vanish or change place when pressed; the focus must not be lost with them.
      setTimeout(() => field()?.focus({ preventScroll: true }), 0);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.("#quelle")) closeSource();
  });

  document.body.append(live);
  follow();
})();
