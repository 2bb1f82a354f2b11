/** What goes to the server, and comes back into the talk. */
import type { Citation } from '../types.ts';
import type { Endpoint } from './endpoint.ts';
import { AskFailed } from './failure.ts';
import type { Turn } from './memory.ts';

/** What an answer changes of its turn. */
export type Received = Pick<Turn, 'state' | 'answer' | 'conversationId' | 'expired'>;

export interface Exchange {
  /**
   * What becomes of the question, its text and citations told as they come. Where the conversation has expired, it is asked once more, on its own.
   * Throws AskFailed; an AbortError once the signal is aborted.
   */
  receive: (
    asked: { question: string; conversationId: string | null },
    onText: (text: string, citations: Map<number, Citation>) => void,
    signal: AbortSignal,
  ) => Promise<Received>;
  /** Keeps the reader's judgement, null to take it back; what it is then. Throws AskFailed. `earlier`: the turns before, oldest first. */
  rate: (turn: Turn, earlier: readonly Turn[], value: 'up' | 'down' | null, note: string) => Promise<Turn['rating']>;
}

/** @param documents The documents to ask (ids); null for all. */
export function createExchange(endpoint: Endpoint, documents: string[] | null): Exchange {
  return {
    async receive({ question, conversationId }, onText, signal) {
      let text = '';
      let expired = false;
      const citations = new Map<number, Citation>();
      const progress = {
        onCitation: (citation: Citation) => void citations.set(citation.number, citation),
        onText(delta: string) {
          text += delta;
          // Words that no citation came before are no statement, and in the server's language: the answer says it in ours.
          if (citations.size > 0) onText(text, citations);
        },
      };
      const received = await endpoint
        .ask({ question, documents, conversationId }, progress, signal)
        .catch((error: unknown) => {
          if (!(error instanceof AskFailed && error.failure.code === 'CONVERSATION_UNKNOWN')) throw error;
          expired = true;
          return endpoint.ask({ question, documents, conversationId: null }, progress, signal);
        });
      const { conversationId: now, ...answer } = received;
      return { state: 'answered', answer, conversationId: now, expired };
    },
    async rate({ answer, conversationId, rating }, before, value, note) {
      if (answer === null || conversationId === null) return rating;
      const earlier = before.filter((it) => it.conversationId === conversationId);
      const id = await endpoint.rate({
        rating: value,
        ...(note && { note }),
        ...(rating && { id: rating.id }),
        conversationId,
        answer,
        history: earlier.map(({ question }) => question),
        ...(documents && { documents }),
      });
      return value === null ? null : { value, id, note };
    },
  };
}
