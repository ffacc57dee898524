// What Gradio leaves no other way for: saying once that an answer is complete, copying, counting,
// and keeping the focus where the reader is.
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const text = (name) => $(`#texte .${name}`)?.textContent ?? "";
  const field = () => $("#frage textarea");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const LIMIT = 2000;

  // --- Copying ------------------------------------------------------------------------------

  function copyAnswer(button) {
    Ansage.copyBy(button, $(".kopie", button.parentElement)?.textContent ?? "", outcome());
  }

  function copyLink(button) {
    Ansage.copyBy(button, new URL(button.value, document.baseURI).href, outcome());
  }

  function outcome() {
    return { copied: text("kopiert"), failed: text("nicht-kopiert") };
  }

  // --- Saying things once -------------------------------------------------------------------

  let spoken = "";

  function announceLatest() {
    const all = document.querySelectorAll("#verlauf .ansage");
    const latest = all[all.length - 1];
    if (!latest) return;
    const key = `${latest.closest(".runde").id} ${latest.textContent}`;
    if (key === spoken) return;
    spoken = key;
    Ansage.say(latest.textContent);
  }

  // Gradio has a status of its own that repeats every step, in English.
  function silenceGradio() {
    for (const status of document.querySelectorAll(".gradio-container .wrap > [role=status]")) {
      status.removeAttribute("role");
      status.setAttribute("aria-hidden", "true");
      status.removeAttribute("aria-live");
    }
  }

  // Gradio's sanitiser takes the name of what can be scrolled by keyboard; its caption has it.
  function nameTables() {
    for (const frame of document.querySelectorAll("#verlauf .tafel:not([aria-label])")) {
      frame.setAttribute("aria-label", $("caption", frame).textContent);
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

  // What came with the document gives way to Gradio's page in the frame in which that is whole and
  // speaks the reader's language.
  const before = $("#vorab");
  const PATIENCE = 15_000; // milliseconds, after which a reader is offered to load the page anew
  setTimeout(() => $(".lange", before).removeAttribute("hidden"), PATIENCE);

  const controls = (header) => [...header.querySelectorAll("a:not(.sprung), button")];

  new MutationObserver((_, observer) => {
    const isTold = $("#kopf .kopf")?.lang === $(".kopf", before).lang;
    if (!isTold || !field() || !$(".beispielgruppe:last-child .beispiel")) return;
    observer.disconnect();
    const held = controls(before).indexOf(document.activeElement);
    before.remove();
    controls($("#kopfzeile"))[held]?.focus();
  }).observe(document.body, { childList: true, subtree: true, attributes: true });

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
  }

  function followLanguage() {
    const language = $(".kopf")?.lang;
    if (language && document.documentElement.lang !== language) {
      document.documentElement.lang = language;
    }
    const other = $("#sprache");
    if (other && language) other.lang = language === "de" ? "en" : "de";
  }

  // Gradio's own messages are English; only two of them can reach a reader. Ours is not changed.
  function translateToasts() {
    for (const toast of document.querySelectorAll(".toast-body:not([data-uebersetzt])")) {
      const body = $(".toast-message-text", toast);
      if (!body) continue;
      toast.dataset.uebersetzt = "";
      if (!body.textContent.includes("zu viele Fragen")) {
        body.textContent = text(/busy|full/i.test(body.textContent) ? "besetzt" : "getrennt");
      }
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

  // A screen reader waits for the end of an answer, and then hears it once.
  function followWork() {
    const list = $("#verlauf");
    const isBusy = Boolean($(".laeuft, .sucht", list ?? document));
    if (list && list.getAttribute("aria-busy") !== String(isBusy)) {
      list.setAttribute("aria-busy", String(isBusy));
    }
  }

  // A link may bring a question along (`?frage=…`); it is put into the field, not sent.
  let brought = new URLSearchParams(location.search).get("frage");

  function takeBroughtQuestion() {
    if (!brought || !field()) return;
    const question = brought.slice(0, LIMIT);
    brought = null;
    changeQuestion(question);
  }

  function follow() {
    followWork();
    takeBroughtQuestion();
    markGenerated();
    followLanguage();
    silenceGradio();
    nameTables();
    followRounds();
    Quelle.follow();
    Auswahl.follow();
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
    if (button.matches(".kopieren")) copyAnswer(button);
    else if (button.matches(".link-kopieren")) copyLink(button);
    else if (button.matches(".aendern")) changeQuestion(button.value);
    else if (button.matches(".sprung")) {
      event.preventDefault();
      field()?.focus();
    } else if (button.matches("#senden, #stopp, #wiederholen, #loeschen, .beispiel")) {
      // These vanish or change place when pressed; the focus must not be lost with them.
      setTimeout(() => field()?.focus({ preventScroll: true }), 0);
    }
  });

  follow();
})();
