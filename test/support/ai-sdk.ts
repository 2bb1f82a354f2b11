import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';

/** Asks with the AI SDK's own client, as `useChat` does; the message that it ends with. */
export async function askWithAiSdk<Message extends UIMessage = UIMessage<unknown, Record<string, unknown>>>(
  url: string,
  messages: Message[],
  body: object = {},
): Promise<Message> {
  const transport = new DefaultChatTransport<Message>({ api: `${url}/api/chat`, body });
  const stream = await transport.sendMessages({
    chatId: 'chosen-by-the-client',
    messageId: undefined,
    trigger: 'submit-message',
    messages,
    abortSignal: undefined,
  });
  let last: Message | undefined;
  for await (const message of readUIMessageStream<Message>({ stream, terminateOnError: true })) last = message;
  if (!last) throw new Error('no message');
  return last;
}

/** A message of the person who asks. */
export function said(text: string): { id: string; role: 'user'; parts: { type: 'text'; text: string }[] } {
  return { id: text, role: 'user', parts: [{ type: 'text', text }] };
}
