/* Nicer, never needed: what is typed is kept on the server a moment after it was typed. */
(function () {
  'use strict';
  var form = document.querySelector('[data-paste]');
  if (!form || !window.FormData) { return; }
  var waiting = null;
  var told = null;

  function tell() {
    if (told) { told.parentNode.removeChild(told); }
    told = document.createElement('p');
    told.className = 'kept';
    told.setAttribute('role', 'status');
    told.textContent = '✓ ' + form.getAttribute('data-saved');
    document.body.appendChild(told);
    setTimeout(function () {
      if (told) { told.parentNode.removeChild(told); told = null; }
    }, 2000);
  }

  function keep() {
    waiting = null;
    var data = new FormData(form);
    data.append('do', 'save');
    var request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('quiet', '1');
    request.onload = function () { if (request.status === 204) { tell(); } };
    request.send(data);
  }

  form.addEventListener('change', function (event) {
    if (event.target.name === 'text') { return; }
    if (waiting) { clearTimeout(waiting); }
    waiting = setTimeout(keep, 800);
  });
  form.addEventListener('submit', function () {
    if (waiting) { clearTimeout(waiting); waiting = null; }
  });
  var here = document.querySelector('[data-here]');
  if (here) { here.scrollIntoView(); }
}());
