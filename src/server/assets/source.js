/** Highlights `#start-end`: two positions in the text, in UTF-16 units, as the citation gives them. */
const text = document.getElementById('text');

/** The span that the address names, or null if it names none in this text. */
function spanOf(hash) {
  const [, start, end] = /^#(\d{1,9})-(\d{1,9})$/.exec(hash)?.map(Number) ?? [];
  return start < end && end <= text.textContent.length ? { start, end } : null;
}

/** The text nodes that a span touches, each with the part of it: a mark may not cross an element's edge. */
function partsOf({ start, end }) {
  const parts = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let at = 0; at < end && walker.nextNode(); at += walker.currentNode.length) {
    const node = walker.currentNode;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, node.length);
    if (from < to) parts.push({ node, from, to });
  }
  return parts;
}

function mark({ node, from, to }) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const element = document.createElement('mark');
  range.surroundContents(element);
  return element;
}

function unmark() {
  for (const element of text.querySelectorAll('mark')) element.replaceWith(...element.childNodes);
  text.normalize();
}

function show() {
  unmark();
  const span = spanOf(location.hash);
  if (!span) return;
  const marks = partsOf(span).map(mark);
  // Line ends between blocks are marked too, but take no room.
  const first = marks.find((element) => element.getClientRects().length > 0);
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: 'center' });
}

addEventListener('hashchange', show);
show();
