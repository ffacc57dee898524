// Opens the page that was asked for as soon as the server is ready for it.
(() => {
  "use strict";

  const PAUSE = 1500; // milliseconds

  async function reloadWhenReady() {
    let status = "loading";
    try {
      const answer = await fetch(new URL("../healthz", document.querySelector("script[src]").src));
      status = (await answer.json()).status;
    } catch {
      // The server is not there for a moment; the next look will tell.
    }
    if (status === "loading") setTimeout(reloadWhenReady, PAUSE);
    else location.reload();
  }

  if (document.querySelector("[data-warten]")) setTimeout(reloadWhenReady, PAUSE);
})();
