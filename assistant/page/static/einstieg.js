// The path: which stations are done, remembered in this browser only, and the little tests.
(() => {
  "use strict";

  const KEY = "einstieg";

  function read() {
    try {
      const done = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return new Set(Array.isArray(done) ? done : []);
    } catch {
      return new Set();
    }
  }

  function write(done) {
    try {
      localStorage.setItem(KEY, JSON.stringify([...done]));
    } catch {
      // Without storage the path still works, it only forgets.
    }
  }

  // --- The list of stations ------------------------------------------------------------------

  const path = document.querySelector("[data-pfad]");

  function showPath() {
    const done = read();
    let count = 0;
    const items = path.querySelectorAll("[data-station]");
    for (const item of items) {
      const isDone = done.has(item.dataset.station);
      count += Number(isDone);
      item.classList.toggle("ist-fertig", isDone);
      item.querySelector(".fertig").hidden = !isDone;
    }
    const line = path.querySelector("[data-fortschritt]");
    line.hidden = false;
    line.querySelector("progress").value = count;
    line.querySelector("p").textContent = line.dataset.fortschritt
      .replace("{done}", count)
      .replace("{count}", items.length);
    line.querySelector("[data-von-vorn]").hidden = count === 0;
  }

  if (path) {
    showPath();
    addEventListener("pageshow", showPath);
    path.querySelector("[data-von-vorn]").addEventListener("click", () => {
      write(new Set());
      showPath();
      Ansage.say(path.querySelector("#fortschritt").textContent);
      path.querySelector(".stationen a").focus();
    });
  }

  // --- One station ---------------------------------------------------------------------------

  const finish = document.querySelector("[data-abschliessen]");

  function showFinished() {
    finish.textContent = finish.dataset.fertig;
    finish.disabled = true;
  }

  if (finish) {
    const { station } = document.querySelector("article[data-station]").dataset;
    finish.hidden = false;
    if (read().has(station)) showFinished();
    finish.addEventListener("click", () => {
      write(read().add(station));
      showFinished();
      Ansage.say(finish.textContent);
      document.querySelector(".blaettern a:last-child").focus();
    });
  }

  for (const test of document.querySelectorAll("form.probe")) {
    const solution = test.querySelector(".loesung");
    const verdict = test.querySelector(".urteil");
    solution.hidden = true;
    test.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = test.querySelector("input:checked");
      if (!chosen) {
        verdict.textContent = verdict.dataset.leer;
        test.querySelector("input").focus();
        return;
      }
      verdict.textContent = chosen.value === "ja" ? verdict.dataset.richtig : verdict.dataset.falsch;
      solution.hidden = false;
    });
  }
})();
