import type { Engine } from '../engine.ts';
import type { Turn } from '../types.ts';
import { type Asker, documentsFor } from './asker.ts';
import { draftOf, rankingOf } from './ranking.ts';

/** Asks the engine of this process. The ranking is made beside the answer, as the answer does not show it, and its time is not counted. */
export function askInProcess({ chatbot, models, index }: Engine): Asker {
  const { generation, documents } = chatbot.corpus();
  const all = [...documents.keys()];
  return {
    where: 'in process',
    generation,
    documents: all,
    async ask(task, signal) {
      const { question, history: earlier } = task.example;
      const scope = documentsFor(task, all);
      const options = { ...(scope && { documents: scope }), ...(signal && { signal }) };
      const history: Turn[] = [];
      for (const before of earlier) {
        history.push({ question: before, answer: await chatbot.ask(before, { ...options, history: [...history] }) });
      }
      const started = performance.now();
      const answer = await chatbot.ask(question, { ...options, ...(history.length > 0 && { history }) });
      const ms = performance.now() - started;
      const { standaloneQuestion } = answer;
      const searched = history.length > 0 ? standaloneQuestion : question.trim();
      const draft = await draftOf(models, index(), searched, scope);
      return { answer, ms, ranking: await rankingOf(models, index(), searched, draft, scope) };
    },
    document: async (id) => documents.get(id) ?? null,
  };
}
