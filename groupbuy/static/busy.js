/* The page for a moment of trouble presses its own button: a few times, each later than the
   last, so that a hall full of phones does not press at once. Without it, a thumb does. ES5. */
(function () {
  "use strict";
  var MOST = 5;
  var form = document.querySelector("form[data-again]");
  if (!form) { return; }

  function tries(more) {
    var now = new Date().getTime();
    var kept = [0, now];
    try { kept = JSON.parse(window.sessionStorage.getItem("busy")) || kept; } catch (e) { /* forbidden */ }
    if (now - kept[1] > 180000) { kept = [0, now]; }
    kept[0] += more;
    try { window.sessionStorage.setItem("busy", JSON.stringify(kept)); } catch (e) { return MOST; }
    return kept[0];
  }

  var done = tries(0);
  if (done >= MOST) { return; }
  Array.prototype.forEach.call(document.querySelectorAll("[data-by-itself]"), function (words) {
    words.hidden = false;
  });
  var wait = Number(form.getAttribute("data-again")) * (done + 1) * (1 + Math.random());
  window.setTimeout(function () { tries(1); form.submit(); }, wait * 1000);
}());
