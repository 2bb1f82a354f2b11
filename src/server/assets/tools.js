/** What stands at the foot of a document: a way from quote to quote, and to a link to the words that are selected. */

const made = (tag, properties, children = []) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Fills the place made for it. `step(±1)` goes to another quote; `link()` is the address of the selected words, or null. */
export function createTools(place, texts, { step, link }) {
  const position = made('span', { className: 'position' });
  const arrow = (sign, label, by) => {
    const element = made('button', { type: 'button', title: label }, [sign]);
    element.setAttribute('aria-label', label);
    element.addEventListener('click', () => step(by));
    return element;
  };
  const quotes = made('div', { className: 'quotes', hidden: true }, [
    arrow('↑', texts.previous, -1),
    position,
    arrow('↓', texts.next, 1),
  ]);
  quotes.setAttribute('role', 'group');
  quotes.setAttribute('aria-label', texts.quotes);

  const copy = made('button', { type: 'button', className: 'copy', hidden: true }, [texts.copyLink]);
  /** Tells the selection apart for which a link is offered. */
  let offered = null;
  // A press must not take the selection away. In some browsers a finger's does: then what was selected before is meant.
  let pressedFor = null;
  copy.addEventListener('mousedown', (event) => event.preventDefault());
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      const selected = link();
      pressedFor = copy.contains(target) ? selected : null;
      if (selected !== null) return;
      offered = '';
      offerLink(null);
    },
    { capture: true },
  );
  copy.addEventListener('click', async () => {
    const selected = link();
    const address = selected ?? pressedFor;
    pressedFor = null;
    // What is told stays until the next press.
    if (selected === null) offered = null;
    if (address !== null) tell(address, await copied(address));
  });

  const told = made('p', { className: 'told' });
  told.setAttribute('role', 'status');
  const shown = made('input', { className: 'address', readOnly: true, hidden: true });
  shown.setAttribute('aria-label', texts.linkNotCopied);
  place.replaceChildren(told, shown, copy, quotes);

  function tell(address, done) {
    told.textContent = done ? texts.linkCopied : texts.linkNotCopied;
    shown.hidden = done;
    shown.value = address;
    if (!done) shown.select();
  }

  /** `words` tells one selection from another; null for none. */
  function offerLink(words) {
    if (words === offered || document.activeElement === shown || (words === null && pressedFor !== null)) return;
    offered = words;
    copy.hidden = words === null;
    told.textContent = '';
    shown.hidden = true;
  }

  return {
    count(at, of) {
      quotes.hidden = of < 2;
      position.textContent = texts.quoteOf.replace('##', of).replace('#', at + 1);
    },
    offerLink,
  };
}

/** Without TLS a browser has no clipboard to offer, but it still knows the older way. */
async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const box = made('textarea', { value: words, className: 'unseen' });
    const selection = getSelection();
    const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    if (range) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
    return done;
  }
}
