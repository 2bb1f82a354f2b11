/** What LangChain's providers call things differently. */

/** How a provider takes what the others take under another name. */
export interface ChatProvider {
  /** The constructor fields that lead to another server. */
  at?: (url: string) => Record<string, unknown>;
  /** The call options that hold a reply to a JSON Schema while it streams. Without: the prompt asks for plain lines. */
  heldTo?: (schema: Record<string, unknown>) => Record<string, unknown>;
  /** Further constructor fields; `most` is the longest reply in tokens. */
  fields?: (most: number) => Record<string, unknown>;
  /** Are there servers of its kind, at other addresses, that want no key? Their clients refuse to do without. */
  isKeyOptional?: boolean;
}

const responseFormat: ChatProvider['heldTo'] = (schema) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
});

const openAi: ChatProvider = {
  at: (baseURL) => ({ configuration: { baseURL } }),
  heldTo: responseFormat,
  // While it streams, LangChain leaves out the field in which a model declines.
  fields: () => ({ __includeRawResponse: true }),
  isKeyOptional: true,
};

/** Of Ollama's window of context, which is 4,096 tokens otherwise and silently loses the beginning. In tokens. */
const OLLAMA_WINDOW = 16_384;

/** Those not named here work as far as LangChain's common names reach. */
export const chatProviders: Readonly<Record<string, ChatProvider>> = {
  openai: openAi,
  deepseek: { at: (baseURL) => ({ configuration: { baseURL } }) },
  together: openAi,
  fireworks: openAi,
  xai: openAi,
  groq: { at: (baseUrl) => ({ baseUrl }) },
  anthropic: {
    at: (anthropicApiUrl) => ({ anthropicApiUrl }),
    heldTo: (schema) => ({ outputConfig: { format: { type: 'json_schema', schema } } }),
  },
  ollama: {
    at: (baseUrl) => ({ baseUrl }),
    heldTo: (schema) => ({ format: schema }),
    fields: (most) => ({ numPredict: most, numCtx: OLLAMA_WINDOW }),
  },
  mistral: { at: (serverURL) => ({ serverURL }) },
  mistralai: { at: (serverURL) => ({ serverURL }) },
  'google-genai': { at: (baseUrl) => ({ baseUrl }), fields: (most) => ({ maxOutputTokens: most }) },
};
