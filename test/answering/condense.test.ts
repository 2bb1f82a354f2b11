import { describe, expect, it } from 'vitest';
import { condense } from '../../src/answering/condense.ts';
import type { Answer, Citation, Turn } from '../../src/types.ts';
import { fc, property } from '../support/property.ts';

/** A turn as the chatbot makes it; without a quote it is unanswered. */
function turn(
  question: string,
  { quote = '', short = '', searched = question, title = 'Talks in the capital go on' } = {},
): Turn {
  const citation = { number: 1, quote, document: { id: 'a', title, revision: '' } } as Citation;
  const answer: Answer = {
    version: 1,
    kind: quote === '' ? 'unanswered' : 'answered',
    question,
    standaloneQuestion: searched,
    text: quote === '' ? '' : `${quote} [1]`,
    ...(short !== '' && { shortAnswer: { text: short, citation: 1 } }),
    statements: quote === '' ? [] : [{ text: quote, citations: [1] }],
    citations: quote === '' ? [] : [citation],
    disagreements: [],
    nearest: [],
    confidence: 1,
    answerer: 'extractive',
    generation: '1-0',
    timings: {},
  };
  return { question, answer };
}

const donetsk = turn('How much of the Donetsk region is under Russian control?', {
  quote: 'Russia currently controls about 75% of the Donetsk region and nearly 99% of neighbouring Luhansk.',
  short: '75%',
});
const minister = turn('Who is the Danish prime minister?', {
  quote: 'Danish Prime Minister Mette Frederiksen and her colleague Jens Frederik Nielsen responded to these comments.',
  short: 'Mette Frederiksen',
});
const chancellor = turn('Who is the German chancellor?', {
  quote: 'German Chancellor Friedrich Merz said German forces could join ceasefire monitoring.',
  short: 'Friedrich Merz',
});
const cautious = turn('Are Ukrainian officials cautious about ceasefires?', {
  quote: 'Ukrainian officials have expressed caution regarding ceasefires.',
});
const signed = turn('Who signed the declaration of intent?', {
  quote: 'Macron, Zelensky and British Prime Minister Keir Starmer signed a declaration of intent.',
  short: 'Macron, Zelensky and British Prime Minister Keir Starmer',
});
const meeting = turn('What did Western allies agree on at the meeting in Paris?', {
  quote: 'This follows a meeting in Paris where Western allies agreed on a monitoring mechanism.',
  short: 'a monitoring mechanism',
});
const envoys = turn('Who represented the United States?', {
  quote: 'The delegation was represented by Steve Witkoff and Jared Kushner.',
  short: 'Steve Witkoff and Jared Kushner',
});
const invasion = turn('When did Russia first invade Ukraine?', {
  quote: 'Russia initiated invasions of Ukraine in 2014 and again in February 2022.',
  short: '2014',
});
const force = turn('Who would lead the multinational force in Ukraine?', {
  quote: 'This force would facilitate the regeneration of the armed forces of Ukraine.',
});
const countries = turn('How many countries took part in the meeting?', {
  quote: '35 countries took part in the meeting.',
  short: '35',
});
const troops = turn('How many troops could Paris deploy?', {
  quote: 'Macron said Paris could deploy “several thousand” French troops.',
  short: 'several thousand',
});
const singer = turn('When was she born?', {
  quote: 'She was born on 21 September 1967 in Ridgeland.',
  short: '21 September 1967',
  title: 'Faith Hill',
});

