// Folds the facets away where they would push the results out of sight.
(() => {
  "use strict";

  const narrow = matchMedia("(max-width: 59.99rem)");
  const fold = () => {
    for (const one of document.querySelectorAll("[data-weit]")) one.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();
})();
