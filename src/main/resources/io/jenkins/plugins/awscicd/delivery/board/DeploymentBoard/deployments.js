// Keeps a board up to date while something is under way and somebody looks at it.
(function () {
  const EVERY = 10000;

  function refresh() {
    const board = document.querySelector(".awscicd-board");
    // What somebody reads by keyboard is not taken away.
    if (!board || board.dataset.live !== "true" || document.hidden || board.contains(document.activeElement)) {
      again();
      return;
    }
    fetch("fragment" + window.location.search, { credentials: "same-origin" })
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.status))))
      .then((text) => {
        const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".awscicd-board");
        if (fresh && !board.contains(document.activeElement)) {
          board.replaceWith(fresh);
        }
      })
      .catch(() => {
        // Jenkins may be restarting: the next time, then
      })
      .finally(again);
  }

  function again() {
    window.setTimeout(refresh, EVERY);
  }

  again();
})();
