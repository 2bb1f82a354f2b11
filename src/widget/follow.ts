/** Keeps what is new in view, without taking the log from a reader who has scrolled elsewhere. */

/** Pixels above what is scrolled to; as much as may be a tremble of the hand. */
const headroom = 14;

export interface Follow {
  /** Scrolls an element of the log to its top, as far as there is anything below it. */
  to: (shown: HTMLElement | undefined) => void;
  /** The same as it grows, unless the reader has gone elsewhere in the meantime. */
  on: (shown: HTMLElement) => void;
  /** Scrolls as little as will do until the end of an element can be seen. */
  reveal: (shown: HTMLElement) => void;
}

/** Of the log alone: `scrollIntoView` would move the page around the widget, too. */
export function createFollow(log: HTMLElement): Follow {
  /** Where we scrolled it last. */
  let left = 0;

  function to(shown: HTMLElement | undefined): void {
    if (shown) log.scrollTop += shown.getBoundingClientRect().top - log.getBoundingClientRect().top - headroom;
    left = log.scrollTop;
  }

  return {
    to,
    reveal(shown) {
      const below = shown.getBoundingClientRect().bottom + headroom - log.getBoundingClientRect().bottom;
      if (below > 0) log.scrollTop += below;
    },
    on(shown) {
      if (Math.abs(log.scrollTop - left) < headroom) to(shown);
    },
  };
}
