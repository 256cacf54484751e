/* global Behaviour */
/** Keeps what a page shows of a run's jobs at AWS up to date, as long as the run goes on and the page is looked at. */
(function () {
  const WHILE_NEWS = 3000;
  const AT_MOST = 15000;
  const WIDTH = 1000;

  /** As the server words it: 0.4 s, 12 s, 1 min 3 s, 2 h 5 min. */
  function inWords(milliseconds) {
    const positive = Math.max(0, milliseconds);
    if (positive < 9950) {
      return (positive / 1000).toFixed(1) + " s";
    }
    const seconds = Math.floor((positive + 500) / 1000);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return Math.floor(seconds / 60) + " min " + (seconds % 60) + " s";
    }
    return Math.floor(seconds / 3600) + " h " + Math.floor((seconds % 3600) / 60) + " min";
  }

  function draw(bar, now) {
    const parts = Array.from(bar.children);
    const lengths = parts.map((part) => {
      const took = Number(part.dataset.took);
      return took >= 0 ? took : Math.max(0, now - Number(part.dataset.since));
    });
    // What is still to come has its room, if it is known how long the job takes usually.
    const total = Math.max(Number(bar.dataset.usual), lengths.reduce((sum, length) => sum + length, 0)) || 1;
    let at = 0;
    parts.forEach((part, i) => {
      const width = (WIDTH * lengths[i]) / total;
      part.setAttribute("x", at.toFixed(1));
      part.setAttribute("width", width.toFixed(1));
      at += width;
    });
  }

  function tick(list, now) {
    list.querySelectorAll(".awscicd-duration").forEach((duration) => {
      duration.textContent = inWords(now - Number(duration.dataset.since));
    });
    list.querySelectorAll(".awscicd-left").forEach((left) => {
      const usual = Number(left.dataset.usual);
      const rest = Number(left.dataset.since) + usual - now;
      left.textContent = rest < 1000 ? "longer than the usual " + inWords(usual) : "about " + inWords(rest) + " left";
    });
    list.querySelectorAll(".awscicd-bar").forEach((bar) => {
      if (bar.querySelector(".awscicd-bar__part--running") !== null) {
        draw(bar, now);
      }
    });
  }

  /** The link that has the focus must not lose it because the piece around it is replaced. */
  function replace(old, piece) {
    const links = Array.from(old.querySelectorAll("a"));
    const focused = links.indexOf(document.activeElement);
    old.replaceWith(piece);
    if (focused >= 0) {
      const link = piece.querySelectorAll("a")[focused];
      if (link !== undefined) {
        link.focus({ preventScroll: true });
      }
    }
  }

  /** Puts pieces in their places, and says what is new about them. */
  function merge(list, changes) {
    const news = [];
    const known = Array.from(list.children);
    const approvals = known.find((piece) => piece.dataset.key.startsWith("approval")) || null;
    Array.from(changes.children).forEach((change) => {
      const piece = document.importNode(change, true);
      const old = known.find((it) => it.dataset.key === piece.dataset.key);
      if (piece.dataset.news !== undefined && (old === undefined || old.dataset.news !== piece.dataset.news)) {
        news.push(piece.dataset.news);
      }
      if (old !== undefined) {
        replace(old, piece);
      } else {
        list.insertBefore(piece, piece.dataset.key.startsWith("approval") ? null : approvals);
      }
      Behaviour.applySubtree(piece, true);
    });
    list.dataset.version = changes.dataset.version;
    list.dataset.live = changes.dataset.live;
    return news;
  }

  function follow(place) {
    const list = place.querySelector(".awscicd-changes");
    const status = place.querySelector("[role=status]");
    const offset = Number(list.dataset.now) - Date.now();
    const section = place.dataset.coming === undefined ? null : place.closest(".app-summary");
    let interval = WHILE_NEWS;
    let timer = null;
    let asking = false;

    /** A run that does nothing at AWS has nothing to show of it. */
    function show() {
      if (section !== null) {
        section.hidden = list.children.length === 0;
      }
    }

    function again() {
      clearTimeout(timer);
      if (list.dataset.live === "true" && !document.hidden) {
        timer = setTimeout(ask, interval);
      }
    }

    function ask() {
      if (asking) {
        return;
      }
      asking = true;
      fetch(place.dataset.url + "&since=" + list.dataset.version, { headers: { "X-Requested-With": "fetch" } })
        .then((response) => {
          if (response.status === 204) {
            interval = Math.min(interval * 1.2, AT_MOST / 2);
            return null;
          }
          if (!response.ok || response.redirected) {
            throw new Error("HTTP " + response.status);
          }
          return response.text();
        })
        .then((text) => {
          if (text === null) {
            return;
          }
          const changes = new DOMParser().parseFromString(text, "text/html").querySelector(".awscicd-changes");
          if (changes === null) {
            throw new Error("no changes");
          }
          interval = WHILE_NEWS;
          const news = merge(list, changes);
          show();
          if (news.length > 0) {
            status.textContent = news.join(". ");
          }
          tick(list, Date.now() + offset);
        })
        .catch(() => {
          interval = AT_MOST; // Jenkins may be going down, or a login be over
        })
        .then(() => {
          asking = false;
          again();
        });
    }

    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        clearTimeout(timer);
      } else if (list.dataset.live === "true") {
        interval = WHILE_NEWS;
        ask();
      }
    });
    setInterval(() => {
      if (!document.hidden && list.dataset.live === "true") {
        tick(list, Date.now() + offset);
      }
    }, 1000);
    show();
    again();
  }

  Behaviour.specify(".awscicd-live", "awscicd-live", 0, follow);
})();
