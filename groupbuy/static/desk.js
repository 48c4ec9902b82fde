/* Staff pages: three small habits, all by data attributes; every page works without them.
   data-copy="#id"      a button copies that element's text or value
   data-print           a button opens the print dialogue
   data-filter="#id"    a search field hides the children of #id that do not match
   data-all="name"      a checkbox ticks all checkboxes of that name within its fieldset */
(function () {
  "use strict";

  function say(button, word) {
    var before = button.textContent;
    button.textContent = word;
    setTimeout(function () { button.textContent = before; }, 2000);
  }

  function byHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    document.body.appendChild(area);
    area.select();
    try { document.execCommand("copy"); } finally { area.remove(); }
  }

  function copy(button) {
    var source = document.querySelector(button.getAttribute("data-copy"));
    var text = "value" in source ? source.value : source.textContent.trim();
    var done = function () { say(button, button.getAttribute("data-done") || "✓"); };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () { byHand(text); done(); });
    } else {
      byHand(text);
      done();
    }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-print]");
    if (!button) { return; }
    if (button.hasAttribute("data-print")) { window.print(); } else { copy(button); }
  });

  document.addEventListener("input", function (event) {
    var list = event.target.getAttribute("data-filter");
    if (!list) { return; }
    var wish = event.target.value.trim().toLowerCase();
    document.querySelectorAll(list + " > *").forEach(function (row) {
      var words = (row.getAttribute("data-words") || row.textContent).toLowerCase();
      row.hidden = wish !== "" && words.indexOf(wish) < 0;
    });
  });

  document.addEventListener("change", function (event) {
    var name = event.target.getAttribute("data-all");
    if (!name) { return; }
    event.target.closest("fieldset").querySelectorAll('[name="' + name + '"]').forEach(
      function (box) { box.checked = event.target.checked; }
    );
  });
})();