/** Turns on articles that are nobody's, asked in the voice of people who talk. */
const tram = turn('How long is Line 7?', {
  quote: 'The new Line 7 will be 14.5 kilometres long.',
  short: '14.5 kilometres',
});
const ship = turn('When was the Maria Stella built?', { quote: 'The ferry was built in 1987.', short: '1987' });
const died = turn('How many people died in the ferry accident?', {
  quote: 'A passenger ferry sank off Halvern Point, killing at least 14 people.',
  short: 'at least 14',
});
const quake = turn('What was the magnitude of the Tavira earthquake?', {
  quote: 'The number of people killed in the Tavira earthquake climbed to 118.',
  short: '6.8',
});
const dose = turn('What is the dose of Velotrin?', {
  quote: 'The recommended dose is one pill of 75 mg a day.',
  short: '75 mg',
});
const founded = turn('Where is Dunmore based?', {
  quote: 'Dunmore was founded in 1921 by the brothers Harold and Edwin Dunmore in Milwaukee.',
  short: 'Milwaukee',
});
const mayor = turn('Who is the mayor of Brenwick?', {
  quote: 'Mayor Anita Rowe called the vote historic.',
  short: 'Anita Rowe',
});
const opponent = turn('And the opposition leader?', {
  searched: 'Who is the opposition leader?',
  quote: 'The opposition leader, Graham Tull, warned that the budget was a fantasy.',
  short: 'Graham Tull',
});
const launched = turn('When was Velotrin launched in Germany?', {
  quote: 'It will be launched in Germany in March 2022.',
  short: 'March 2022',
});
const suitable = turn('Is Velotrin suitable for children?', { quote: 'The drug is not suitable for children.' });
const plants = turn('Did Kestrel close any plants?', { quote: 'Kestrel wants to shut three plants.' });
const architect = turn('Who is the architect of the new hospital?', {
  quote: 'The work is led by the architect Sofia Lund.',
  short: 'Sofia Lund',
});
const damaged = turn('When was the hospital of Olmeda damaged?', {
  quote: 'Olmeda’s hospital, heavily damaged on that day, is being rebuilt.',
});
const patients = turn('How many patients took part in the study?', {
  quote: 'The study had 1,240 patients.',
  short: '1,240',
});
const points = turn('How many points a game did Petrović score?', {
  quote: 'He scored 43 points a game.',
  short: '43',
});
const thanks = turn('Thanks a lot!');

describe('condense understands people who talk', () => {
  it.each<[string, Turn[], string]>([
    ['How much did it cost?', [tram], 'How much did Line 7 cost?'],
    ['Who owns it?', [ship], 'Who owns the Maria Stella?'],
    ['And how many were rescued?', [died], 'How many people were rescued in the ferry accident?'],
    ['How many are still missing?', [died], 'How many people are still missing in the ferry accident?'],
    ['And how many passengers?', [died, thanks], 'How many passengers died in the ferry accident?'],
    ['How strong was it?', [quake], 'How strong was the Tavira earthquake?'],
    ['And its depth?', [quake], 'What was the depth of the Tavira earthquake?'],
    ['How much does it cost?', [dose], 'How much does Velotrin cost?'],
    ['When was it founded?', [founded], 'When was Dunmore founded?'],
    ['And the opposition leader?', [mayor], 'Who is the opposition leader?'],
    ['Did he criticise the budget?', [mayor, opponent], 'Did Graham Tull criticise the budget?'],
    ['And in the United States?', [launched], 'When was Velotrin launched in the United States?'],
    ['And what about adults?', [suitable], 'Is Velotrin suitable for adults?'],
    ['How many?', [plants], 'How many plants did Kestrel close?'],
    ['How many beds will it have?', [architect], 'How many beds will the hospital have?'],
    ['Is it being rebuilt?', [damaged], 'Is the hospital of Olmeda being rebuilt?'],
    ['How long did they take it?', [patients], 'How long did the patients take the study?'],
    ['Was he arrested?', [chancellor], 'Was Friedrich Merz arrested?'],
    [
      'When was that?',
      [signed],
      'When was it that Macron, Zelensky and British Prime Minister Keir Starmer signed the declaration of intent?',
    ],
  ])('%j after %j', (question, history, whole) => {
    expect(condense(question, history)).toBe(whole);
    expect(condense(whole, history)).toBe(whole);
  });

  it('takes no thing that somebody has counted for “they”', () => {
    expect(condense('Did they win?', [points])).not.toContain('points');
  });

  it('answers no thanks', () => {
    for (const said of ['Hello!', 'Thanks.', 'Thank you very much!', 'Ok, got it.'])
      expect(condense(said, [donetsk])).toBe(said);
  });
});

