/* A copy of one link's pages, so that they open where there is no network. It holds homes and
   no telephone number, and goes with the link, when everything is delivered, or on a tap.
   Phones that cannot keep one are told to leave the page open. ES5, for old phones. */
(function () {
  "use strict";

  var box = document.querySelector("[data-kept]");
  if (!box) { return; }
  var OFTEN = 10 * 60 * 1000;
  var SOON = 5 * 1000;
  var home = box.getAttribute("data-home");
  var until = Number(box.getAttribute("data-until"));
  var day = "taps:" + box.getAttribute("data-day");
  var shelf = "list " + until + " " + home;
  var place = document.querySelector("[data-copy]");
  var able = Boolean(window.caches && navigator.serviceWorker && window.Promise && window.fetch);

  function nothing() { return undefined; }

  function waiting() {
    try { return /"sent":0/.test(window.localStorage.getItem(day)); } catch (e) { return false; }
  }

  function registered(act) {
    return navigator.serviceWorker.getRegistrations().then(function (all) {
      return Promise.all(Array.prototype.map.call(all, function (one) {
        var worker = one.active || one.waiting || one.installing;
        return act(one, Number((/until=(\d+)/.exec(worker ? worker.scriptURL : "") || [])[1]));
      }));
    });
  }

  function wipe() {
    if (!able) { return; }
    if (place) { place.hidden = true; }
    window.caches.delete(shelf);
    registered(function (one, ends) { return ends === until ? one.unregister() : undefined; }).then(nothing, nothing);
  }

  /* What other days left behind: it has no business here any more. */
  function sweep(now) {
    try {
      Object.keys(window.localStorage).forEach(function (key) {
        var kept = key.indexOf("taps:") === 0 && JSON.parse(window.localStorage.getItem(key));
        if (kept && kept.until < now) { window.localStorage.removeItem(key); }
      });
    } catch (e) { /* forbidden */ }
    if (!able) { return; }
    window.caches.keys().then(function (names) {
      names.forEach(function (name) {
        var ends = /^list (\d+) /.exec(name);
        if (ends && Number(ends[1]) < now) { window.caches.delete(name); }
      });
    }).then(nothing, nothing);
    registered(function (one, ends) { return ends < now ? one.unregister() : undefined; }).then(nothing, nothing);
  }

  function put(copies, address) {
    return window.fetch(address, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? copies.put(address, answer.clone()).then(function () { return answer; }) : answer;
    });
  }

  /* This page's styles and scripts, the first page, and every building named there. */
  function fill() {
    var parts = document.querySelectorAll("link[rel=stylesheet], script[src]");
    return window.caches.open(shelf).then(function (copies) {
      Array.prototype.forEach.call(parts, function (one) {
        put(copies, (one.href || one.src).replace(/^https?:\/\/[^/]+/, "")).then(nothing, nothing);
      });
      return put(copies, home).then(function (answer) { return answer.text(); }).then(function (text) {
        var found = text.match(/"[^"]*\/building\/\?b=[^"]+"/g) || [];
        return Promise.all(found.map(function (one) { return put(copies, one.slice(1, -1)); }));
      });
    });
  }

  function keep() {
    return navigator.serviceWorker.register(box.getAttribute("data-worker") + "?until=" + until).then(function () {
      var last = 0;
      if (place) { place.hidden = false; }
      try { last = Number(window.sessionStorage.getItem(shelf)); } catch (e) { /* forbidden */ }
      if (new Date().getTime() - last < OFTEN) { return undefined; }
      return fill().then(function () {
        try { window.sessionStorage.setItem(shelf, String(new Date().getTime())); } catch (e) { /* forbidden */ }
        box.setAttribute("data-copied", "");
      });
    });
  }

  function end() {
    wipe();
    try { window.localStorage.removeItem(day); } catch (e) { /* forbidden */ }
    window.location.reload();
  }

  function start() {
    var left = until - new Date().getTime();
    sweep(new Date().getTime());
    if (left <= 0) { wipe(); return; }
    if (left < 2147483647) { window.setTimeout(end, left); }
    if (box.hasAttribute("data-finished") && !waiting()) { wipe(); return; }
    if (!able) { box.setAttribute("data-stay", ""); return; }
    keep().then(nothing, function () {
      if (!navigator.serviceWorker.controller) { box.setAttribute("data-stay", ""); }
      else if (place) { place.hidden = false; }
    });
  }

  /* What was sent belongs into the first page's copy; and the last tick of all ends it. */
  var soon = 0;
  box.addEventListener("sent", function () {
    if (!able) { return; }
    window.clearTimeout(soon);
    soon = window.setTimeout(function () {
      window.fetch(home, { credentials: "same-origin" }).then(function (answer) { return answer.text(); })
        .then(function (text) { if (text.indexOf("data-finished") > 0 && !waiting()) { wipe(); } })
        .then(nothing, nothing);
    }, document.querySelector(".finish.is-done") ? 0 : SOON);
  });
  if (place) {
    place.querySelector("button").addEventListener("click", function () {
      wipe();
      box.setAttribute("data-stay", "");
    });
  }
  start();
}());
