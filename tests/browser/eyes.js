/* What old eyes and thumbs would stumble over on the page that is open. Every measure gives
   back a list of sentences; an empty list is good. Runs in the tests' own Chromium only. */
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const name = (e) => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined
    ? '.' + String(e.className).trim().replace(/\s+/g, '.') : '') + ' «' +
    (e.value || e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 30) + '»';
  const style = (e, part) => getComputedStyle(e, part);
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 &&
    !e.closest('.unseen, .skip');

  /* every piece of text, with the element that draws it */
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const e = node.parentElement;
      if (!node.textContent.trim() || e.closest('script, option') || !shown(e)) { continue; }
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push({ e, rects: Array.from(range.getClientRects()).filter((r) => r.width > 1) });
    }
    return found;
  };

  /* colours */
  const rgba = (text) => {
    const n = text.match(/[\d.]+/g).map(Number);
    return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = (e) => {
    if (!e) { return [255, 255, 255, 1]; }
    const own = rgba(style(e).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(e.parentElement));
  };
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => v / 255).map((v) =>
      (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const against = (colour, back) => contrast(over(rgba(colour), back), back);

  /* thumbs */
  const MAIN = '.main, .call, .wide, .stepper button, .field input, .field select, textarea,' +
    '.home .do button, .home .do .button, .tap, .tick, .board a';
  const box = (e) => (e.matches('[type=checkbox], [type=radio]') && e.closest('label')) || e;
  const inline = (e) => e.matches('a') && style(e).display === 'inline' &&
    e.parentElement.textContent.replace(/\s/g, '').length > e.textContent.replace(/\s/g, '').length;
  const targets = () => Array.from(new Set(all(
    'a[href], button, summary, select, textarea, input:not([type=hidden])'
  ).filter((e) => shown(e) && !inline(e)).map(box)));

  const fields = 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea';

  return {
    open: () => all('details').forEach((d) => { d.open = true; }),

    size: (px) => [document.documentElement, document.body].forEach((e) => {
      e.className = e.className.replace(/size-\d+/, 'size-' + px);
    }),

    /* a reader's own spacing: WCAG 1.4.12 */
    spread: () => all('body *').forEach((e) => {
      const px = parseFloat(style(e).fontSize);
      e.style.setProperty('line-height', Math.max(1.5 * px, parseFloat(style(e).lineHeight) || 0) + 'px', 'important');
      e.style.setProperty('letter-spacing', '.12em', 'important');
      e.style.setProperty('word-spacing', '.16em', 'important');
      if (e.matches('p')) { e.style.setProperty('margin-bottom', '2em', 'important'); }
    }),

    /* as an app's browser does it: every letter, whatever unit it was given in */
    twice: () => all('body, body *').map((e) => [e, parseFloat(style(e).fontSize)]).forEach(
      ([e, px]) => e.style.setProperty('font-size', 2 * px + 'px', 'important')),

    /* what the two above did; pages themselves have no style attribute */
    undo: () => all('[style]').forEach((e) => e.removeAttribute('style')),

    /* nine tenths of the size that was chosen; what chooses it stays as it is */
    small_text: (px) => texts().map((t) => t.e).concat(all(fields).filter(shown))
      .map((e) => [e, parseFloat(style(e).fontSize), e.closest('.reading') ? 18 : Math.max(18, 0.9 * px)])
      .filter(([, has, least]) => has < least - 0.1).map(([e, has]) => name(e) + ' ' + has),

    base: (px) => (style(document.querySelector('main')).fontSize === px + 'px' ? []
      : ['main ' + style(document.querySelector('main')).fontSize]),

    /* 1.3 wherever text takes a second line; 1.6 and a line's gap for the page's paragraphs */
    tight_lines: () => {
      const high = (e) => parseFloat(style(e).lineHeight) / parseFloat(style(e).fontSize);
      const rows = (t) => new Set(t.rects.map((r) => Math.round(r.top))).size;
      return texts().filter((t) => (rows(t) > 1 && high(t.e) < 1.299) ||
        (t.e.matches('main > p') && high(t.e) < 1.599))
        .map((t) => name(t.e) + ' ' + high(t.e).toFixed(2))
        .concat(all('main > p + p').filter((e) => shown(e) &&
          e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom <
            0.99 * parseFloat(style(e).fontSize) && e.previousElementSibling.matches(':not([class])'))
          .map((e) => name(e) + ' gap'));
    },

    pale_text: () => {
      const found = texts().map((t) => [t.e, style(t.e).color, ground(t.e)]);
      all(fields).filter(shown).forEach((e) => {
        found.push([e, style(e).color, ground(e)]);
        if (e.placeholder) { found.push([e, style(e, '::placeholder').color, ground(e)]); }
      });
      all('body *').filter(shown).forEach((e) => ['::before', '::after'].forEach((part) => {
        const own = style(e, part);
        if (/^"\s*\S/.test(own.content)) {
          const back = rgba(own.backgroundColor);
          found.push([e, own.color, over(back, ground(e))]);
        }
      }));
      return found.map(([e, colour, back]) => [e, against(colour, back)])
        .filter(([, ratio]) => ratio < 7).map(([e, ratio]) => name(e) + ' ' + ratio.toFixed(2));
    },

    /* by its border or by its face, whatever can be acted on stands out from its surroundings */
    pale_edges: () => all(fields + ', button, .button, .mine-one').filter(shown).map((e) => {
      const own = style(e);
      const around = ground(e.parentElement);
      const edged = parseFloat(own.borderTopWidth) >= 1 && own.borderTopStyle !== 'none';
      const faced = rgba(own.backgroundColor)[3] > 0;
      const ratios = [edged ? against(own.borderTopColor, around) : 0,
        faced ? contrast(ground(e), around) : 0];
      return [e, edged || faced, Math.max.apply(null, ratios)];
    }).filter(([, visible, ratio]) => visible && ratio < 3)
      .concat(all('main svg.icon').filter(shown).map((e) => [e, true, against(style(e).color, ground(e))])
        .filter(([, , ratio]) => ratio < 3))
      .map(([e, , ratio]) => name(e) + ' ' + ratio.toFixed(2)),

    small_targets: () => targets().map((e) => [e, e.getBoundingClientRect(), e.matches(MAIN) ? 60 : 48])
      .filter(([, r, least]) => r.width < least - 0.5 || r.height < least - 0.5)
      .map(([e, r, least]) => name(e) + ' ' + Math.round(r.width) + '×' + Math.round(r.height) + ' < ' + least),

    /* 8 px between any two; a number's own − and + may touch it, but not each other */
    crowded_targets: () => {
      const found = [];
      const every = targets().map((e) => [e, e.getBoundingClientRect()]);
      every.forEach(([a, p], i) => every.slice(i + 1).forEach(([b, q]) => {
        const x = Math.max(p.left, q.left) - Math.min(p.right, q.right);
        const y = Math.max(p.top, q.top) - Math.min(p.bottom, q.bottom);
        const stepper = a.closest('.cell') && a.closest('.cell') === b.closest('.cell') &&
          (a.matches('input') || b.matches('input'));
        if (Math.max(x, y) < 7.5 && !stepper && !a.contains(b) && !b.contains(a)) {
          found.push(name(a) + ' | ' + name(b) + ' ' + Math.max(x, y).toFixed(1));
        }
      }));
      return found;
    },

    too_wide: () => {
      const width = document.documentElement.clientWidth;
      const whole = document.documentElement.scrollWidth > width
        ? ['page ' + document.documentElement.scrollWidth] : [];
      return whole.concat(texts().filter((t) => t.rects.some((r) => r.left < -0.5 || r.right > width + 0.5))
        .map((t) => name(t.e)));
    },

    /* text that is cut off, hangs out of its button, or lies on other text */
    cut_text: () => {
      const cut = all('body *').filter((e) => shown(e) && !e.matches('svg, svg *') &&
        /hidden|clip/.test(style(e).overflowX) &&
        (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(name);
      const lines = [];
      texts().forEach((t) => {
        const face = t.e.closest('.button, button, .tile, .board a, .ticket');
        const r = face && face.getBoundingClientRect();
        t.rects.forEach((line) => {
          const third = line.height / 3;
          if (r && (line.left < r.left - 0.5 || line.right > r.right + 0.5 || line.top + third < r.top ||
            line.bottom - third > r.bottom)) { cut.push('out of its box: ' + name(t.e)); }
          lines.push([t.e, line.left, line.right, line.top + third, line.bottom - third]);
        });
      });
      lines.forEach(([a, l, r, top, low], i) => lines.slice(i + 1).forEach(([b, l2, r2, top2, low2]) => {
        if (Math.min(r, r2) - Math.max(l, l2) > 2 && Math.min(low, low2) - Math.max(top, top2) > 1) {
          cut.push('on each other: ' + name(a) + ' | ' + name(b));
        }
      }));
      return cut;
    },

    lost_focus: () => targets().map((e) => e.matches('label') ? e.querySelector('input') : e)
      .filter((e) => !e.disabled && e.tabIndex >= 0).map((e) => {
        e.focus();
        const own = style(e);
        const ring = own.outlineStyle === 'solid' && parseFloat(own.outlineWidth) >= 3 &&
          against(own.outlineColor, ground(e.parentElement)) >= 3;
        return document.activeElement === e && ring ? '' : name(e) + ' ' + own.outline;
      }).filter(Boolean),

    /* nothing pops up, nothing stays above the fields */
    in_the_way: () => all('dialog[open], [role=dialog], [role=alertdialog], [aria-modal]').concat(
      all('body *').filter((e) => shown(e) && /fixed|sticky/.test(style(e).position))).map(name),

    puzzles: () => all('iframe, canvas, [class*=captcha], [id*=captcha], [name*=captcha]').map(name)
      .concat(/captcha|验证码|我不是机器人/i.test(document.body.innerText) ? ['words of a puzzle'] : []),

    /* after everything else, a telephone to tap */
    no_help: () => {
      const help = all('.help').filter(shown).pop();
      const call = help && help.querySelector('a[href^="tel:"]');
      if (!call) { return ['no telephone at the end']; }
      const r = call.getBoundingClientRect();
      const end = help.getBoundingClientRect().bottom;
      const below = texts().filter((t) => !help.contains(t.e) &&
        t.rects.some((line) => line.top > end)).map((t) => 'below the help: ' + name(t.e));
      const above = targets().filter((e) => help.contains(e)).sort((a, b) =>
        a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
      return below.concat(r.height < 59.5 || r.width < 59.5 ? ['small: ' + name(call)] : [],
        above !== call ? ['not first: ' + name(call)] : []);
    },
  };
})()