describe('condense fills', () => {
  it.each<[Turn[], string, string]>([
    // pronouns
    [[minister], 'What did she say?', 'What did Mette Frederiksen say?'],
    [[chancellor], 'What did he say about that plan?', 'What did Friedrich Merz say about that plan?'],
    [[chancellor], 'How old is he?', 'How old is Friedrich Merz?'],
    [[chancellor], 'What are his plans?', 'What are Friedrich Merz’s plans?'],
    [[chancellor], 'Who met him?', 'Who met Friedrich Merz?'],
    [[envoys], 'What did they say?', 'What did Steve Witkoff and Jared Kushner say?'],
    [[signed], 'What did they want?', 'What did Macron, Zelensky and Keir Starmer want?'],
    [[cautious], 'What do they fear?', 'What do the Ukrainian officials fear?'],
    [[force], 'What would it aim to provide?', 'What would the multinational force in Ukraine aim to provide?'],
    [[invasion], 'What does it want?', 'What does Russia want?'],
    [
      [meeting],
      'How many countries were represented there?',
      'How many countries were represented at the meeting in Paris?',
    ],
    [[donetsk], 'Who governs there?', 'Who governs in Donetsk?'],
    [[singer], 'What did she do after that?', 'What did Faith Hill do after that?'],
    // a chain: the antecedent stands in the question as it was searched
    [
      [
        chancellor,
        turn('What did he say about German forces?', { searched: 'What did Friedrich Merz say about German forces?' }),
      ],
      'Where would they be based?',
      'Where would the German forces be based?',
    ],
    [
      [
        chancellor,
        turn('How old is he?', { searched: 'How old is Friedrich Merz?' }),
        turn('Where was he born?', { searched: 'Where was Friedrich Merz born?' }),
      ],
      'And what are his plans?',
      'And what are Friedrich Merz’s plans?',
    ],
    // an unanswered question is a topic too
    [[turn('When was Macron elected?')], 'What did he say?', 'What did Macron say?'],
    // fragments
    [[donetsk], 'And Luhansk?', 'How much of the Luhansk region is under Russian control?'],
    [[donetsk], 'and luhansk?', 'How much of the Luhansk region is under Russian control?'],
    [[donetsk], 'Luhansk?', 'How much of the Luhansk region is under Russian control?'],
    [[donetsk], 'What about the Luhansk region?', 'How much of the Luhansk region is under Russian control?'],
    [[turn('What did Macron say about Greenland?')], 'And Starmer?', 'What did Starmer say about Greenland?'],
    [[turn('Will France send troops to Ukraine?')], 'And Germany?', 'Will Germany send troops to Ukraine?'],
    [
      [turn('What did Mette Frederiksen respond to?')],
      'What about the Greenlandic prime minister?',
      'What did the Greenlandic prime minister respond to?',
    ],
    [[minister], 'And the German chancellor?', 'Who is the German chancellor?'],
    [[meeting], 'And in Berlin?', 'What did Western allies agree on at the meeting in Berlin?'],
    [[countries], 'And how many heads of state?', 'How many heads of state took part in the meeting?'],
    [[turn('What is a backstop?')], 'And military hubs?', 'What are military hubs?'],
    [[cautious], 'Why?', 'Why are Ukrainian officials cautious about ceasefires?'],
    [[cautious], 'But why?', 'Why are Ukrainian officials cautious about ceasefires?'],
    [[invasion], 'Why?', 'Why did Russia first invade Ukraine?'],
    [[donetsk], 'Why?', 'Why is it that 75% of the Donetsk region is under Russian control?'],
    [[donetsk], 'Since when?', 'Since when is it that 75% of the Donetsk region is under Russian control?'],
    [[meeting], 'When?', 'When did Western allies agree on a monitoring mechanism at the meeting in Paris?'],
    [[signed], 'Who else?', 'Who else signed the declaration of intent?'],
    [[signed], 'How many?', 'How many people signed the declaration of intent?'],
    [[countries], 'Which ones?', 'Which countries took part in the meeting?'],
    [[turn('Will France send troops to Ukraine?')], 'How many?', 'How many troops will France send to Ukraine?'],
    [
      [turn('Will British troops be sent to Ukraine?')],
      'How many?',
      'How many British troops will be sent to Ukraine?',
    ],
    [
      [turn('How many British troops will be sent to Ukraine?')],
      'When?',
      'When will the British troops be sent to Ukraine?',
    ],
    [[turn('Does Russia accept the guarantees?')], 'Why not?', 'Why doesn’t Russia accept the guarantees?'],
    [[turn('When was the Coalition of the Willing founded?')], 'And NATO?', 'When was NATO founded?'],
    [[turn('Where did Zelensky meet Trump?')], 'When exactly?', 'When exactly did Zelensky meet Trump?'],
    // demonstratives
    [
      [force],
      'How would the US take part in this force?',
      'How would the US take part in the multinational force in Ukraine?',
    ],
    [[meeting], 'Who attended that meeting?', 'Who attended the meeting in Paris?'],
    [[invasion], 'What happened that year?', 'What happened in 2014?'],
    [[envoys], 'How is the latter related to Trump?', 'How is Jared Kushner related to Trump?'],
    [[envoys], 'What did the former say?', 'What did Steve Witkoff say?'],
    [[troops], 'Who said that?', 'Who said that Paris could deploy several thousand French troops?'],
    // topic
    [[meeting], 'Who attended?', 'About the meeting in Paris: who attended?'],
    [[singer], 'What else happened?', 'About Faith Hill: what else happened?'],
  ])('%#: %o → %s', (history, question, expected) => {
    expect(condense(question, history)).toBe(expected);
  });
});

