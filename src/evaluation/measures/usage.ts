import type { Prices, QuestionMeasure, Result } from '../types.ts';

function tokens(of: 'input' | 'output', { answer }: Result): number | null {
  return answer?.model?.usage?.[of] ?? null;
}

/** Tokens a question as the chat model's provider counts them. */
export function tokensMeasure(direction: 'input' | 'output'): QuestionMeasure {
  return {
    name: direction === 'input' ? 'inputTokens' : 'outputTokens',
    title: direction === 'input' ? 'Tokens in' : 'Tokens out',
    definition: `Tokens ${direction === 'input' ? 'sent to' : 'written by'} the chat model for a question, as its provider counts them.`,
    from: 'the provider’s usage report',
    better: 'lower',
    unit: 'tokens',
    of: (_, result) => tokens(direction, result),
  };
}

/** What a question costs at given prices. */
export function costMeasure(prices: Prices): QuestionMeasure {
  return {
    name: 'cost',
    title: 'Cost a question',
    definition: `What a question costs at ${prices.input} for a million tokens in and ${prices.output} for a million out.`,
    from: 'the provider’s usage report and --prices',
    better: 'lower',
    unit: 'money',
    of(_, result) {
      const [input, output] = [tokens('input', result), tokens('output', result)];
      return input === null || output === null ? null : (input * prices.input + output * prices.output) / 1e6;
    },
  };
}
