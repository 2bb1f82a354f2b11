import { splitSentences } from '../src/text/sentences.ts';
import type { Random } from './copies.ts';

/** Words that may stand for one another wherever they occur, with the same form and grammar. */
const SYNONYMS =
  `began=started large=big small=little often=frequently also=likewise many=numerous important=significant however=nevertheless
  because=since shows=demonstrates showed=demonstrated used=employed built=constructed big=large help=assist helped=assisted
  throughout=across near=close-to main=principal primarily=mainly mainly=chiefly usually=generally several=multiple
  created=made received=got became=turned-into said=stated stated=declared called=named named=called found=discovered
 whole=entire entire=whole began=commenced ended=finished attempt=try attempted=tried allowed=permitted
  area=region areas=regions required=needed needs=requires provides=offers provided=offered while=whereas although=though therefore=thus
  thus=therefore further=additional quickly=rapidly rapidly=quickly famous=well-known modern=contemporary wealthy=rich difficult=hard
  largest=biggest biggest=largest chose=selected chosen=selected killed=slain bought=purchased purchased=bought sold=marketed
  led=headed developed=evolved increase=rise increased=rose rise=increase decrease=decline decline=decrease approximately=around
  around=approximately nearly=almost almost=nearly within=inside prior=previous located=situated situated=located produced=made
  discovered=found considered=regarded regarded=considered believed=thought thought=believed common=widespread different=distinct
  children=kids people=persons buildings=structures film=movie movies=films began=set-out won=gained defeated=beat
  beat=defeated founded=established established=founded opened=inaugurated moved=shifted remained=stayed died=passed-away
  houses=homes job=post work=labour wrote=penned published=issued reached=attained includes=contains included=contained
  following=ensuing previous=earlier earlier=previously later=subsequently subsequently=later mostly=largely largely=mostly
  completed=finished finally=eventually eventually=finally currently=now now=currently huge=enormous aim=goal problem=issue
  problems=issues answer=reply purpose=aim method=approach methods=approaches`
    .split(/\s+/)
    .map((pair) => pair.replaceAll(/-(?=\p{L})/gu, ' ').split('=') as [string, string]);
/** Connectives and constructions that mean the same. */
const PHRASES: readonly [RegExp, string][] = [
  [/\bin order to\b/g, 'to'],
  [/\bsuch as\b/g, 'like'],
  [/\bas well as\b/g, 'and also'],
  [/\bdue to\b/g, 'because of'],
  [/\bas a result of\b/g, 'owing to'],
  [/\bdid not\b/g, 'didn’t'],
  [/\bwas not\b/g, 'wasn’t'],
  [/\bis not\b/g, 'isn’t'],
  [/\bit is\b/g, 'it’s'],
  [/(\d)%/g, '$1 per cent'],
  [/\bper ?cent\b/g, 'percent'],
  [/\bUnited States\b/g, 'US'],
  [/\bU\.S\./g, 'US'],
  [/\bUnited Kingdom\b/g, 'UK'],
  [/\bWorld War II\b/g, 'the Second World War'],
  [/\b(\d+) million\b/g, '$1m'],
  [/\bkm\b/g, 'kilometres'],
  [/\bwas able to\b/g, 'could'],
  [/\bwere able to\b/g, 'could'],
  [/\ba number of\b/g, 'several'],
  [/\bthe majority of\b/g, 'most of'],
  [/\bHowever, /g, 'Yet '],
  [/\bIn addition, /g, 'Moreover, '],
  [/\bFor example, /g, 'For instance, '],
  [/\bThe (\p{Lu}\p{L}+) /gu, 'This $1 '],
];
const OPENINGS = [
  'Historians note that ',
  'It is known that ',
  'As is often told, ',
  'Reports say that ',
  'In fact, ',
  'Notably, ',
];
const UNITS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';

/** Where the answers stand in a text: nothing in them is reworded but the spelling of numbers and dates. */
function isProtected(start: number, length: number, text: string, answers: readonly string[]): boolean {
  return answers.some((answer) => {
    for (let at = text.indexOf(answer); at >= 0; at = text.indexOf(answer, at + 1)) {
      if (start < at + answer.length && at < start + length) return true;
    }
    return false;
  });
}

/**
 * A paragraph that says the same in other words: synonyms and connectives exchanged, clauses and sentences moved, lead-ins added, numbers
 * and dates spelt another way. `answers` keep their words.
 */
