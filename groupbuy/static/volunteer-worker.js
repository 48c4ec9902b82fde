/* Opens the volunteers' pages of one link where there is no network: from the copy that the page
   itself put aside (volunteer-copy.js). Served below the link, so it sees this link's pages
   only. The copy holds homes: none is older than half a day, and with the link it goes. ES5. */
(function () {
  "use strict";

  var HALF_A_DAY = 12 * 3600 * 1000;
  var PATIENCE = 5000;  /* a bar of signal that carries nothing */
  var home = self.location.pathname.replace(/worker\.js$/, "");
  var until = Number((/until=(\d+)/.exec(self.location.search) || [])[1]);
  var shelf = "list " + until + " " + home;

  function wipe() {
    return self.caches.delete(shelf).then(function () { return self.registration.unregister(); });
  }

  /* A page by what it shows: type size, language and printing do not count. */
  function keyOf(url) {
    var building = /[?&](b=[^&#]*)/.exec(url.search);
    if (url.pathname === home) { return home; }
    if (url.pathname === home + "building/" && building) { return url.pathname + "?" + building[1]; }
    return url.pathname.indexOf("/static/") === 0 ? url.pathname : "";
  }

  /* Only the page sets the shelf up: once it was taken away, nothing is laid there any more. */
  function withShelf(act) {
    return self.caches.has(shelf).then(function (stands) {
      return stands ? self.caches.open(shelf).then(act) : undefined;
    });
  }

  function ofShelf(key) {
    return withShelf(function (copies) {
      return copies.match(key).then(function (found) {
        var made = found && new Date(found.headers.get("Date")).getTime();
        if (!found || new Date().getTime() - made < HALF_A_DAY) { return found; }
        return copies.delete(key).then(function () { return undefined; });
      });
    });
  }

  function ofNetwork(asked, key) {
    return self.fetch(asked).then(function (answer) {
      function given() { return answer; }
      if (answer.status === 404 && key.indexOf(home) === 0) { return wipe().then(given); }
      if (!answer.ok) { return answer; }
      var copy = answer.clone();
      return withShelf(function (copies) { return copies.put(key, copy); }).then(given, given);
    });
  }

  function answer(asked, key) {
    return new Promise(function (resolve, reject) {
      var network = ofNetwork(asked, key);
      function copyOr(other) {
        ofShelf(key).then(function (found) { if (found) { resolve(found); } else { other(); } }, other);
      }
      self.setTimeout(function () { copyOr(function () { /* then we wait on */ }); }, PATIENCE);
      network.then(function (fresh) {
        if (fresh.status < 500) { resolve(fresh); } else { copyOr(function () { resolve(fresh); }); }
      }, function (error) { copyOr(function () { reject(error); }); });
    });
  }

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
  self.addEventListener("fetch", function (event) {
    var url = new URL(event.request.url);
    var key = url.origin === self.location.origin ? keyOf(url) : "";
    if (event.request.method !== "GET" || !key) { return; }
    if (!(new Date().getTime() < until)) { event.waitUntil(wipe()); return; }
    event.respondWith(answer(event.request, key));
  });
}());
