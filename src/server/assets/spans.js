/** Spans of an element's text, in UTF-16 units over all its text nodes, shown or not. */

/** Marks a span; the elements made, in order. A mark may not cross an element's edge: so there is one for each text node. */
export function markSpan(root, { start, end }) {
  const parts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let at = 0; at < end && walker.nextNode(); at += walker.currentNode.length) {
    const node = walker.currentNode;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, node.length);
    if (from < to) parts.push({ node, from, to });
  }
  // Without a Range for each: the browser would keep all of them in step with every change that follows.
  return parts.map(({ node, from, to }) => {
    const words = from > 0 ? node.splitText(from) : node;
    if (words.length > to - from) words.splitText(to - from);
    const element = document.createElement('mark');
    words.replaceWith(element);
    element.append(words);
    return element;
  });
}

export function unmark(root) {
  for (const element of root.querySelectorAll('mark')) element.replaceWith(...element.childNodes);
  root.normalize();
}

/** The words that are selected, without the white space around them; null if there are none. What is selected outside is left out. */
export function spanOfSelection(root, selection) {
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(root)) return null;
  const all = document.createRange();
  all.selectNodeContents(root);
  if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
  const words = range.toString();
  if (words.trim() === '') return null;
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length + words.length - words.trimStart().length;
  return { start, end: start + words.trim().length };
}