export function reword(paragraph: string, answers: readonly string[], random: Random): string {
  const sentences = splitSentences(paragraph, { start: 0, end: paragraph.length }).map(({ start, end }) =>
    paragraph.slice(start, end),
  );
  const reworded = sentences.map((sentence) => rewordSentence(sentence, answers, random));
  // neighbours trade places, the first (which names the subject) stays
  for (let at = 1; at + 1 < reworded.length; at++) {
    if (random() >= 0.25) continue;
    [reworded[at], reworded[at + 1]] = [reworded[at + 1] ?? '', reworded[at] ?? ''];
    at++;
  }
  return reworded.join(' ');
}

function rewordSentence(sentence: string, answers: readonly string[], random: Random): string {
  let text = sentence;
  const replace = (pattern: RegExp, by: (match: RegExpExecArray) => string, chance: number) => {
    text = text.replaceAll(pattern, (...all: unknown[]) => {
      const at = all.findIndex((it) => typeof it === 'number');
      const match = all.slice(0, at) as unknown as RegExpExecArray;
      const whole = all[0] as string;
      return random() < chance && !isProtected(all[at] as number, whole.length, text, answers) ? by(match) : whole;
    });
  };
  for (const [from, to] of SYNONYMS) {
    replace(new RegExp(`(?<![\\p{L}-])${from}(?![\\p{L}-])`, 'gu'), () => to, 0.8);
    replace(new RegExp(`^${capital(from)}(?![\\p{L}-])`, 'gu'), () => capital(to), 0.8);
  }
  for (const [pattern, to] of PHRASES) replace(pattern, ([it]) => it.replace(pattern, to), 0.8);
  replace(/(?<! by)\s\((?!(?:[^)]*\())[^)]{3,60}\)/g, () => '', 0.5);
  replace(
    /\b(\p{Lu}[\p{L} ]{2,30}?) was (written|founded|built|designed|discovered|composed|directed|led) by (\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)(?=[,.])/gu,
    ([, it, verb, who]) => `${who} ${verb === 'written' ? 'wrote' : verb} ${it}`,
    0.8,
  );
  text = moveClause(text, random);
  text = spellAnew(text, random);
  if (random() < 0.3 && !/^(?:Yet|Moreover|For|In|At|On|Also|But|And|It|They|He|She|This|These|There)\b/.test(text)) {
    text = `${pickOpening(random)}${/^(?:The|A|An|One|Many|Some|Most|Several|During|After|Before|When|While|By|As)\b/.test(text) ? `${text[0]?.toLowerCase()}${text.slice(1)}` : text}`;
  }
  return text;
}

function pickOpening(random: Random): string {
  return OPENINGS[Math.floor(random() * OPENINGS.length)] ?? '';
}

/** "In 1990, X." → "X in 1990." and back. */
function moveClause(text: string, random: Random): string {
  if (random() < 0.5) return text;
  const opening = /^((?:In|On|By|During|After|Before|At|Since|Under|For) [^,."“”]{3,50}), (.{20,})\.$/su.exec(text);
  if (opening === null) return text;
  const [, clause = '', rest = ''] = opening;
  if (/["“”:;]/.test(rest)) return text;
  const body = /^(?:\p{Lu}\p{L}*|[Ii])\b/u.test(rest) ? rest : `${rest[0]?.toUpperCase()}${rest.slice(1)}`;
  return `${body}, ${clause[0]?.toLowerCase()}${clause.slice(1)}.`;
}

/** Small numbers in words or digits, dates the other way round. The value stays. */
function spellAnew(text: string, random: Random): string {
  return text
    .replaceAll(
      new RegExp(`\\b(${MONTHS}) (\\d{1,2}), (\\d{4})\\b`, 'g'),
      (it, month: string, day: string, year: string) => (random() < 0.6 ? `${day} ${month} ${year}` : it),
    )
    .replaceAll(
      new RegExp(`\\b(\\d{1,2}) (${MONTHS}) (\\d{4})\\b`, 'g'),
      (it, day: string, month: string, year: string) => (random() < 0.4 ? `${month} ${day}, ${year}` : it),
    )
    .replaceAll(/(?<![\d.,$€£\p{L}-] ?)\b([2-9]|1[0-2])\b(?= \p{Ll})/gu, (it) =>
      random() < 0.6 ? (UNITS[Number(it)] ?? it) : it,
    )
    .replaceAll(/(?<!-)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?= \p{Ll}+s\b)/gu, (it) =>
      random() < 0.6 ? String(UNITS.indexOf(it)) : it,
    )
    .replaceAll(/(?<![\d,.])(\d{1,3}),(\d{3})\b(?!,)/g, (it, a: string, b: string) =>
      random() < 0.4 ? `${a}${b}` : it,
    );
}

function capital(word: string): string {
  return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}
