import { describe, expect, it } from 'vitest';
import { harbour } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';

describe('the page on which a person asks', () => {
  it('says first of all, where there is no JavaScript, what it is needed for; then come the documents', async () => {
    const { url } = await serve({ config: { language: 'de' } });
    const markup = await (await fetch(url)).text();
    const needed = markup.indexOf('<noscript><p>Um hier eine Frage zu stellen');
    const documents = markup.indexOf('Jede Antwort ist aus diesen 2 Dokumenten zitiert:');
    expect(needed).toBeGreaterThan(0);
    expect(documents).toBeGreaterThan(needed);
    expect(markup).toContain(`href="/sources/${harbour.id.split('/').map(encodeURIComponent).join('/')}"`);
  });
});
