// A source opens beside the conversation; within it one turns pages without leaving the question.
const Quelle = (() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const text = (name) => $(`#texte .${name}`)?.textContent ?? "";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const beside = matchMedia("(min-width: 64rem)");

  let opener = null; // the button whose source is open, to give the focus back to
  let opening = 0; // number of the newest request, so that a slow one cannot overtake it
  let shown = ""; // address of what is open

  function panel() {
    let aside = $("#quelle");
    if (!aside) {
      aside = document.createElement("aside");
      aside.id = "quelle";
      aside.hidden = true;
      $("#rand").append(aside);
    }
    return aside;
  }

  // --- Fetching ------------------------------------------------------------------------------

  // Milliseconds from pointing to pressing. After that a part is fetched anew, because its document
  // may have been removed; what was costly about it, the server has at hand by then.
  const FRESH = 2000;
  const parts = new Map(); // address → what was fetched, and when

  // The part at an address, fetched before if somebody was about to ask; "" when it could not be.
  function part(address) {
    const known = parts.get(address);
    if (known && performance.now() - known.at < FRESH) return known.html;
    for (const [old, { at }] of parts) if (performance.now() - at >= FRESH) parts.delete(old);
    const html = fetchPart(address);
    parts.set(address, { html, at: performance.now() });
    return html;
  }

  async function fetchPart(address) {
    try {
      // The answer is built and escaped by the server, also when it says that a passage is gone.
      const response = await fetch(new URL(address, document.baseURI));
      const isPart = [200, 404, 410].includes(response.status) && !response.redirected;
      if (isPart) return await response.text();
    } catch {
      // The server is not there; the panel says so.
    }
    parts.delete(address);
    return "";
  }

  // Has a part and its picture at hand before they are asked for.
  async function prepare(address) {
    const content = document.createElement("template");
    content.innerHTML = await part(address);
    const picture = $(".blatt-bild img", content.content);
    if (picture) new Image().src = picture.getAttribute("src");
  }

  // Puts a part into the panel; false when it could not be fetched, or another one came first.
  async function load(address) {
    const request = ++opening;
    const aside = panel();
    aside.setAttribute("aria-busy", "true");
    const html = await part(address);
    if (request !== opening) return false;
    aside.removeAttribute("aria-busy");
    if (!html) {
      aside.replaceChildren(note("verschoben", text("fehler")));
      return false;
    }
    shown = address;
    aside.innerHTML = html;
    aside.setAttribute("aria-labelledby", "quelle-titel");
    return true;
  }

  const addressOf = (control) =>
    control.matches("a") ? control.href.replace("/stelle/", "/quelle/") : control.value;

  function expect({ target }) {
    const control = target.closest?.("button.beleg, button.quelle, #quelle a[data-weg]");
    if (control) prepare(addressOf(control));
  }

  // --- Opening and closing -------------------------------------------------------------------

  async function open(button) {
    const aside = panel();
    markOpen(button);
    aside.replaceChildren(note("fortschritt", text("laden")));
    aside.hidden = false;
    document.body.classList.add("mit-quelle");
    if (!(await load(addressOf(button)))) return;
    $("#quelle-titel", aside).focus({ preventScroll: true });
    aside.scrollTop = 0;
    if (!beside.matches) {
      aside.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    bringQuoteIntoView(aside);
  }

  // Turns a page or changes its size; the focus stays on the control that was used.
  async function turn(link) {
    const way = link.dataset.weg;
    const aside = panel();
    const top = aside.scrollTop;
    if (!(await load(addressOf(link)))) return;
    aside.scrollTop = top;
    const place = $(".blatt-ort", aside);
    ($(`[data-weg="${way}"]`, aside) ?? place)?.focus({ preventScroll: true });
    const size = $(".blatt-groesse .sr-only", aside)?.textContent ?? "";
    Ansage.say(["larger", "smaller"].includes(way) ? size : place?.textContent ?? "");
    bringMarkIntoView(aside);
  }

  function note(className, message) {
    const paragraph = document.createElement("p");
    paragraph.className = className;
    paragraph.textContent = message;
    return paragraph;
  }

  function bringQuoteIntoView(aside) {
    if ($(".blatt", aside)) {
      bringMarkIntoView(aside);
      return;
    }
    const mark = $("mark", aside);
    if (!mark || !beside.matches) return;
    const hidden = mark.getBoundingClientRect().bottom - aside.getBoundingClientRect().bottom;
    if (hidden > 0) aside.scrollTop += Math.min(hidden + 24, mark.offsetTop - 24);
  }

  // The height of the picture is known before it is there, so there is no need to wait for it.
  function bringMarkIntoView(aside) {
    const frame = $(".blatt-rahmen", aside);
    const first = $(".blatt-bild rect", aside);
    if (!frame || !first) return;
    const mark = first.getBoundingClientRect();
    const view = frame.getBoundingClientRect();
    frame.scrollTop += mark.top - view.top - frame.clientHeight / 3;
    frame.scrollLeft += mark.left - view.left - 16;
  }

  function close({ focus = true } = {}) {
    opening += 1;
    const target = opener?.isConnected ? opener : $("#frage textarea");
    markOpen(null);
    document.body.classList.remove("mit-quelle");
    const aside = $("#quelle");
    if (aside) {
      aside.hidden = true;
      aside.replaceChildren();
      aside.removeAttribute("aria-labelledby");
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

  let answered = ""; // address of the first source of the newest answer

  // The button is gone with its answer: so is what it opened.
  function follow() {
    if (opener && !opener.isConnected) close({ focus: false });
    const newest = [...document.querySelectorAll("#verlauf .runde:has(.fuss)")].at(-1);
    const first = newest && $("button.beleg", newest);
    if (!first || first.value === answered) return;
    answered = first.value;
    prepare(answered);
  }

  document.addEventListener("pointerover", expect);
  document.addEventListener("focusin", expect);

  document.addEventListener("click", (event) => {
    const control = event.target.closest("button, a");
    if (!control) return;
    if (control.matches("button.beleg, button.quelle")) open(control);
    else if (control.matches(".schliessen")) close();
    else if (control.matches("#quelle a[data-weg]")) {
      event.preventDefault();
      turn(control);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.("#quelle")) close();
  });

  return { follow, address: () => shown };
})();
