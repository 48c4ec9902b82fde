/* What makes residents' pages nicer; every page works without it. ES5, for old phones. */
(function () {
  "use strict";

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  /* Time left. The server's minute corrects a phone whose clock is wrong. */
  function countDown(place) {
    var until = Number(place.getAttribute("data-until")) * 1000;
    var minute = Number(place.getAttribute("data-minute")) * 1000;
    var now = new Date().getTime();
    var ahead = Math.abs(now - minute) < 120000 ? 0 : now - minute - 30000;

    function say(name, values) {
      var words = place.getAttribute("data-" + name);
      place.textContent = words.replace(/\{(\w)\}/g, function (all, key) {
        return values[key];
      });
    }

    function tick() {
      var left = Math.ceil((until - (new Date().getTime() - ahead)) / 1000);
      if (left <= 0) {
        say("seconds", { s: 0 });
        window.setTimeout(function () { window.location.reload(); }, 2000 + Math.random() * 10000);
        return;
      }
      var minutes = left < 60 ? 0 : Math.ceil(left / 60);
      var days = Math.floor(minutes / 1440);
      var hours = Math.floor((minutes % 1440) / 60);
      if (days) { say("days", { d: days, h: hours }); }
      else if (hours) { say("hours", { h: hours, m: minutes % 60 }); }
      else if (minutes) { say("minutes", { m: minutes }); }
      else { say("seconds", { s: left }); }
      window.setTimeout(tick, left <= 60 ? 1000 : 5000);
    }

    if (until && minute) { tick(); }
  }

  /* − and + without asking the server, and what it comes to. */
  function steppers(group) {
    var shown = group.querySelector("[data-total-shown]");

    function number(input) {
      var value = parseInt(input.value, 10);
      return isNaN(value) || value < 0 ? 0 : value;
    }

    function yuan(cents) {
      var rest = cents % 100;
      return Math.floor(cents / 100) + (rest ? "." + (rest < 10 ? "0" : "") + rest : "");
    }

    function count() {
      var total = 0;
      Array.prototype.forEach.call(group.querySelectorAll("[data-cents]"), function (input) {
        var value = number(input);
        var most = Number(input.getAttribute("data-most"));
        var buttons = input.parentNode.querySelectorAll("button");
        total += value * Number(input.getAttribute("data-cents"));
        buttons[0].disabled = value <= 0;
        buttons[1].disabled = value >= most;
      });
      shown.textContent = yuan(total);
    }

    group.addEventListener("click", function (event) {
      var button = event.target;
      if (button.name !== "bump") { return; }
      event.preventDefault();
      var parts = button.value.split(":");
      var input = document.getElementById(parts[0]);
      input.value = String(Math.max(number(input) + Number(parts[1]), 0));
      count();
      if (button.disabled) { input.focus(); }
      keep(input.form);
    });
    group.addEventListener("input", count);
    count();
  }

  /* A form half filled in survives the back button, in this tab only. */
  function draftOf(form) {
    return form && form.getAttribute("data-draft") ? "order:" + form.getAttribute("data-draft") : "";
  }

  function kept(form) {
    return form.querySelectorAll("input:not([type=hidden]):not([type=radio]), select");
  }

  function keep(form) {
    if (!draftOf(form)) { return; }
    var values = {};
    Array.prototype.forEach.call(kept(form), function (field) {
      values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    });
    try { window.sessionStorage.setItem(draftOf(form), JSON.stringify(values)); } catch (e) { /* full or forbidden */ }
  }

  function restore(form) {
    var values = null;
    try { values = JSON.parse(window.sessionStorage.getItem(draftOf(form))); } catch (e) { /* none */ }
    if (!values || form.getAttribute("data-fresh") !== "1") { return; }
    Array.prototype.forEach.call(kept(form), function (field) {
      if (!(field.name in values)) { return; }
      if (field.type === "checkbox") { field.checked = values[field.name]; }
      else if (!field.value || field.value === "0") { field.value = values[field.name]; }
    });
  }

  each("[data-until]", countDown);
  each("[data-draft]", function (form) {
    restore(form);
    form.addEventListener("input", function () { keep(form); });
    form.addEventListener("change", function () { keep(form); });
  });
  each("[data-total]", steppers);
  each("[data-ordered]", function () {
    try { window.sessionStorage.clear(); } catch (e) { /* forbidden */ }
  });
  /* A second tap while the first is under way sends nothing. */
  each("form", function (form) {
    var sent = false;
    form.addEventListener("submit", function (event) {
      if (sent && form.querySelector("[data-once]")) { event.preventDefault(); }
      sent = true;
      window.setTimeout(function () { sent = false; }, 8000);
    });
  });
}());
