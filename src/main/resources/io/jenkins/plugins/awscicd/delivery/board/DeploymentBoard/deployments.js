// Keeps a board up to date as long as somebody looks at it.
(function () {
  const EVERY = 10000;

  /** A field that somebody is about to use. Links and disclosures keep the focus when their piece is replaced. */
  function isInUse(board) {
    const focused = document.activeElement;
    return board.contains(focused) && focused.matches("input, select, textarea, button");
  }

  function focusable(board) {
    return Array.from(board.querySelectorAll("a, summary"));
  }

  function scrolls(board) {
    return Array.from(board.querySelectorAll(".awscicd-scroll"));
  }

  function replace(board, fresh) {
    const open = new Set(Array.from(board.querySelectorAll("details[open]"), (details) => details.dataset.key));
    fresh.querySelectorAll("details").forEach((details) => {
      details.open = open.has(details.dataset.key);
    });
    const focused = focusable(board).indexOf(document.activeElement);
    const places = scrolls(board).map((place) => [place.scrollLeft, place.scrollTop]);
    const inTable = scrolls(board).indexOf(document.activeElement);
    board.replaceWith(fresh);
    scrolls(fresh).forEach((place, i) => {
      if (places[i] !== undefined) {
        [place.scrollLeft, place.scrollTop] = places[i];
      }
    });
    const next = focused >= 0 ? focusable(fresh)[focused] : scrolls(fresh)[inTable];
    if (next !== undefined) {
      next.focus({ preventScroll: true });
    }
  }

  function refresh() {
    const board = document.querySelector(".awscicd-board");
    if (!board || document.hidden || isInUse(board)) {
      again();
      return;
    }
    fetch("fragment" + window.location.search, { credentials: "same-origin" })
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.status))))
      .then((text) => {
        const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".awscicd-board");
        if (fresh && !isInUse(board)) {
          replace(board, document.importNode(fresh, true));
        }
      })
      .catch(() => {
        // Jenkins may be restarting: the next time, then
      })
      .finally(again);
  }

  let timer = null;

  function again() {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, EVERY);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      refresh();
    }
  });
  again();
})();
