/* Staff pages: small habits, most by data attributes; every page works without them.
   data-idle            this is the sign-in after idling: what was just sent is put back later
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

  /* What was sent when its person turned out to be signed out for idling: kept in this tab
     until the next page, filled in again where it was typed, and sent by nobody but them. */
  function store() { try { return window.sessionStorage; } catch (e) { return null; } }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !/^(hidden|password|file|submit|button)$/.test(field.type);
    });
  }

  function remember(form) {
    if (form.method !== "post" || !fields(form).length || document.querySelector("main.door")) { return; }
    var values = fields(form).map(function (field) {
      return [field.name, field.value, field.checked];
    });
    var typed = { path: location.pathname, action: form.getAttribute("action"), values: values };
    store().setItem("typed", JSON.stringify(typed));
  }

  function putBack(typed) {
    var form = Array.prototype.find.call(document.forms, function (one) {
      return one.method === "post" && one.getAttribute("action") === typed.action && fields(one).length;
    });
    if (!form) { return; }
    fields(form).forEach(function (field, n) {
      var kept = typed.values[n];
      if (!kept || kept[0] !== field.name) { return; }
      if (/^(checkbox|radio)$/.test(field.type)) { field.checked = kept[2]; } else { field.value = kept[1]; }
    });
    document.getElementById("typed-again").hidden = false;
  }

  function afterIdling() {
    if (document.querySelector("[data-idle]")) { store().setItem("idle", "1"); return; }
    if (document.querySelector("main.door")) { return; }
    var typed = JSON.parse(store().getItem("typed") || "null");
    var idled = store().getItem("idle");
    store().removeItem("typed");
    store().removeItem("idle");
    if (typed && idled && typed.path === location.pathname) { putBack(typed); }
  }

  if (store()) {
    afterIdling();
    document.addEventListener("submit", function (event) { remember(event.target); }, true);
    document.addEventListener("htmx:beforeOnLoad", function (event) {
      var inside = document.activeElement && document.activeElement.form;
      if (inside && event.detail.xhr.getResponseHeader("HX-Redirect")) { remember(inside); }
    });
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
