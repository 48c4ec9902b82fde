/* The grid, nicer: − and +, "same as last time" without asking the server, a room found by
   typing, and only touched rows sent. Every page works without it. ES5, for old phones. */
(function () {
  "use strict";

  function all(place, selector) {
    return Array.prototype.slice.call(place.querySelectorAll(selector));
  }

  function number(input) {
    var value = parseInt(input.value, 10);
    return isNaN(value) || value < 0 ? 0 : value;
  }

  function put(input, value) {
    input.value = value > 0 ? String(value) : "";
  }

  function button(input, step, label, word) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "plain step";
    made.textContent = word;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", function () { put(input, number(input) + step); });
    return made;
  }

  function steppers(form, place) {
    all(place, ".cell").forEach(function (cell) {
      var input = cell.querySelector("input");
      if (cell.querySelector("button")) { return; }
      var name = cell.textContent.trim() + " ";
      var box = document.createElement("div");
      box.className = "cell";
      cell.parentNode.replaceChild(box, cell);
      input.setAttribute("aria-label", name);
      box.appendChild(cell.querySelector(".code"));
      box.appendChild(button(input, -1, name + form.getAttribute("data-less"), "−"));
      box.appendChild(input);
      box.appendChild(button(input, 1, name + form.getAttribute("data-more"), "+"));
    });
  }

  function isTouched(home) {
    return home.hasAttribute("data-dirty") || all(home, "input").some(function (input) {
      if (input.type === "checkbox") { return input.checked !== input.defaultChecked; }
      return input.type !== "hidden" && input.value !== input.defaultValue;
    });
  }

  function sendTouchedOnly(form) {
    all(form, ".home").forEach(function (home) {
      if (isTouched(home)) { return; }
      all(home, "input").forEach(function (input) { input.disabled = true; });
    });
  }

  /* Back to the page by the browser's button: it can be typed on again. */
  function wake(form) {
    all(form, "input").forEach(function (input) { input.disabled = false; });
  }

  function sameAgain(form) {
    form.addEventListener("click", function (event) {
      var tapped = event.target;
      if (tapped.name !== "same") { return; }
      event.preventDefault();
      var home = tapped.parentNode.parentNode;
      all(home, "[data-last]").forEach(function (input) {
        put(input, Number(input.getAttribute("data-last")));
      });
    });
  }

  function find(form) {
    var field = form.querySelector("[data-find]");
    field.parentNode.hidden = false;
    field.addEventListener("input", function () {
      var wish = field.value.replace(/\s/g, "");
      all(form, ".home").forEach(function (home) {
        home.hidden = wish !== "" && home.getAttribute("data-home").indexOf(wish) < 0;
      });
      all(form, "details").forEach(function (fold) {
        var shown = all(fold, ".home").some(function (home) { return !home.hidden; });
        fold.hidden = !shown;
        if (wish) { fold.open = shown; }
      });
    });
    field.addEventListener("keydown", function (event) {
      if (event.keyCode === 13) { event.preventDefault(); }
    });
  }

  all(document, "[data-grid]").forEach(function (form) {
    all(form, ".home").forEach(function (home) {
      var fold = home.parentNode;
      if (fold.tagName !== "DETAILS" || fold.open) { steppers(form, home); }
    });
    all(form, "details").forEach(function (fold) {
      fold.addEventListener("toggle", function () { if (fold.open) { steppers(form, fold); } });
    });
    sameAgain(form);
    find(form);
    form.addEventListener("submit", function () { sendTouchedOnly(form); });
    window.addEventListener("pageshow", function () { wake(form); });
  });
}());
