/** Tells a screen reader what happens, politely and in whole sentences. */
import { element } from './element.ts';

/** Sentences kept in the region: screen readers may be some way behind. */
const kept = 8;

export interface Announcer {
  element: HTMLElement;
  say: (sentence: string) => void;
  /** Text as it comes, growing: each sentence is said once it is complete. */
  follow: (text: string) => void;
  /** Says what is left of the text that was followed, and forgets it. */
  finish: (text: string) => void;
}

export function createAnnouncer(): Announcer {
  const region = element('div', { className: 'unseen', attributes: { 'aria-live': 'polite' } });
  let said = 0;

  function say(sentence: string): void {
    const words = sentence.replace(/\s*\[\d{1,3}\]/g, '').trim();
    if (words === '') return;
    region.append(element('p', { dir: 'auto' }, words));
    while (region.childElementCount > kept) region.firstElementChild?.remove();
  }

  return {
    element: region,
    say,
    follow(text) {
      const fresh = text.slice(said);
      const ends = [...fresh.matchAll(/[.!?…。！？؟][”’»")\]]*(?:\s*\[\d{1,3}\])*\s/g)];
      const last = ends.at(-1);
      if (!last) return;
      const end = last.index + last[0].length;
      say(fresh.slice(0, end));
      said += end;
    },
    finish(text) {
      say(text.slice(said));
      said = 0;
    },
  };
}
