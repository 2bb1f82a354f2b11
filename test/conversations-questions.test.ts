import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { condense } from '../src/answering/condense.ts';
import type { Answer, Turn } from '../src/types.ts';
import { engineFor } from './support/real-engine.ts';

/** One turn of a fixed conversation; see questions/README.md for `words`. */
interface FixedTurn {
  question: string;
  expect: {
    kind: Answer['kind'];
    words?: string[][];
    /** Ids of which at least one must be cited. */
    documents?: string[];
    /** All of them stand in the question as searched. */
    standalone?: string[];
    /** The question stands alone: it is searched as it was asked. */
    alone?: boolean;
  };
  /** Why the chain is known to fail here. */
  knownMiss?: string;
}

interface FixedConversation {
  id: string;
  turns: FixedTurn[];
}

const conversations = JSON.parse(
  await readFile(new URL('questions/conversations.json', import.meta.url), 'utf8'),
) as FixedConversation[];
/** Each of the other fixed questions stands alone. */
const alone = JSON.parse(await readFile(new URL('questions/articles.json', import.meta.url), 'utf8')) as {
  question: string;
}[];
const engine = engineFor();

async function ask(question: string, history: readonly Turn[]): Promise<Turn> {
  return { question, answer: await engine().chatbot.ask(question, { history: [...history] }) };
}

/** What is wrong with an answer, or null. */
function fault(answer: Answer, { question, expect: wanted }: FixedTurn): string | null {
  const searched = answer.standaloneQuestion;
  if (wanted.alone === true && searched !== question) return `searched for “${searched}”`;
  const unsaid = (wanted.standalone ?? []).filter((words) => !searched.toLowerCase().includes(words.toLowerCase()));
  if (unsaid.length > 0) return `searched for “${searched}”, without ${unsaid.join('; ')}`;
  if (answer.kind !== wanted.kind)
    return `${answer.kind} (confidence ${answer.confidence.toFixed(2)}), searched for “${searched}”`;
  const said = [answer.shortAnswer?.text ?? '', ...answer.citations.map(({ quote }) => quote)].join('\n').toLowerCase();
  const missing = (wanted.words ?? []).filter((group) => !group.some((words) => said.includes(words.toLowerCase())));
  if (missing.length > 0) return `without ${missing.map((group) => group.join(' or ')).join('; ')}`;
  const { documents } = wanted;
  if (documents && !answer.citations.some(({ document }) => documents.includes(document.id))) return 'cites others';
  return null;
}

describe('the fixed conversations on the five articles', () => {
  it('hold at least twelve follow-ups, each conversation with its own id', () => {
    const followUps = conversations.flatMap(({ turns }) => turns.slice(1)).filter((turn) => turn.expect.alone !== true);
    expect(followUps.length).toBeGreaterThanOrEqual(12);
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(conversations.length);
  });

  for (const { id, turns } of conversations) {
    it(`${id}: ${turns.map(({ question }) => question).join(' – ')}`, async () => {
      const history: Turn[] = [];
      for (const turn of turns) {
        const asked = await ask(turn.question, history);
        const found = fault(asked.answer, turn);
        if (turn.knownMiss === undefined) expect.soft(found, turn.question).toBeNull();
        else expect.soft(found, `${turn.question}: no miss any more, take knownMiss away`).not.toBeNull();
        history.push(asked);
      }
      // A change of subject is respected, whatever was spoken of.
      for (const { question } of alone) expect.soft(condense(question, history)).toBe(question);
    });
  }
});
