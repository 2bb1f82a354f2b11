import { type Name, namesIn } from './names.ts';

/** Names in a row: "Steve Witkoff and Jared Kushner". */
export interface Coordination {
  names: string[];
  /** As it reads, roles left out. */
  text: string;
}

/** What joins the last two names, and those before; a role may stand before a name ("and British Prime Minister Keir Starmer"). */
const AND = /^,? and (?:\p{L}+ ){0,4}$/u;
const COMMA = /^, (?:\p{L}+ ){0,4}$/u;

/** The first two or three names of a text that are joined by "and", or null. */
export function coordinationIn(text: string): Coordination | null {
  const names = namesIn(text);
  for (const [at, first] of names.entries()) {
    const [second, third] = [names[at + 1], names[at + 2]];
    if (second === undefined) break;
    const gap = between(text, first, second);
    if (AND.test(gap)) return { names: [first.text, second.text], text: `${first.text} and ${second.text}` };
    if (third === undefined || !COMMA.test(gap) || !AND.test(between(text, second, third))) continue;
    return {
      names: [first.text, second.text, third.text],
      text: `${first.text}, ${second.text} and ${third.text}`,
    };
  }
  return null;
}

function between(text: string, first: Name, second: Name): string {
  return text.slice(first.start + first.text.length, second.start);
}
