/**
 * Highlights what the address names, `#start-end[,start-end…][@revision]`: positions in the text, in UTF-16 units, as citations give
 * them. The first is the quote that is shown; the others are the same answer's. And makes such addresses of any words selected.
 */
import { markSpan, spanOfSelection, unmark } from './spans.js';
import { createTools } from './tools.js';

const text = document.getElementById('text');
const notice = document.getElementById('notice');
const texts = JSON.parse(document.getElementById('tools').dataset.texts);
/** As much of the revision as makes another one unlikely. */
const revision = text.dataset.revision.slice(0, 12);

/** The spans that the address names in this text, and whether it means another revision. */
function readAddress() {
  const [, list, other] =
    /^#(\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,99})(?:@([0-9a-f]{8,64}))?$/.exec(location.hash) ?? [];
  if (list === undefined) return { spans: [], changed: false, named: 0 };
  const length = text.textContent.length;
  const named = list.split(',');
  const spans = named
    .map((pair) => pair.split('-').map(Number))
    .map(([start, end]) => ({ start, end }))
    .filter(({ start, end }) => start < end && end <= length);
  const changed = other !== undefined && !text.dataset.revision.startsWith(other);
  return { spans: changed ? [] : spans, changed, named: named.length };
}

/** The marked quotes in the order of the text, each with its first element that takes room; `at` is the one that is shown. */
let quotes = [];
let at = 0;

function show() {
  unmark(text);
  const { spans, changed, named } = readAddress();
  quotes = spans
    .map((span) => ({ span, elements: [] }))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const quote of quotes) quote.elements = markSpan(text, quote.span);
  quotes = quotes.filter((quote) => first(quote));
  notice.textContent = changed ? texts.changed : quotes.length < named ? texts.missing : '';
  at = Math.max(
    quotes.findIndex(({ span }) => span.start === spans[0].start && span.end === spans[0].end),
    0,
  );
  reveal();
}

/** Line ends between blocks are marked too, but take no room. */
const first = ({ elements }) => elements.find((element) => element.getClientRects().length > 0);

function reveal() {
  for (const [i, { elements }] of quotes.entries()) {
    for (const element of elements) {
      element.classList.toggle('shown', i === at);
      element.classList.toggle('begins', i === at && element === elements[0]);
      element.classList.toggle('ends', i === at && element === elements.at(-1));
    }
  }
  tools.count(at, quotes.length);
  if (quotes.length === 0) return;
  const element = first(quotes[at]);
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'center' });
}

const tools = createTools(document.getElementById('tools'), texts, {
  step(by) {
    at = (at + by + quotes.length) % quotes.length;
    reveal();
  },
  link() {
    const span = spanOfSelection(text, getSelection());
    return span && `${location.origin}${location.pathname}#${span.start}-${span.end}@${revision}`;
  },
});

// Said by the style sheet, so that it is heard and yet no part of the text.
text.style.setProperty('--begins', JSON.stringify(texts.quoteBegins));
text.style.setProperty('--ends', JSON.stringify(texts.quoteEnds));
const print = document.getElementById('print');
print.hidden = false;
print.addEventListener('click', () => window.print());
document.addEventListener('selectionchange', () => {
  const span = spanOfSelection(text, getSelection());
  tools.offerLink(span && `${span.start}-${span.end}`);
});
// What is no part of the article can be looked at, too; the style sheet leaves it out.
const everything = document.getElementById('everything');
everything.hidden = text.querySelector('.apart') === null;
everything.addEventListener('click', () => {
  const all = text.classList.toggle('everything');
  everything.textContent = all ? texts.lessThanAll : texts.everything;
});
addEventListener('hashchange', show);
show();
