/* One nicety: after a tap on "print", the browser's print dialogue opens by itself. */
(function () {
  "use strict";
  if (document.querySelector("[data-print-now]") && window.print) {
    window.addEventListener("load", function () { setTimeout(window.print.bind(window), 300); });
  }
})();
