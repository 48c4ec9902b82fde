/* The day's table: a field's own "Save" appears once something was typed; the numbers that
   arrive every few seconds never overwrite a field somebody is typing in. */
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  function mark(input) {
    var form = input.closest("form");
    form.classList.toggle("dirty", input.value !== input.defaultValue);
  }

  document.addEventListener("input", function (event) {
    if (event.target.hasAttribute("data-dirty")) { mark(event.target); }
  });

  function markAll(root) {
    root.querySelectorAll("[data-dirty]").forEach(function (input) {
      if (input.getAttribute("aria-invalid") === "true") {
        input.closest("form").classList.add("dirty");
      }
    });
  }
  markAll(document);
  document.addEventListener("htmx:afterSettle", function (event) { markAll(event.target); });

  document.addEventListener("htmx:oobAfterSwap", function (event) {
    var cell = event.detail.elt || event.target;
    var id = cell.getAttribute && cell.getAttribute("data-quota-field");
    var input = id && document.getElementById(id);
    if (!input || input === document.activeElement || input.value !== input.defaultValue) { return; }
    input.value = input.defaultValue = cell.getAttribute("data-quota");
  });
})();
