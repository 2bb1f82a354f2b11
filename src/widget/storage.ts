/** Where the widget keeps what outlives a page: the browser's storage, and the page itself for what that does not take. */

export type Persistence = 'tab' | 'browser' | 'none';

export interface Kept {
  /** null where there is none. */
  get: (key: string) => string | null;
  set: (key: string, value: string) => void;
  remove: (key: string) => void;
  /** Of the browser; null where it has none for us. */
  area: Storage | null;
}

/** For the life of the page, so that an element which is drawn anew still has its talk. */
const ofThePage: Record<Persistence, Map<string, string>> = { tab: new Map(), browser: new Map(), none: new Map() };

export function storageOf(persistence: Persistence): Kept {
  const page = ofThePage[persistence];
  const area = areaOf(persistence);
  return {
    area,
    get: (key) => page.get(key) ?? area?.getItem(key) ?? null,
    set(key, value) {
      page.set(key, value);
      if (area === null) return;
      try {
        area.setItem(key, value);
        page.delete(key);
      } catch {
        // No room.
      }
    },
    remove(key) {
      page.delete(key);
      area?.removeItem(key);
    },
  };
}

/** It may be forbidden, and then even looking at it throws, or switched off, and then it is null. */
function areaOf(persistence: Persistence): Storage | null {
  try {
    if (persistence !== 'none') return (persistence === 'browser' ? localStorage : sessionStorage) ?? null;
  } catch {
    // What is left is the page itself.
  }
  return null;
}
