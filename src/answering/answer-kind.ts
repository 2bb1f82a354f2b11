import { terms } from '../text/tokenize.ts';

/** What a question asks for, as far as its words tell. */
export type AnswerKind =
  | 'count'
  | 'share'
  | 'money'
  | 'quantity'
  | 'date'
  | 'duration'
  | 'person'
  | 'place'
  | 'explanation';

const AUXILIARY = 'is|was|were|are|did|does|do|has|have|had|will|would|can|could|should|may|might|must';
const DATE_NOUN = 'year|month|day|date|weekday|century|decade|season|era';
const PLACE_NOUN =
  'city|town|village|country|nation|state|county|province|region|place|continent|capital|building|street|venue|location';

/** The first that fits tells the kind. */
const ASKED: readonly (readonly [AnswerKind, RegExp])[] = [
  ['share', /\b(?:what|which) (?:\p{L}+ )?(?:percentage|percent|proportion|share|fraction)\b/u],
  ['count', /\bhow many\b|\b(?:is|was|are|were) the (?:\p{L}+ )?(?:number|population)\b|\b(?:what|which) number of\b/u],
  ['duration', /\bhow long\b|\bsince when\b|\buntil when\b/u],
  [
    'money',
    /\bhow much (?:money )?(?:is|was|are|were|do|does|did|will|would|has|have|had|must|should|can|could|may)\b.*\b(?:costs?|pay|pays|paid|spend|spent|price|fined?|charged?|earn(?:ed|s)?|worth)\b/u,
  ],
  ['quantity', /\bhow (?:much|far|tall|high|old|fast|deep|heavy|large|big|wide)\b/u],
  ['date', new RegExp(`\\b(?:what|which) (?:${DATE_NOUN})\\b`, 'u')],
  ['date', new RegExp(`^\\W{0,3}(?:by |from )?when (?:${AUXILIARY})\\b`, 'u')],
  ['place', new RegExp(`\\b(?:what|which) (?:${PLACE_NOUN}) (?:${AUXILIARY})\\b`, 'u')],
  ['place', new RegExp(`^\\W{0,3}(?:from )?where (?:${AUXILIARY})\\b`, 'u')],
  ['person', /^\W{0,3}(?:(?:by|to|for|with|from|of) )?(?:who|whom|whose)\b/u],
  ['explanation', new RegExp(`^\\W{0,3}(?:why\\b|how (?:to|${AUXILIARY})\\b)`, 'u')],
];

/** "When the talks ended, who …?": what is asked comes behind the clause. */
const CLAUSE_FIRST =
  /^[^,?]{3,120}, (?=(?:(?:by|in|on|at|to|for|with|from|of) )?(?:who|whom|whose|what|which|when|where|why|how)\b)/u;
/** Of a longer question only this much is looked at, in UTF-16 units. */
const LONGEST_READ = 400;

/** The kind of answer that a question wants; null when its words don't tell. */
export function kindAsked(question: string): AnswerKind | null {
  const asked = question.slice(0, LONGEST_READ).toLowerCase().replace(CLAUSE_FIRST, '');
  return ASKED.find(([, pattern]) => pattern.test(asked))?.[0] ?? null;
}

const NUMBER =
  /\p{N}|\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|several|few|many|most|majority|none|no|nobody|couple|pair|both|all|every|half|third|quarter|double|twice|once|much|little|entire|whole)\b/iu;
const ONE = /\b(?:one|an?|single)\b/iu;
const SHARE =
  /%|\b(?:per ?cent|percentage|half|halves|thirds?|quarters?|fifths?|tenths?|majority|minority|most|all|none|fraction)\b|\bone in\b|\p{N}\/\p{N}/iu;
const TIME =
  /\p{N}|\b\p{L}*(?:four|fif|six|seven|eigh|nin|ten|teen|tie)th\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tomorrow|tonight|century|centuries|decades?|years?|months?|weeks?|weekends?|days?|hours?|minutes?|seconds?|nights?|mornings?|evenings?|afternoons?|noon|midnight|winter|summer|spring|autumn|fall|christmas|easter|ago|now|soon|recently|currently|eras?|ages?|periods?|times?|reign|war|end|beginning|start|after|before|during|since|until|when|once|first|second|third)\b/iu;
const CURRENCY = String.raw`\p{Sc}|\b(?:dollars?|euros?|pounds?|pence|cents?|francs?|yen|yuan|won|baht|rand|roubles?|rubles?|rupees?|rupiah|pesos?|reais|liras?|zloty|kron[aeo]r?|shillings?|USD|EUR|GBP|CHF|SEK|NOK|DKK|INR|JPY|CNY|CAD|AUD)\b`;
const MONEY = new RegExp(
  `${CURRENCY}|\\b(?:free|nothing|charge|millions?|billions?|trillions?)\\b|(?:%|\\bper ?cent) of\\b|\\bcosts? (?:about |around |only |just )?\\p{N}`,
  'iu',
);
/** Numbers that can be no date: money, shares, and what is counted in millions. */
const NO_TIME =
  /\p{Sc}\s?\p{N}[\p{N}.,]*|\p{N}[\p{N}.,]*\s?(?:%|per ?cent\b|\p{Sc}|(?:thousand|million|billion|trillion)s?\b)/giu;
const NAME = /\p{Lu}/u;

/**
 * Can a text hold an answer of the kind? Only what rules it out counts: no number for "how many", nothing of time for "when". A share is
 * no count unless what is counted is named, and neither is a bare "one".
 */
export function canHold(kind: AnswerKind | null, question: string, text: string): boolean {
  switch (kind) {
    case 'share':
      return SHARE.test(text) || NUMBER.test(text);
    case 'count':
      return namesCounted(question, text) ? NUMBER.test(text) || ONE.test(text) : NUMBER.test(withoutShares(text));
    case 'money':
      return MONEY.test(text);
    case 'quantity':
      return NUMBER.test(text) || ONE.test(text);
    case 'date':
      return TIME.test(text.replaceAll(NO_TIME, ' '));
    case 'duration':
      return TIME.test(text) || NUMBER.test(text);
    case 'person':
    case 'place':
      return NAME.test(text) || !/^[\s\p{N}\p{P}\p{S}]*$/u.test(text);
    default:
      return true;
  }
}

function withoutShares(text: string): string {
  return text.replace(/\p{N}[\p{N}.,]*\s?(?:%|per ?cent\b)/giu, ' ');
}

/** Does a text name what "how many" counts, or say that it is a number or population? */
function namesCounted(question: string, text: string): boolean {
  const counted = terms(COUNTED.exec(question)?.[1] ?? POPULATION);
  const found = new Set(terms(text));
  return counted.some((term) => found.has(term));
}

const COUNTED = new RegExp(
  `\\b(?:how many|number of) ((?:[\\p{L}'’-]+ ?){1,4}?)(?:\\b(?:${AUXILIARY}|be|in|on|of|at|from|to|by|for|with)\\b|\\W*$)`,
  'iu',
);
const POPULATION = 'population people inhabitants residents';
