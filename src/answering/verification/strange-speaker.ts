import { tokenize } from '../../text/tokenize.ts';
import { isSameName, namesIn } from '../names.ts';
import { sentencesOf } from './compared-words.ts';

const SAYS =
  'said|says|stated|states|noted|notes|added|adds|claimed|claims|announced|announces|warned|warns|insisted|insists|argued|argues|stressed|explained|confirmed|acknowledged|declared|admitted|echoed|concluded|thanked';
const NAME = "\\p{Lu}[\\p{L}’'.-]*(?: (?:of (?:the )?)?\\p{Lu}[\\p{L}’'.-]*)*";
/** Where the name of who says it stands: before the verb, behind it, or behind "according to". */
const SPOKEN = new RegExp(
  `(?<before>${NAME})(?: (?:also|had|has|have|later|previously|\\p{L}+ly)){0,3} (?:${SAYS})\\b|\\b(?:${SAYS}) (?:the )?(?:\\p{Ll}+ )?(?<behind>${NAME})(?=[.,;”"]|$)|[Aa]ccording to (?:the )?(?<cited>${NAME})`,
  'gu',
);
const SAYS_ANYWHERE = new RegExp(`\\b(?:${SAYS}|[Aa]ccording to)\\b`, 'u');

/**
 * Who says it in the statement, and does not in the quotes, though the name is there; null when the quotes leave it open. In them it is who
 * stands beside the verb, or whom the sentence begins with.
 */
export function strangeSpeaker(said: string, quotes: readonly string[]): string | null {
  const spoken = quotes.flatMap(sentencesOf).filter((sentence) => SAYS_ANYWHERE.test(sentence));
  const speakers = spoken.flatMap((sentence) => [...speakersIn(sentence), firstName(sentence)]);
  const known = speakers.flatMap(termsOf);
  if (known.length === 0 || spoken.some((sentence) => STARTS_OPEN.test(sentence))) return null;
  return (
    speakersIn(said).find((name) => !termsOf(name).some((term) => known.some((it) => isSameName(it, term)))) ?? null
  );
}

/** A pronoun says it: who that is stands elsewhere. */
const STARTS_OPEN = /^["“]?(?:he|she|they|it|who|this|that)\b/iu;

function speakersIn(text: string): string[] {
  return Array.from(text.matchAll(SPOKEN), ({ groups = {} }) => groups.before ?? groups.behind ?? groups.cited ?? '');
}

/** The whole of the first name. */
function firstName(sentence: string): string {
  const start = namesIn(sentence, () => false)[0]?.start ?? sentence.length;
  return new RegExp(`^${NAME}`, 'u').exec(sentence.slice(start))?.[0] ?? '';
}

function termsOf(text: string): string[] {
  return tokenize(text).map(({ term }) => term);
}
