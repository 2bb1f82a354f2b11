/** A server that speaks OpenAI's chat completions as a stream, and keeps what it was sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface OpenAiRequest {
  authorization: string | undefined;
  messages: { role: string; content: string }[];
  response_format?: { type: string };
  temperature?: number;
}

/** `reply` gives a model's words, or a status to fail with. */
export async function startOpenAi(reply: (request: OpenAiRequest) => string | number) {
  const requests: OpenAiRequest[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    req.on('end', () => {
      const request = { ...JSON.parse(body), authorization: req.headers.authorization } as OpenAiRequest;
      requests.push(request);
      const words = reply(request);
      if (typeof words === 'number') {
        res.writeHead(words, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ error: { message: `no, ${request.authorization}`, type: 'invalid_request_error' } }));
        return;
      }
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      const send = (choices: object[], usage?: object) =>
        res.write(
          `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...(usage && { usage }) })}\n\n`,
        );
      for (const piece of words.match(/[\s\S]{1,7}/g) ?? [])
        send([{ index: 0, delta: { role: 'assistant', content: piece } }]);
      send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
      send([], { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 });
      res.end('data: [DONE]\n\n');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}
