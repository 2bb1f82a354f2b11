import { numbersIn } from '../text/numbers.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';

/** What ends a sentence or opens a quotation: a capital behind it may be that of the place. */
const BEFORE_A_START = /(?:^|\n\s*|[.!?:…]["'”’)\]]*\s+|["“‘'([]|^[-–—•*]\s*)$/u;

/** Behind a name, "I" is a number ("World War I"); behind a month or "said", it is the speaker. */
const BEFORE_A_NUMERAL =
  /(?<!\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)) (?<=\p{Lu}[\p{L}’'.-]* )$/u;

/** With these sentences begin, and no names do. */
const OPENERS = new Set(
  `according additionally although approximately around both consequently currently despite due earlier eventually every everyone
  everything finally following furthermore generally given hence however instead it's last later likewise many meanwhile moreover most
  nearly nevertheless next nobody nonetheless none nothing officially often one originally others otherwise overall people perhaps presumably
  previously recently reportedly roughly several similarly since so-called somewhat specifically still today together unlike unless usually
  various whereas whether within without yes yesterday yet`.split(/\s+/),
);

/**
 * The words of a text that are names by their spelling: those with a capital. At the start of a sentence every word has one, so there only
 * those that are no opener and that `isCommon` doesn't know. Numbers in words are none.
 */
export function namesIn(text: string, isCommon: (word: Token) => boolean): Token[] {
  return tokenize(text).filter((token) => {
    const isPronoun =
      token.text === 'I' && !BEFORE_A_NUMERAL.test(text.slice(Math.max(0, token.start - 24), token.start));
    if (!/\p{Lu}/u.test(token.text) || isPronoun || numbersIn(token.text).length > 0) return false;
    const isStart = BEFORE_A_START.test(text.slice(Math.max(0, token.start - 8), token.start));
    return !(isStart && (token.isStopWord || OPENERS.has(fold(token.text)) || isCommon(token)));
  });
}

/** What makes of a country the name of its people and language: Ukraine → Ukrainian, Iran → Iranian, Japan → Japanese. */
const OF_ITS_PEOPLE = /^(?:a?n|ian|ese|ish|i|s)$/;
/** Those whose people are not called by that rule. */
const PEOPLES = new Map(
  `US American America / UK Britain British / France French / Germany German / Netherlands Dutch / Denmark Danish Dane / Spain Spanish /
  Greece Greek / Ireland Irish / Poland Polish / Turkey Turkish Turk / Sweden Swedish / Finland Finnish / Norway Norwegian / Switzerland Swiss /
  Wales Welsh / Scotland Scottish / England English / Portugal Portuguese / China Chinese / Italy Italian / Israel Israeli / Russia Russian /
  Hungary Hungarian / Belgium Belgian / Canada Canadian / Mexico Mexican / Egypt Egyptian / Philippines Filipino / Cyprus Cypriot /
  Croatia Croatian / Serbia Serbian / Afghanistan Afghan / Europe European / Africa African / Asia Asian / Brazil Brazilian / Argentina Argentine`
    .split('/')
    .flatMap((names, people) => tokenize(names).map(({ term }) => [term, people] as const)),
);
/** Shorter words are alike by chance, in letters. */
const SHORTEST = 4;

/** Do two words, folded and stemmed, name the same: equal, or a country and its people? */
export function isSameName(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === long) return true;
  const people = PEOPLES.get(a);
  if (people !== undefined && people === PEOPLES.get(b)) return true;
  return short.length >= SHORTEST && long.startsWith(short) && OF_ITS_PEOPLE.test(long.slice(short.length));
}
