// One place where the page speaks to a screen reader, and copying, which says what came of it.
const Ansage = (() => {
  "use strict";

  const PAUSE = 2500; // milliseconds a button shows what happened
  const live = document.createElement("div");
  live.id = "sprecher";
  live.className = "sr-only";
  live.setAttribute("role", "status");

  function say(message) {
    live.textContent = message;
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

  // Copies, and lets the button and the screen reader say whether it worked.
  async function copyBy(button, source, { copied, failed }) {
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = (await copy(source)) ? copied : failed;
    say(button.textContent);
    button.focus({ preventScroll: true });
    setTimeout(() => (button.textContent = label), PAUSE);
  }

  document.body.append(live);
  return { say, copyBy };
})();
