/** A document beside the conversation, opened at the words that an answer quotes. */
import type { Answer, Citation } from '../types.ts';
import { element, icon } from './element.ts';
import type { ReceivedDocument } from './endpoint.ts';
import { originalLink, originLine, passageLink, quoteElement } from './evidence.ts';
import { type MarkedSpan, markedText } from './marked-text.ts';
import type { Stage } from './stage.ts';

type Cited = Pick<Answer, 'citations' | 'nearest'>;

export interface SourcePanel {
  element: HTMLElement;
  /** Opens the document at the citation; its fellows can be leafed through. */
  open: (citation: Citation, answer: Cited, opener: HTMLElement) => void;
  /** Closes it, and gives the focus back. False if it was not open. */
  close: () => boolean;
}

/**
 * @param onToggle Told when it opens and closes.
 * @param giveBack Gives the focus back to what opened it.
 */
export function createSourcePanel(
  stage: Omit<Stage, 'mark' | 'openSource'>,
  onToggle: (open: boolean) => void,
  giveBack: (opener: HTMLElement) => void,
): SourcePanel {
  const { texts, endpoint, language } = stage;
  const back = element(
    'button',
    { type: 'button', className: 'plain', attributes: { 'aria-label': texts.back }, title: texts.back },
    icon('back'),
  );
  const name = element('span', { className: 'name', dir: 'auto', attributes: { 'aria-hidden': 'true' } });
  const leaf = element('div', { className: 'leaf' });
  const about = element('header', { className: 'about-document' });
  const body = element('div', { className: 'text', part: 'document' });
  const scroller = element(
    'div',
    { className: 'scroller', tabIndex: 0, attributes: { role: 'group', 'aria-label': texts.document } },
    about,
    body,
  );
  const panel = element(
    'aside',
    { className: 'source', part: 'source-panel', hidden: true, attributes: { 'aria-label': texts.document } },
    element('div', { className: 'bar' }, back, name, leaf),
    scroller,
  );
  let returnTo: HTMLElement | null = null;
  /** Counts openings: a document that comes late must not replace a later one. */
  let opening = 0;

  /** @param opener Gets the focus back in the end; null while leafing, when the focus stays where it is. */
  async function open(citation: Citation, answer: Cited, opener: HTMLElement | null): Promise<void> {
    if (opener !== null) returnTo = opener;
    const mine = ++opening;
    drawLeaf(citation, answer);
    drawAbout(citation, answer);
    if (panel.hidden) {
      panel.hidden = false;
      onToggle(true);
      // What it covers can hold the focus no longer.
      back.focus();
    }
    body.replaceChildren(element('p', { className: 'reading' }, texts.loading));
    const document = await endpoint.document(citation.document.id).catch(() => null);
    if (mine !== opening) return;
    if (document === null) {
      const again = element('button', { type: 'button', className: 'small' }, texts.tryAgain);
      again.addEventListener('click', () => {
        back.focus();
        void open(citation, answer, returnTo);
      });
      body.replaceChildren(
        element('p', { className: 'problem' }, texts.documentFailed),
        element('div', { className: 'actions' }, again),
      );
      stage.announce(texts.documentFailed);
      return;
    }
    draw(document, citation, answer, opener !== null);
  }

  /** ‹ 2 / 3 ›: the other citations of the same answer. */
  function drawLeaf(citation: Citation, answer: Cited): void {
    const all = [...answer.citations, ...answer.nearest];
    const at = all.indexOf(citation);
    const step = (by: number, name: string, sign: string) => {
      const next = all[at + by];
      const button = element(
        'button',
        { type: 'button', className: 'plain', title: name, disabled: !next, attributes: { 'aria-label': name } },
        sign,
      );
      if (next) button.addEventListener('click', () => leafTo(next, answer, by));
      return button;
    };
    const count = element('span', {}, `${at + 1} / ${all.length}`);
    leaf.replaceChildren(...(all.length > 1 ? [step(-1, texts.previous, '‹'), count, step(1, texts.next, '›')] : []));
  }

  function leafTo(citation: Citation, answer: Cited, by: number): void {
    void open(citation, answer, null);
    // The buttons are new: on with the same one, or back from the last.
    const [before, after] = leaf.querySelectorAll('button');
    const [same, other] = by < 0 ? [before, after] : [after, before];
    (same?.disabled ? other : same)?.focus();
    stage.announce(texts.source(citation.number, citation.document.title));
  }

  function drawAbout(citation: Citation, answer: Cited): void {
    const page = passageLink(citation, answer, { endpoint, openSource: () => undefined }, texts.newTab);
    // Here the link does what links do.
    const link = page.cloneNode(true);
    const line = originLine({ document: citation.document }, language);
    name.textContent = citation.document.title;
    about.replaceChildren(
      ...(line ? [element('p', { className: 'about' }, ...line)] : []),
      element('h2', { dir: 'auto' }, citation.document.title),
      element('p', { className: 'ways' }, link, originalLink(citation, stage)),
    );
  }

  function draw(document: ReceivedDocument, chosen: Citation, answer: Cited, takeFocus: boolean): void {
    const cited = [...answer.citations, ...answer.nearest].filter((it) => it.document.id === document.id);
    const marks = cited.flatMap((citation) => {
      const start = placeOf(citation, document);
      return start === null
        ? []
        : [
            {
              start,
              end: start + citation.quote.length,
              number: citation.number,
              chosen: citation === chosen,
            } satisfies MarkedSpan,
          ];
    });
    const found = marks.some((mark) => mark.chosen);
    const changed = document.revision !== chosen.document.revision;
    const note = [changed && texts.changed, !found && texts.gone].filter(Boolean).join(' ');
    // Set apart: what is no longer in the document must not look as if it were.
    const apart = element('div', { className: 'apart' }, element('p', { className: 'note' }, note));
    if (!found) apart.append(quoteElement(chosen.quote, null));
    body.replaceChildren(...(note ? [apart] : []), ...markedText(document, marks));
    const first = [...body.querySelectorAll<HTMLElement>('mark.chosen')].find((it) => it.getClientRects().length > 0);
    if (!first) {
      scroller.scrollTop = 0;
      if (takeFocus) back.focus();
      return;
    }
    first.tabIndex = -1;
    // Of the scroller alone: scrollIntoView would move the page around the widget, too.
    const above = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += above - scroller.clientHeight / 3;
    if (takeFocus) first.focus({ preventScroll: true });
  }

  function close(): boolean {
    if (panel.hidden) return false;
    opening += 1;
    panel.hidden = true;
    onToggle(false);
    if (returnTo) giveBack(returnTo);
    return true;
  }

  back.addEventListener('click', close);
  return { element: panel, open: (...asked) => void open(...asked), close };
}

/** Where the quote stands in the document as it is now; null where its words are no longer there. */
function placeOf({ quote, start, prefix, suffix }: Citation, { text }: ReceivedDocument): number | null {
  if (text.startsWith(quote, start)) return start;
  const around = text.indexOf(prefix + quote + suffix);
  if (around >= 0) return around + prefix.length;
  const alone = text.indexOf(quote);
  return alone >= 0 ? alone : null;
}
