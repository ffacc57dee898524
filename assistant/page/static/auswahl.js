// A dialog for the documents that a conversation keeps to; the server is told the ids.
const Auswahl = (() => {
  "use strict";

  const $ = (selector, root) => root.querySelector(selector);
  const boxes = (root) => [...root.querySelectorAll("input[type=checkbox]")];
  let chosen = [];
  let isTold = false; // the server has been told, and its words are not there yet

  async function open(opener) {
    const language = document.documentElement.lang;
    let answer;
    try {
      answer = await fetch(new URL(`auswahl?sprache=${language}`, document.baseURI));
    } catch {
      answer = null; // the server is not there; the same message as for a source
    }
    if (!answer?.ok) {
      Ansage.say(document.querySelector("#texte .fehler")?.textContent ?? "");
      return;
    }
    const dialog = document.createElement("dialog");
    dialog.className = "auswahl";
    dialog.setAttribute("aria-labelledby", "auswahl-titel");
    dialog.innerHTML = await answer.text(); // built and escaped by the server
    document.body.append(dialog);
    for (const box of boxes(dialog)) box.checked = chosen.includes(box.value);
    dialog.addEventListener("input", () => filter(dialog));
    dialog.addEventListener("close", () => {
      apply(dialog);
      dialog.remove();
      ($(".waehlen", document) ?? opener).focus();
    });
    dialog.showModal();
    filter(dialog);
  }

  function filter(dialog) {
    const wanted = $("#auswahl-filter", dialog).value.toLocaleLowerCase("de").split(/\s+/);
    let shown = 0;
    for (const item of dialog.querySelectorAll("li")) {
      const text = item.textContent.toLocaleLowerCase("de");
      item.hidden = !wanted.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    const count = $(".auswahl-zahl", dialog);
    const picked = boxes(dialog).filter((box) => box.checked).length;
    count.textContent = count.dataset.muster.replace("{shown}", shown).replace("{chosen}", picked);
    $(".auswahl-leer", dialog).hidden = shown > 0;
  }

  function apply(dialog) {
    if (!dialog.returnValue) return;
    const picked = boxes(dialog).filter((box) => box.checked).map((box) => box.value);
    tell(dialog.returnValue === "alle" ? [] : picked);
  }

  function tell(ids) {
    chosen = ids;
    isTold = true;
    const field = document.querySelector("#gewaehlt :is(textarea, input)");
    field.value = ids.join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The line is replaced with the button in it, and the focus is lost with that.
  function follow() {
    if (!isTold || document.activeElement !== document.body) return;
    isTold = false;
    $(".waehlen", document)?.focus();
    Ansage.say($("p.gewaehlt span", document)?.textContent ?? "");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".waehlen")) open(button);
    else if (button?.matches("#loeschen")) chosen = [];
  });

  return { follow };
})();
