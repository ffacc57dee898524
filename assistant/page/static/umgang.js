// What can be done with an answer: it goes back to the server under its seal, as a note for the
// file or with a judgement. The server keeps no conversation, so the page hands it over.
(() => {
  "use strict";

  const sealsOf = (root) => [...root.querySelectorAll("pre.siegel")].map((one) => one.textContent);
  const addressOf = (path) => {
    const address = new URL(path, document.baseURI);
    address.searchParams.set("sprache", document.documentElement.lang);
    return address;
  };

  // A form, because a browser saves what comes back without showing it.
  function save(button) {
    const isAll = button.closest(".umgang.alle");
    const seals = sealsOf(isAll ? document : button.closest(".umgang"));
    const form = document.createElement("form");
    form.method = "post";
    form.action = addressOf("vermerk");
    form.hidden = true;
    for (const [name, value] of [["antworten", JSON.stringify(seals)], ["format", button.value]]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
    form.remove();
    button.closest("details").open = false;
    button.closest("details").querySelector("summary").focus();
  }

  async function judge(button, reason, withText) {
    const place = button.closest(".urteil");
    const state = place.querySelector(".urteil-stand");
    const [siegel] = sealsOf(button.closest(".umgang"));
    let isStored = false;
    try {
      const answer = await fetch(addressOf("rueckmeldung"), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ siegel, grund: reason, mit_text: withText }),
      });
      isStored = answer.ok;
    } catch {
      // The server is not there; the message below says so.
    }
    const said = place.querySelector(isStored ? ".gesendet" : ".nicht-gesendet");
    state.textContent = said.textContent;
    if (!isStored) return;
    for (const control of place.querySelectorAll(".hilfreich, .maengel")) control.hidden = true;
    state.tabIndex = -1;
    state.focus({ preventScroll: true });
  }

  function judgeBad(button) {
    const place = button.closest(".maengel");
    const chosen = place.querySelector("input[type=radio]:checked");
    if (!chosen) {
      place.querySelector("input[type=radio]").focus();
      return;
    }
    judge(button, chosen.value, place.querySelector(".mit-text").checked);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.matches(".vermerk")) save(button);
    else if (button.matches(".hilfreich")) judge(button, null, false);
    else if (button.matches(".rueckmeldung")) judgeBad(button);
  });

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.(".umgang details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