describe('condense leaves alone, byte for byte,', () => {
  it.each<[Turn[], string]>([
    [[], 'What did she say?'],
    [[donetsk], 'When was Macron elected president of France?'],
    [[donetsk], 'How many heads of state took part in the Paris meeting?'],
    [[donetsk], '  how many solders could france send  '],
    // the pronoun stands for something in the same question
    [[minister], 'When did Russia launch its full-scale invasion?'],
    [[minister], 'What did Macron say about his plans?'],
    [[donetsk], 'What did Macron say when he met Merz?'],
    [[minister], 'Do the allies keep their promises?'],
    // the pronoun stands for nothing
    [[force], 'Is it true that Russia rejects a ceasefire?'],
    [[force], 'How long does it take to train a soldier?'],
    [[force], 'Is it possible to join the coalition?'],
    [[meeting], 'Is there a deadline for the Greenland talks?'],
    [[meeting], 'Were there protests in Berlin?'],
    // "that" joins or relates
    [[force], 'Did Merz say that compromises would be necessary?'],
    [[force], 'Which is the plan that Witkoff presented?'],
    [[force], 'Does Macron think that France agrees?'],
    // of today, and of the article
    [[invasion], 'What will happen this year?'],
    [[invasion], 'Who wrote this article?'],
    [[minister], 'Are there any other interesting aspects about this article?'],
    // another subject
    [[donetsk], 'What is universalism?'],
    [[donetsk], 'Who won the football World Cup in 2018?'],
    [[minister], 'What is the capital of Australia?'],
    // nobody who could be meant
    [[donetsk], 'What did she say?'],
    [[minister], 'What did he say?'.replace('he', 'it')],
    // no question of ours
    [[donetsk], 'Thanks!'],
    [[donetsk], 'ok'],
    [[donetsk], '???'],
    [[donetsk], ''],
    // other languages
    [[minister], 'Warum?'],
    [[donetsk], 'Und Luhansk?'],
    [[minister], 'Was sagte sie dazu?'],
    [[minister], 'Hvor er her?'],
    [[minister], '¿Qué he hecho?'],
    [[minister], 'Et pourquoi cela?'],
    [[minister], '彼女は何と言いましたか'],
    // too long to be a follow-up
    [[minister], `What did she say about ${'the very long story '.repeat(40)}?`],
  ])('%#: %o %s', (history, question) => {
    expect(condense(question, history)).toBe(question);
  });
});

