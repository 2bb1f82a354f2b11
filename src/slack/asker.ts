/** From a question in Slack to its answer: one at a time in a thread, many at once elsewhere. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { PullquoteError } from '../errors.ts';
import type { Answer, Chatbot } from '../types.ts';
import { type DocumentScopes, documentsFor } from './access.ts';
import { answerMessage } from './format/answer-message.ts';
import type { Message } from './format/message.ts';
import { failed, greeting, isOfAsker, noDocuments } from './format/texts.ts';
import type { Heard } from './hear.ts';
import { looksLikeQuestion } from './question-text.ts';
import type { Reply } from './reply.ts';
import { type SlackTurn, type Thread, type ThreadPlace, type Threads, threadId } from './threads.ts';

export interface AskerOptions {
  chatbot: Chatbot;
  threads: Threads;
  scopes: DocumentScopes;
  /** Put before each link. */
  baseUrl: string;
  /** Questions being answered at once. */
  queue: number;
  /** Aborted when answers under way can be waited for no longer. */
  closing: AbortSignal;
  logger: Logger;
}

export interface Asked extends ThreadPlace {
  /** Timestamp of the message that asks, or another name for it that stays the same. */
  message: string;
  user: string;
  question: string;
  /** Finds what went wrong in the log; the event's id. */
  reference: string;
  /** An earlier process was killed over it: what it may have kept is shown again. */
  resumed: boolean;
}

export interface Asker {
  /** Answers, unless this very question has been. Throws ABORTED when the bot closes before it is answered. */
  ask(asked: Asked, replyAfter: ReplyAfter): Promise<void>;
  /** Is something that was said without a mention meant for the bot? */
  isMeant(place: ThreadPlace, heard: Heard & { kind: 'overheard' }): Promise<boolean>;
  /** The message that asked is gone: its answer, if still under way, is not wanted any more. */
  withdraw(team: string, channel: string, message: string): void;
}

/** `earlier`: what the same message asked before it was edited. `isFirst`: nothing was answered in the thread yet. */
type ReplyAfter = (earlier: SlackTurn | null, isFirst: boolean) => Promise<Reply>;

interface UnderWay {
  question: string;
  /** Aborted when the question is deleted, or is another one now. */
  withdrawn: AbortController;
  deleted: boolean;
  settled: Promise<void>;
}

const FEEDBACK_KEY_BYTES = 32;

/** Who only wants to know what this is. */
const WONDERING =
  /^(?:help|hello|hi|hey|what can (?:i|we) ask(?: about| you)?|what can you do|what do you know)?[\s?.!]*$/i;

