/** English verbs whose past forms a stemmer doesn't bring to their base: base, past, participle. */
const FORMS = `
  arise arose arisen, beat beaten, become became, begin began begun, bite bit bitten, blow blew blown, break broke broken, bring brought,
  build built, buy bought, catch caught, choose chose chosen, come came, deal dealt, dig dug, draw drew drawn, drink drank drunk,
  drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown,
  forbid forbade forbidden, forget forgot forgotten, forgive forgave forgiven, freeze froze frozen, get got gotten, give gave given, go went gone,
  grow grew grown, hang hung, have had has, hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left,
  lend lent, lose lost, make made, mean meant, meet met, overcome overcame, overthrow overthrew overthrown, pay paid, ride rode ridden,
  rise rose risen, run ran, say said, see saw seen, seek sought, sell sold, send sent, shake shook shaken, shoot shot, show shown, sing sang sung,
  sink sank sunk, sit sat, sleep slept, speak spoke spoken, spend spent, stand stood, steal stole stolen, stick stuck, strike struck,
  swear swore sworn, swim swam swum, take took taken, teach taught, tear tore torn, tell told, think thought, throw threw thrown,
  understand understood, undertake undertook undertaken, wake woke woken, wear wore worn, weave wove woven, win won, withdraw withdrew withdrawn,
  write wrote written`;

const BASES = new Map(
  FORMS.split(',').flatMap((verb) => {
    const [base = '', ...others] = verb.trim().split(/\s+/);
    return others.map((form) => [form, base] as const);
  }),
);

/** The base form of an irregular verb ("met" → "meet"); any other word as it is. Lower case. */
export function verbBase(word: string): string {
  return BASES.get(word) ?? word;
}
