/**
 * The card that a numbered mark shows on hover, focus and tap: quote, title, publisher and date. It can be pointed at itself, stays until
 * the pointer or the focus leaves, and goes with Escape (WCAG 2.2, 1.4.13).
 */
import type { Answer, Citation } from '../types.ts';
import { element } from './element.ts';
import { originalLink, originLine, passageLink, quoteElement } from './evidence.ts';
import type { Stage } from './stage.ts';

/** Milliseconds: long enough not to flicker under a passing pointer, and to reach the card over the gap. */
const showAfter = 120;
const hideAfter = 250;
/** Pixels to the edge and to the mark. */
const margin = 8;

export interface QuoteCard {
  mark: Stage['mark'];
  /** Lets it go, if it is there. True if it was. */
  hide: () => boolean;
  /** Does something, such as giving the focus back, without a card for it. */
  quietly: (action: () => void) => void;
}

/** @param box What the card lies in and may not leave; positioned. */
export function createQuoteCard(box: HTMLElement, stage: Omit<Stage, 'mark'>): QuoteCard {
  const card = element('div', { className: 'card', part: 'card', hidden: true });
  box.append(card);
  let shownFor: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quiet = false;

  const soon = (milliseconds: number, action: () => unknown) => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };

  function hide(): boolean {
    clearTimeout(timer);
    const was = shownFor !== null;
    card.hidden = true;
    shownFor = null;
    return was;
  }

  function show(mark: HTMLElement, citation: Citation, answer: Pick<Answer, 'citations' | 'nearest'>): void {
    clearTimeout(timer);
    if (shownFor === mark || !mark.isConnected) return;
    const about = originLine(citation, stage.language);
    const short = 'shortAnswer' in answer ? (answer as Answer).shortAnswer : undefined;
    // The focus goes back to the mark: the card will be gone. For a keyboard the mark itself does the same.
    const openSource: Stage['openSource'] = (...opened) => stage.openSource(opened[0], opened[1], mark);
    const open = passageLink(citation, answer, { ...stage, openSource }, stage.texts.readInPlace);
    open.tabIndex = -1;
    const original = originalLink(citation, stage);
    if (original) original.tabIndex = -1;
    card.replaceChildren(
      quoteElement(citation.quote, short?.citation === citation.number ? short.text : null),
      element(
        'p',
        { className: 'origin' },
        element('cite', { dir: 'auto' }, citation.document.title),
        about && element('span', { className: 'about' }, ...about),
      ),
      element('p', { className: 'ways' }, open, original),
    );
    card.hidden = false;
    shownFor = mark;
    place(mark);
  }

  function place(mark: HTMLElement): void {
    const outer = box.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(
      Math.max(at.left + at.width / 2 - width / 2, outer.left + margin),
      outer.right - margin - width,
    );
    const below = at.bottom + margin;
    const above = at.top - margin - height;
    const top = below + height <= outer.bottom - margin || above < outer.top + margin ? below : above;
    card.style.left = `${left - outer.left - box.clientLeft}px`;
    card.style.top = `${Math.max(Math.min(top, outer.bottom - margin - height), outer.top + margin) - outer.top - box.clientTop}px`;
  }

  card.addEventListener('pointerenter', () => clearTimeout(timer));
  card.addEventListener('pointerleave', () => soon(hideAfter, hide));
  card.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a')) hide();
  });
  // A tap elsewhere puts it away.
  box.addEventListener('pointerdown', (event) => {
    const path = event.composedPath();
    if (shownFor && !path.includes(card) && !path.includes(shownFor)) hide();
  });
  box.addEventListener(
    'scroll',
    ({ target }) => target instanceof Element && !card.contains(target) && follow(target),
    {
      capture: true,
      passive: true,
    },
  );

  /** With its mark, until that is scrolled away. (Moving the focus to a mark scrolls, too.) */
  function follow(scrolled: Element): void {
    if (!shownFor || !scrolled.contains(shownFor)) return;
    const [edge, at] = [scrolled.getBoundingClientRect(), shownFor.getBoundingClientRect()];
    if (at.bottom < edge.top || at.top > edge.bottom) hide();
    else place(shownFor);
  }

  return {
    hide,
    quietly(action) {
      quiet = true;
      action();
      quiet = false;
    },
    mark(citation, answer) {
      const mark = passageLink(citation, answer, stage, String(citation.number));
      mark.className = 'mark';
      mark.setAttribute('part', 'mark');
      mark.setAttribute('aria-label', stage.texts.source(citation.number, citation.document.title));
      const appear = () => show(mark, citation, answer);
      mark.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && soon(showAfter, appear));
      mark.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && soon(hideAfter, hide));
      mark.addEventListener('focus', () => !quiet && mark.matches(':focus-visible') && appear());
      mark.addEventListener('blur', () => soon(hideAfter, hide));
      mark.addEventListener(
        'click',
        (event) => {
          // A finger cannot hover: its first tap shows the card, which leads on.
          if ((event as PointerEvent).pointerType !== 'touch' || shownFor === mark) return void hide();
          event.preventDefault();
          appear();
        },
        { capture: true },
      );
      return mark;
    },
  };
}