export function createAsker(options: AskerOptions): Asker {
  const { chatbot, threads, scopes, baseUrl, queue, closing, logger } = options;
  const underWay = new Map<string, UnderWay>();
  const lines = new Map<string, Promise<unknown>>();

  /** Work on one thread waits for the work before it: a follow-up needs to know what it follows. */
  function inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const done = (lines.get(id) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => undefined).finally(() => lines.get(id) === settled && lines.delete(id));
    lines.set(id, settled);
    return done;
  }

  async function ask(asked: Asked, replyAfter: ReplyAfter): Promise<void> {
    const key = JSON.stringify([asked.team, asked.channel, asked.message]);
    const running = underWay.get(key);
    if (running?.question === asked.question) return; // the same message comes as a mention and as a message
    const isFull = underWay.size >= queue;
    const withdrawn = new AbortController();
    const entry: UnderWay = { question: asked.question, withdrawn, deleted: false, settled: Promise.resolve() };
    const work = (async () => {
      running?.withdrawn.abort(); // it was edited: only its last words count
      await running?.settled;
      const id = threadId(asked);
      const thread = await threads.read(id);
      const earlier = turnOf(thread, asked.message);
      if (earlier?.question === asked.question && !asked.resumed) return;
      const reply = await replyAfter(earlier, thread === null || thread.turns.length === 0);
      if (isFull)
        return sayInstead(reply, id, failed(new PullquoteError('BUSY', 'too many questions'), asked.reference));
      await answerInto(reply, asked, id, withdrawn.signal);
      if (entry.deleted) await reply.withdraw(); // while its answer was being shown
    })();
    entry.settled = work.catch(() => undefined);
    underWay.set(key, entry);
    await work.finally(() => underWay.get(key) === entry && underWay.delete(key));
  }

  /** Words that are no answer; the bot is in the thread all the same, and a question there is for it. */
  async function sayInstead(reply: Reply, id: string, message: Message): Promise<void> {
    const stay = async () => threads.write(id, { turns: (await threads.read(id))?.turns ?? [], speaker: null });
    await Promise.all([inLine(id, stay), reply.show(message)]);
  }

  async function answerInto(reply: Reply, asked: Asked, id: string, withdrawn: AbortSignal): Promise<void> {
    const { documents: known } = chatbot.corpus();
    const documents = documentsFor(scopes, asked.channel, known.keys());
    if (documents?.length === 0) return reply.show(noDocuments);
    if (WONDERING.test(asked.question)) {
      const named = [...known.values()].filter(({ id }) => documents?.includes(id) ?? true);
      return sayInstead(reply, id, greeting(named, baseUrl));
    }
    await reply.reading();
    let message: Message;
    try {
      message = await inLine(id, () => messageFor(reply, asked, id, documents, withdrawn));
    } catch (error) {
      if (withdrawn.aborted) return reply.withdraw();
      if (closing.aborted) throw new PullquoteError('ABORTED', 'the bot closes', {}, error);
      const level = isOfAsker(error) ? 'info' : 'error';
      logger[level]({ err: error, event: asked.reference }, 'a question from Slack could not be answered');
      return sayInstead(reply, id, failed(error, asked.reference));
    }
    await reply.show(message);
  }

  /** Answers, keeps the turn, and only then has it shown: a button must never lead to nothing. */
  async function messageFor(
    reply: Reply,
    asked: Asked,
    id: string,
    documents: string[] | null,
    withdrawn: AbortSignal,
  ): Promise<Message> {
    const { message, user, question } = asked;
    const thread = (await threads.read(id)) ?? { turns: [], speaker: null };
    const key = `${id}:${message}`;
    const kept = turnOf(thread, message);
    if (kept?.question === question) return answerMessage(kept.answer, { baseUrl, key });

    const place = kept === null ? thread.turns.length : thread.turns.indexOf(kept);
    const said: string[] = [];
    const answer: Answer = await chatbot.ask(question, {
      history: thread.turns.slice(0, place).map((turn) => ({ question: turn.question, answer: turn.answer })),
      signal: AbortSignal.any([withdrawn, closing]),
      ...(documents && { documents }),
      onStatement(statement) {
        said.push(statement.text);
        reply.progress([...said]);
      },
    });
    // Whoever takes no notice of the signal has answered all the same.
    withdrawn.throwIfAborted();
    const turn: SlackTurn = {
      question,
      answer,
      asked: message,
      user,
      reply: reply.ts(),
      feedbackKey: randomBytes(FEEDBACK_KEY_BYTES).toString('base64url'),
      ...(documents && { documents }),
    };
    await threads.write(id, { turns: thread.turns.toSpliced(place, 1, turn), speaker: null });
    return answerMessage(answer, { baseUrl, key });
  }

  return {
    ask,
    isMeant(place, heard) {
      const id = threadId(place);
      return inLine(id, async () => {
        const thread = await threads.read(id);
        if (thread === null) return false;
        if (turnOf(thread, heard.message) !== null) return true; // a question of ours was edited
        if (!heard.inThread || heard.edited) return false;
        const { speaker } = thread;
        if (!heard.aside && looksLikeQuestion(heard.question) && (speaker === null || speaker === heard.user))
          return true;
        // People talk to each other now; a mention brings the bot back.
        await threads.write(id, { ...thread, speaker: heard.user });
        return false;
      });
    },
    withdraw(team, channel, message) {
      const entry = underWay.get(JSON.stringify([team, channel, message]));
      if (!entry) return;
      entry.deleted = true;
      entry.withdrawn.abort();
    },
  };
}

function turnOf(thread: Thread | null, message: string): SlackTurn | null {
  return thread?.turns.find(({ asked }) => asked === message) ?? null;
}
