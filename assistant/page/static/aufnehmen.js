// Shows how far files are sent and what becomes of them; without it, the page does the same slower.
(() => {
  "use strict";

  const PAUSE = 1000; // milliseconds between two looks

  // --- Sending -------------------------------------------------------------------------------

  const form = document.querySelector("form.aufnehmen");

  function refusal({ dateien }) {
    const { hoechstens, je, zusammen, zuviele, zugross, zusammenzugross } = form.dataset;
    const files = [...dateien.files];
    const large = files.find((file) => file.size > Number(je));
    if (files.length > Number(hoechstens)) return zuviele;
    if (large) return zugross.replace("{name}", large.name);
    const sum = files.reduce((total, file) => total + file.size, 0);
    return sum > Number(zusammen) ? zusammenzugross : "";
  }

  function fail(message) {
    const place = document.getElementById("dateifehler");
    place.textContent = message;
    place.hidden = !message;
    document.getElementById("uebertragung").hidden = true;
    form.querySelector("button").disabled = false;
    if (message) form.elements.dateien.focus();
  }

  function send() {
    const request = new XMLHttpRequest();
    const [bar, label] = ["progress", "#uebertragung label"].map((one) => form.querySelector(one));
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      label.textContent = form.dataset.sendet.replace("{percent}", Math.round(bar.value));
    });
    request.addEventListener("load", () => {
      if (request.status < 400) {
        Ansage.say(form.dataset.gesendet);
        location.assign(request.responseURL);
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      fail(answer.querySelector(".zustand p")?.textContent.trim() || form.dataset.misslungen);
    });
    request.addEventListener("error", () => fail(form.dataset.misslungen));
    request.open("POST", form.action);
    request.send(new FormData(form));
    form.querySelector("button").disabled = true;
    document.getElementById("uebertragung").hidden = false;
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = refusal(form.elements);
    fail(problem);
    if (!problem) send();
  });

  // --- Watching ------------------------------------------------------------------------------

  const place = document.querySelector("[data-stand]");
  let shown = place?.innerHTML;
  let state = place?.querySelector("[data-zustand]").dataset.zustand;

  function show(html) {
    if (html === shown) return;
    shown = html;
    place.innerHTML = html; // made by our templates, which escape everything
    const heading = place.querySelector("[data-zustand]");
    if (!heading || heading.dataset.zustand === state) return;
    state = heading.dataset.zustand;
    if (heading.hasAttribute("data-fertig")) {
      const stop = document.getElementById("anhalten");
      if (stop?.contains(document.activeElement)) heading.focus();
      stop?.remove();
    }
    Ansage.say(heading.textContent);
  }

  async function look() {
    try {
      const answer = await fetch(place.dataset.stand);
      if (answer.status === 404) return location.reload();
      if (answer.ok) show(await answer.text());
    } catch {
      // The server is not there for a moment; the next look will tell.
    }
    if (!place.querySelector("[data-fertig]")) setTimeout(look, PAUSE);
    return undefined;
  }

  if (place) setTimeout(look, PAUSE);
})();
