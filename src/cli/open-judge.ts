import { PullquoteError } from '../errors.ts';
import { type ChatModel, openChatModel } from '../inference/chat-model.ts';
import type { Config } from '../settings.ts';

/** Least seconds for an opinion or a passage's questions: nobody waits for them. */
const LEAST_TIMEOUT = 60;

/**
 * The chat model that judges answers and drafts questions: PULLQUOTE_JUDGE, else the one that writes the answers. Nothing is sent yet. Throws USAGE where neither
 * is set, CHAT_MODEL_….
 */
export async function openJudge(config: Config): Promise<ChatModel> {
  const { judge, chatModel } = config;
  const timeoutMs = Math.max(LEAST_TIMEOUT, config.chatModelTimeout) * 1_000;
  if (judge !== null) {
    const { judgeUrl: url, judgeKey: key } = config;
    return await openChatModel({ name: judge, url, key, timeoutMs, setting: 'PULLQUOTE_JUDGE' });
  }
  if (chatModel === null) {
    throw new PullquoteError('USAGE', '--judge needs a chat model: set PULLQUOTE_JUDGE or PULLQUOTE_MODEL');
  }
  return await openChatModel({ name: chatModel, url: config.chatModelUrl, key: config.chatModelKey, timeoutMs });
}