const adeyemi = turn('And Grace Adeyemi?', {
  searched: 'When was Grace Adeyemi elected?',
  quote: 'Grace Adeyemi was elected mayor of Southport in 2023.',
  short: '2023',
});
const marsh = [
  turn('Where was Helen Marsh born?', { quote: 'Helen Marsh was born in Leeds in 1968.', short: 'Leeds' }),
  turn('When was she elected?', {
    searched: 'When was Helen Marsh elected?',
    quote: 'In 2019 she was elected mayor of Northgate.',
    short: '2019',
  }),
  adeyemi,
];
const husband = turn('Who is her husband?', { searched: 'Who is Grace Adeyemi’s husband?' });
const bridge = turn('Who built it?', {
  searched: 'Who built the Northgate Bridge?',
  quote: 'The repairs cost 62 million pounds, the builders said.',
  short: 'builders',
});
const france = [
  turn('Did Britain send troops?', { quote: 'Britain did not send troops.' }),
  turn('And France?', { searched: 'Did France send troops?', quote: 'France sent 400 soldiers.' }),
  turn('How many?', {
    searched: 'How many troops did France send?',
    quote: 'France sent 400 soldiers.',
    short: '400',
  }),
];
const awards = turn('Who won three awards?', { quote: 'The film ‘Salt Road’ won three awards.', short: 'Salt Road' });
const hill = turn('When did Hill win?', { quote: 'Hill won in 2020.', short: '2020' });
const approved = [
  turn('What are the side effects of Zelofen?', {
    quote: 'Zelofen causes drowsiness in some patients.',
    short: 'drowsiness',
  }),
  turn('And when was it approved?', {
    searched: 'And when was Zelofen approved?',
    quote: 'The agency approved Zelofen on 5 September 2024.',
    short: '5 September 2024',
  }),
  turn('And by whom was it approved?', {
    searched: 'And by whom was Zelofen approved?',
    quote: 'The agency approved Zelofen on 5 September 2024.',
    short: 'The agency',
  }),
];
const turkey = turn('And Turkey?', { searched: 'Who represented Turkey?' });
const guarantees = [
  turn('What did Trump say about Greenland?', {
    quote: 'It followed recent comments by U.S. President Donald Trump regarding U.S. interest in Greenland.',
    short: 'interest',
  }),
  turn('How long are the guarantees?', {
    quote: 'President Zelensky confirmed that the United States had offered 15 years of security guarantees.',
    short: '15 years',
  }),
];
const commander = [
  turn('Who commanded the defence?', {
    quote: 'General Ivan Petrow commanded the defence.',
    short: 'Ivan Petrow',
  }),
  turn('What did France send?', { quote: 'Nobody believes that France sent tanks.', short: 'tanks' }),
];
const plan = turn('And the Enterprise plan?', {
  searched: 'How much does the Enterprise plan cost?',
  quote: 'The Enterprise plan is available only to companies with more than 50 employees.',
  short: 'more than 50',
});

describe('condense takes whom the last question is about', () => {
  it.each<[Turn[], string, string]>([
    [marsh, 'Who is her husband?', 'Who is Grace Adeyemi’s husband?'],
    [[bridge, turn('What about the strike?')], 'How long did it last?', 'How long did the strike last?'],
    [[awards, hill], 'Why did he not win?', 'Why did Hill not win?'],
    [france, 'When?', 'When did France send 400 troops?'],
    [[turn('What happened in 2020?')], 'And in 2021?', 'What happened in 2021?'],
    [guarantees, 'Who offered them?', 'Who offered the guarantees?'],
    [[plan], 'How many projects does it include?', 'How many projects does the Enterprise plan include?'],
    [[plan], 'and how much is it', 'and how much is the Enterprise plan'],
    [[turn('Who won the prize for best director?')], 'And best actor?', 'Who won the prize for best actor?'],
  ])('%#: %o → %s', (history, question, expected) => {
    expect(condense(question, history)).toBe(expected);
  });

  it.each<[Turn[], string]>([
    [[...marsh, husband], 'What does he teach?'],
    [[bridge], 'What about the strike?'],
    [[bridge], 'And gift cards?'],
    [[awards], 'Who is he?'],
    [[awards, hill], 'What happened in 2020?'],
    [france, 'Did it end in 1921?'],
    [approved, 'What did they say?'],
    [[envoys, turkey], 'Does Russia accept it?'],
    [guarantees.slice(0, 1), 'What did she say?'],
    [commander, 'Did she sell weapons?'],
  ])('and nobody where none fits: %#: %o %s', (history, question) => {
    expect(condense(question, history)).toBe(question);
  });
});

