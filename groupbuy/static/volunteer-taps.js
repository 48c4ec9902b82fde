/* Ticks that need no network. A tap is kept on this phone with its time, shown at once, and sent
   when there is a signal; sent twice it does no harm, and the last tapping counts, whoever's it
   was (delivery/actions/taps.py). Where nothing can be kept the forms are sent as they are. */
(function () {
  "use strict";

  var box = document.querySelector("[data-kept]");
  if (!box) { return; }
  var AT_ONCE = 200;        /* taps in one sending */
  var AGAIN = 15 * 1000;    /* ms between tries */
  var name = "taps:" + box.getAttribute("data-day");
  var made = Number(box.getAttribute("data-now"));
  var list = document.querySelector(".homes");
  var busy = false;
  var failed = false;
  var dead = false;
  var sentSome = false;
  var token = box.querySelector("[name=csrfmiddlewaretoken]").value;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function word(key, n) {
    var text = box.getAttribute("data-says-" + key) || "";
    return text.replace("{n}", n).replace("{t}", hours(made + read().ahead));
  }

  function clock() { return new Date().getTime(); }

  function hours(ms) {
    var then = new Date(ms);
    return ("0" + then.getHours()).slice(-2) + ":" + ("0" + then.getMinutes()).slice(-2);
  }

  /* What is kept: taps by order, and how far this phone's clock is ahead of the server's. The
     page may come from the copy and be old, so the smallest distance seen is the truest. */
  function read() {
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(name)); } catch (e) { /* none */ }
    if (!kept) { kept = { until: Number(box.getAttribute("data-until")), ahead: clock() - made, taps: {} }; }
    kept.ahead = Math.min(kept.ahead, clock() - made);
    return kept;
  }

  function write(kept) {
    try { window.localStorage.setItem(name, JSON.stringify(kept)); return true; } catch (e) { return false; }
  }

  function waiting(kept) {
    return Object.keys(kept.taps).filter(function (id) { return !kept.taps[id].sent; });
  }

  /* to show */
  function paint(id, tap, ahead) {
    var home = document.getElementById("o" + id);
    if (!home) { return; }
    home.classList[tap.to ? "add" : "remove"]("done");
    home.classList[tap.sent ? "remove" : "add"]("waits");
    home.setAttribute("data-at", tap.to ? tap.when : "");
    home.querySelector("[data-clock]").textContent = tap.clock || hours(tap.when + ahead);
    home.querySelector("[data-told]").textContent = tap.sent ? tap.says || "" : word("here");
    if (!tap.to) { home.querySelector(".undo").open = false; }
  }

  function last() {
    return Math.max.apply(null, [0].concat(homes(".done").map(function (home) {
      return Number(home.getAttribute("data-at"));
    })));
  }

  function homes(which) {
    return list ? Array.prototype.slice.call(list.querySelectorAll(".home" + which + "[id]")) : [];
  }

  function show() {
    var kept = read();
    var wait = waiting(kept);
    var says = [];
    var offline = failed || navigator.onLine === false;
    if (dead) { says.push(word("dead", wait.length)); }
    else if (wait.length && (offline || !busy)) { says.push(word("waiting", wait.length)); }
    else if (!wait.length && sentSome) { says.push(word("sent")); }
    if (offline && !dead) { says.push(word("offline")); }
    if (offline && box.hasAttribute("data-stay")) { says.push(word("stay")); }
    box.hidden = !says.length;
    box.classList[wait.length || offline || dead ? "add" : "remove"]("soon");
    box.querySelector("button").hidden = !wait.length || dead;
    if (box.querySelector("p").textContent !== says.join(" ")) { box.querySelector("p").textContent = says.join(" "); }
    each("[data-waits]", function (place) {
      var building = place.parentNode.parentNode.parentNode.getAttribute("data-building");
      var n = wait.filter(function (id) { return kept.taps[id].b === building; }).length;
      place.textContent = n ? word("waits", n) : "";
    });
    finish();
  }

  /* the end of a building's page */
  function finish() {
    var end = document.querySelector(".finish");
    var mistake = document.querySelector("[data-last]");
    if (!end) { return; }
    end.classList[homes(":not(.done):not(.off)").length ? "remove" : "add"]("is-done");
    mistake.hidden = !last();
    if (last()) { mistake.querySelector("[data-clock]").textContent = hours(last() + read().ahead); }
  }

  /* to keep */
  function tap(ids, to) {
    var kept = read();
    var now = clock() - kept.ahead;
    ids.forEach(function (id) {
      kept.taps[id] = { to: to, when: now, b: list.getAttribute("data-building"), sent: 0 };
    });
    if (!write(kept)) { return false; }
    ids.forEach(function (id) { paint(id, kept.taps[id], kept.ahead); });
    sentSome = false;
    send();
    return true;
  }

  function ids(of) { return of.map(function (home) { return home.id.slice(1); }); }

  /* Every form of the page: ticks are kept; the rest needs a network, and says so. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var home = form.parentNode && (form.classList.contains("reach") ? form.parentNode : null);
    var done = null;
    if (form === box) { event.preventDefault(); send(); return; }
    if (home) { done = tap(ids([home]), 1); }
    else if (form.parentNode.classList.contains("undo")) { done = tap(ids([form.parentNode.parentNode]), 0); }
    else if (form.hasAttribute("data-whole")) { done = tap(ids(homes(":not(.done):not(.off)")), 1); }
    else if (form.parentNode.hasAttribute("data-last")) {
      var latest = last();
      done = tap(ids(homes(".done").filter(function (one) { return Number(one.getAttribute("data-at")) === latest; })), 0);
      form.parentNode.open = false;
    } else if (navigator.onLine === false) {
      done = true;
      box.hidden = false;
      box.querySelector("p").textContent = word("later");
      box.scrollIntoView();
    }
    if (done) { event.preventDefault(); }
  });

  /* to send */
  function body(kept, wait) {
    return "csrfmiddlewaretoken=" + encodeURIComponent(token) + wait.map(function (id) {
      return "&tap=" + encodeURIComponent(id + " " + kept.taps[id].to + " " + kept.taps[id].when);
    }).join("");
  }

  function ask(method, address, data, then) {
    var asked = new XMLHttpRequest();
    asked.open(method, address);
    asked.timeout = 20000;
    if (data) { asked.setRequestHeader("Content-Type", "application/x-www-form-urlencoded"); }
    asked.onloadend = function () { then(asked.status, asked.responseText); };
    asked.send(data);
  }

  function settle(answer, sent) {
    var kept = read();
    kept.ahead = clock() - answer.now;
    answer.taps.forEach(function (one) {
      var mine = kept.taps[one.order];
      if (!mine || mine.when !== sent[one.order]) { return; }  /* tapped again meanwhile */
      kept.taps[one.order] = {
        to: one.reached ? 1 : 0, when: one.when || mine.when, b: mine.b, sent: answer.now, clock: one.clock, says: one.says
      };
      paint(one.order, kept.taps[one.order], kept.ahead);
    });
    write(kept);
  }

  function send(isSecond) {
    var kept = read();
    var wait = waiting(kept).slice(0, AT_ONCE);
    var sent = {};
    if (busy || !wait.length) { show(); return; }
    wait.forEach(function (id) { sent[id] = kept.taps[id].when; });
    busy = true;
    show();
    ask("POST", box.action, body(kept, wait), function (status, text) {
      busy = false;
      failed = status !== 200;
      dead = status === 404;
      if (!failed) {
        settle(JSON.parse(text), sent);
        sentSome = true;
        if (waiting(read()).length) { send(); } else { tell(); }
      } else if (status === 403 && !isSecond) { renew(); }
      show();
    });
  }

  /* The page's own token has grown old: a fresh page has a fresh one. */
  function renew() {
    ask("GET", box.getAttribute("data-home"), null, function (status, text) {
      var fresh = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(text);
      if (fresh) { token = fresh[1]; send(true); }
    });
  }

  function tell() {
    var event = document.createEvent("Event");
    event.initEvent("sent", false, false);
    box.dispatchEvent(event);
  }

  /* What was sent before this page was made is in it; all else is laid over it. */
  function start() {
    var kept = read();
    Object.keys(kept.taps).forEach(function (id) {
      if (kept.taps[id].sent && kept.taps[id].sent < made) { delete kept.taps[id]; }
      else { paint(id, kept.taps[id], kept.ahead); }
    });
    write(kept);
    send();
  }

  window.addEventListener("online", function () { failed = false; send(); });
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { send(); } });
  window.setInterval(function () { if (!document.hidden && waiting(read()).length) { send(); } }, AGAIN);
  start();
}());
