import { terms } from '../../text/tokenize.ts';
import { type AnswerValue, isNumeric, isSameUnit } from './answer-value.ts';

/** Do two values count the same thing? "How many countries": 27 heads of state are no number of them. True where a value counts nothing named. */
export function haveSameUnit(question: string, a: AnswerValue, b: AnswerValue): boolean {
  if (!isNumeric(a) || !isNumeric(b)) return true;
  const [first, second] = [a.values[0], b.values[0]];
  if (first === undefined || second === undefined || first.kind === 'date' || second.kind === 'date') return true;
  if (!isSameUnit(first, second)) return false;
  const asked = new Set(terms(/\bhow many ((?:[\p{L}'’-]+ ?){1,2})/iu.exec(question)?.[1] ?? ''));
  const isAsked = (units: readonly string[]) =>
    units.length === 0 || asked.size === 0 || units.some((unit) => asked.has(unit));
  return isAsked(first.units) === isAsked(second.units);
}
