/** An answer as elements. Everything shown is set as text, never as HTML: documents may hold any. */

/** An element with properties and children; null children are left out, strings become text. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** What an answer shows below its question. */
export function answerElements(answer) {
  const rewritten = answer.standaloneQuestion !== answer.question;
  const note = rewritten ? element('p', { className: 'note' }, `Searched for: ${answer.standaloneQuestion}`) : null;
  const shown = answer.kind === 'answered' ? answered(answer) : unanswered(answer);
  return [note, ...shown].filter((part) => part !== null);
}

function answered(answer) {
  const { shortAnswer, citations } = answer;
  const numbered = new Map(citations.map((citation) => [citation.number, citation]));
  const short = shortAnswer
    ? element(
        'p',
        { className: 'short', dir: 'auto' },
        element('strong', {}, shortAnswer.text),
        ...markers([shortAnswer.citation], numbered),
      )
    : null;
  const statements = answer.statements.flatMap((statement) => [...supported(statement, numbered), ' ']);
  return [
    short,
    element('p', { className: 'statements', dir: 'auto' }, ...statements),
    ...answer.disagreements.flatMap((disagreement) => differing(disagreement, numbered)),
    element('h3', {}, citations.length === 1 ? 'In its own words' : 'In their own words'),
    list(citations, shortAnswer),
  ];
}

function unanswered({ nearest }) {
  return [
    element('p', { className: 'short' }, 'The documents don’t say.'),
    ...(nearest.length > 0 ? [element('p', { className: 'note' }, 'These passages came closest.'), list(nearest)] : []),
  ];
}

function differing({ about, positions }, numbered) {
  const items = positions.map((position) => element('li', { dir: 'auto' }, ...supported(position, numbered)));
  return [element('h3', {}, `The documents differ: ${about}`), element('ul', { className: 'positions' }, ...items)];
}

/** A statement and the links to what supports it. */
function supported({ text, citations }, numbered) {
  return [element('span', { className: linesOf(text) }, text), ...markers(citations, numbered)];
}

/** A list keeps its lines; other text flows, however its document is wrapped. */
function linesOf(text) {
  return /\n\s{0,20}(?:[-*•–‣◦]|\d{1,3}[.)])\s/.test(text) ? 'listed' : '';
}

function markers(numbers, numbered) {
  return numbers.flatMap((number) => {
    const citation = numbered.get(number);
    if (!citation) return [];
    const marker = passageLink(citation, `[${number}]`);
    marker.className = 'marker';
    marker.setAttribute('aria-label', `Citation ${number}: ${citation.document.title}`);
    return [marker];
  });
}

function list(citations, shortAnswer) {
  const items = citations.map((citation) => {
    const short = shortAnswer?.citation === citation.number ? shortAnswer.text : null;
    const { title, publisher, published } = citation.document;
    const facts = [citation.section, publisher, published && readableDate(published)]
      .filter(Boolean)
      .map((fact) => ` · ${fact}`);
    return element(
      'li',
      {},
      element('span', { className: 'number' }, String(citation.number)),
      element(
        'div',
        {},
        element(
          'blockquote',
          { className: linesOf(citation.quote), dir: 'auto' },
          ...emphasised(citation.quote, short),
        ),
        element(
          'p',
          { className: 'origin' },
          element('cite', { dir: 'auto' }, title),
          ...facts,
          ' · ',
          passageLink(citation, 'Read it in place'),
          ...original(citation),
        ),
      ),
    );
  });
  return element('ol', { className: 'citations' }, ...items);
}

/** The quote with the short answer emphasised where it stands; nothing is added or left out. */
function emphasised(quote, short) {
  const at = short ? quote.indexOf(short) : -1;
  if (at < 0) return [quote];
  return [quote.slice(0, at), element('strong', {}, short), quote.slice(at + short.length)];
}

function passageLink({ link }, text) {
  return element('a', { href: link.startsWith('/sources/') ? link : '/', target: '_blank', rel: 'noopener' }, text);
}

function original({ original }) {
  if (!original || !/^https?:\/\//i.test(original)) return [];
  return [' · ', element('a', { href: original, target: '_blank', rel: 'noopener noreferrer' }, 'Original')];
}

function readableDate(published) {
  const date = /^\d{4}-\d\d-\d\d/.test(published) ? new Date(published.slice(0, 10)) : null;
  if (!date || Number.isNaN(date.getTime())) return published;
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
