// Terms of the glossary inside answers and quotes: pointing, focus or a tap shows how the documents
// explain them. Only the marks are added; the words, and what is copied of them, stay as they are.
(() => {
  "use strict";

  const ADDRESS = document.currentScript.dataset.begriffe ?? "einstieg/glossar/begriffe";
  const PLACES = ".antwort:not(.laeuft) .text, blockquote.text";
  const APART = "button, a, summary, .begriff, .sr-only";
  const PATIENCE = 5000; // milliseconds until a list that could not be loaded is asked for again
  const LEAVING = 300; // milliseconds in which the pointer may move from the word to the box

  const isPage = document.body.classList.contains("seite");
  const byName = new Map();
  let pattern = null;
  let asked = -Infinity;

  async function load() {
    if (pattern || performance.now() - asked < PATIENCE) return;
    asked = performance.now();
    try {
      const answer = await fetch(new URL(ADDRESS, document.baseURI));
      if (!answer.ok) return;
      prepare(await answer.json());
    } catch {
      return; // The page does without; the next look asks again.
    }
    markAll();
  }

  function prepare(terms) {
    const texts = document.createElement("div");
    texts.hidden = true;
    terms.forEach((term, at) => {
      const text = document.createElement("span");
      text.id = `begriff-${at}`;
      text.lang = "de";
      text.textContent = term.text;
      texts.append(text);
      byName.set(term.name, { ...term, id: text.id });
    });
    document.body.append(texts);
    const names = [...byName.keys()].sort((one, other) => other.length - one.length);
    const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    pattern = names.length
      ? new RegExp(`(?<![\\p{L}\\p{N}-])(${escaped.join("|")})(?:e?[ns]|en)?(?![\\p{L}\\p{N}])`, "gu")
      : /(?!)/g;
  }

  // --- Marking -------------------------------------------------------------------------------

  function markAll() {
    for (const place of document.querySelectorAll(PLACES)) {
      if (!pattern) {
        load();
        return;
      }
      if (!place.querySelector(".begriff")) mark(place);
    }
  }

  // The first occurrence is enough, in an answer or on a page: more would only be more stops for
  // the Tab key.
  const onPage = new Set();

  function mark(place) {
    const seen = isPage ? onPage : new Set();
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(APART)) nodes.push(walker.currentNode);
    }
    for (const node of nodes) {
      const found = [...node.data.matchAll(pattern)].filter(([, name]) => {
        const isNew = !seen.has(name);
        seen.add(name);
        return isNew;
      });
      for (const match of found.reverse()) wrap(node, match.index, match[0].length, match[1]);
    }
  }

  function wrap(node, start, length, name) {
    const word = node.splitText(start);
    word.splitText(length);
    const span = document.createElement("span");
    span.className = "begriff";
    span.tabIndex = 0;
    span.setAttribute("role", "button");
    span.setAttribute("aria-describedby", byName.get(name).id);
    span.dataset.begriff = name;
    word.replaceWith(span);
    span.append(word);
  }

  // --- Showing -------------------------------------------------------------------------------

  const box = document.createElement("div");
  box.id = "begriff-hilfe";
  box.hidden = true;
  box.setAttribute("role", "tooltip");
  let owner = null;
  let leaving = 0;

  function show(span) {
    clearTimeout(leaving);
    if (owner === span) return;
    owner = span;
    const term = byName.get(span.dataset.begriff);
    box.replaceChildren(paragraph(term.text, "begriff-text", "de"), paragraph(term.source, "begriff-quelle"));
    // Beside the text and not at the end of the page, which belongs to no landmark.
    (document.querySelector("main") ?? document.body).append(box);
    box.hidden = false;
    place(span);
  }

  function paragraph(text, className, language) {
    const made = document.createElement("p");
    made.className = className;
    if (language) made.lang = language;
    made.textContent = text;
    return made;
  }

  function place(span) {
    const word = span.getClientRects()[0];
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(16, Math.min(word.left, document.documentElement.clientWidth - width - 16));
    const isBelow = word.bottom + height + 12 < innerHeight || word.top < height + 12;
    const top = isBelow ? word.bottom + 6 : word.top - height - 6;
    const origin = (box.offsetParent ?? document.body).getBoundingClientRect();
    box.style.left = `${left - origin.left}px`;
    box.style.top = `${top - origin.top}px`;
  }

  function hide() {
    clearTimeout(leaving);
    owner = null;
    box.hidden = true;
  }

  function hideSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (document.activeElement !== owner) hide();
    }, LEAVING);
  }

  const wordAt = (target) => target.closest?.(".begriff");

  document.addEventListener("mouseover", ({ target }) => {
    if (wordAt(target)) show(wordAt(target));
    else if (box.contains(target)) clearTimeout(leaving);
  });
  document.addEventListener("mouseout", ({ target }) => {
    if (wordAt(target) || box.contains(target)) hideSoon();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (wordAt(target)) show(target);
    else if (owner) hide();
  });
  document.addEventListener("focusout", ({ target }) => {
    if (wordAt(target)) hideSoon();
  });
  document.addEventListener("click", ({ target }) => {
    if (wordAt(target)) show(wordAt(target));
    else if (owner && !box.contains(target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) {
      hide();
      event.stopPropagation();
      return;
    }
    if (!["Enter", " "].includes(event.key) || !wordAt(event.target)) return;
    event.preventDefault();
    if (owner) hide();
    else show(event.target);
  }, true);

  markAll();
  // The conversation grows while it is read, and what is drawn anew has lost its marks.
  if (!isPage) {
    let isPlanned = false;
    new MutationObserver(() => {
      if (isPlanned) return;
      isPlanned = true;
      setTimeout(() => {
        isPlanned = false;
        markAll();
        if (owner && !owner.isConnected) hide();
      }, 150);
    }).observe(document.body, { childList: true, subtree: true });
  }
})();