describe('condense', () => {
  it('takes the last who fits, and goes on with whom the pronoun meant before', () => {
    expect(condense('How old is he?', [chancellor, troops])).toBe('How old is Macron?');
    const asked = turn('Whom did he meet?', {
      searched: 'Whom did Friedrich Merz meet?',
      quote: 'Merz met President Donald Trump in Florida.',
      short: 'President Donald Trump',
    });
    expect(condense('What did he ask for?', [chancellor, asked])).toBe('What did Friedrich Merz ask for?');
  });

  it('takes whom the question named for “he”, when it asked who that is', () => {
    const asked = turn('Who is Steve Witkoff?', {
      quote: 'The group includes Steve Witkoff and Jared Kushner, the son-in-law of the president.',
      short: 'Jared Kushner',
    });
    expect(condense('What does he think?', [asked])).toBe('What does Steve Witkoff think?');
  });

  it('does not take for a “she” whom an earlier question called “he”', () => {
    const asked = turn('Whom did he meet?', {
      searched: 'Whom did Friedrich Merz meet?',
      quote: 'Merz met Prime Minister Mette Frederiksen in Berlin.',
      short: 'Prime Minister Mette Frederiksen',
    });
    expect(condense('What did she say?', [chancellor, asked])).toBe('What did Mette Frederiksen say?');
  });

  it('takes no headline for a name', () => {
    const asked = turn('What was decided?', { quote: 'A mechanism was decided on.', title: 'Paris Meeting Convenes' });
    expect(condense('What did he say?', [asked])).toBe('What did he say?');
  });

  it('reads an answer that has a text alone', () => {
    const asked = turn('Who is the German chancellor?');
    asked.answer.text = 'It is Chancellor Friedrich Merz. [1]';
    expect(condense('How old is he?', [asked])).toBe('How old is Friedrich Merz?');
  });

  it('makes no question that is longer than 400 characters', () => {
    const long = turn(`Does ${'the very long name of a thing '.repeat(12)}matter to Macron?`);
    for (const question of ['Why?', 'When?', 'And Starmer?', 'What did he say?']) {
      expect(condense(question, [long]).length).toBeLessThanOrEqual(400);
    }
  });
});

const words = fc.constantFrom(
  ...'And Why? What about the US? that meeting he she it they there their Macron Luhansk of in Paris did say “ ” ( ) \n 75% 2014 else former latter who How many is'.split(
    ' ',
  ),
);
const questions = fc.oneof(
  fc.array(words, { maxLength: 12 }).map((it) => it.join(' ')),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);
const turns = fc.array(
  fc
    .tuple(questions, questions, questions, questions, questions)
    .map(([question, quote, short, searched, title]) => turn(question, { quote, short, searched, title })),
  { maxLength: 6 },
);

describe('whatever was said before, condense', () => {
  property.prop([questions])('never changes a first question', (question) => {
    expect(condense(question, [])).toBe(question);
  });

  property.prop([questions, turns])('never throws, and keeps within 400 characters', (question, history) => {
    const condensed = condense(question, history);
    if (condensed !== question) expect(condensed.length).toBeLessThanOrEqual(400);
  });

  property.prop([questions, turns])('leaves what it has made alone', (question, history) => {
    const condensed = condense(question, history);
    expect(condense(condensed, history)).toBe(condensed);
  });

  property.prop([questions, turns])('leaves the history as it is', (question, history) => {
    const before = structuredClone(history);
    condense(question, history);
    expect(history).toEqual(before);
  });

  it('reads no more than it must of a huge history', () => {
    const huge = 'President Macron said that Paris and Berlin, (the “talks”) '.repeat(20_000);
    const history = Array.from({ length: 50 }, () => turn(huge, { quote: huge, short: huge, title: huge }));
    expect(condense('What did he say?', history)).toBe('What did Macron say?');
  });
});
