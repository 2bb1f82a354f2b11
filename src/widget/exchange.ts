/** What goes to the server, and comes back into the talk. */
import type { Citation } from '../types.ts';
import type { Endpoint } from './endpoint.ts';
import { AskFailed } from './failure.ts';
import type { Talk, Turn } from './memory.ts';

export interface Exchange {
  /**
   * The answer into the turn, its text and citations told as they come. Where the conversation has expired, the question is asked once
   * more, on its own. Throws AskFailed; an AbortError once the signal is aborted.
   */
  receive: (
    turn: Turn,
    onText: (text: string, citations: Map<number, Citation>) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Keeps the reader's judgement, null to take it back. Throws AskFailed. */
  rate: (turn: Turn, value: 'up' | 'down' | null, note: string) => Promise<void>;
}

/** @param documents The documents to ask (ids); null for all. */
export function createExchange(endpoint: Endpoint, talk: Talk, documents: string[] | null): Exchange {
  return {
    async receive(turn, onText, signal) {
      let text = '';
      const citations = new Map<number, Citation>();
      const progress = {
        onCitation: (citation: Citation) => void citations.set(citation.number, citation),
        onText(delta: string) {
          text += delta;
          onText(text, citations);
        },
      };
      const asked = { question: turn.question, documents };
      const { conversationId, ...answer } = await endpoint
        .ask({ ...asked, conversationId: talk.conversationId }, progress, signal)
        .catch((error: unknown) => {
          if (!(error instanceof AskFailed && error.failure.code === 'CONVERSATION_UNKNOWN')) throw error;
          talk.conversationId = null;
          turn.expired = true;
          return endpoint.ask({ ...asked, conversationId: null }, progress, signal);
        });
      talk.conversationId = conversationId;
      Object.assign(turn, { state: 'answered', answer, conversationId });
    },
    async rate(turn, value, note) {
      const { answer, conversationId, rating } = turn;
      if (answer === null || conversationId === null) return;
      const before = talk.turns.slice(0, talk.turns.indexOf(turn));
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
      turn.rating = value === null ? null : { value, id, note };
    },
  };
}
