/**
 * SQuAD's normalisation, as words: lower case, no punctuation, no articles (Rajpurkar et al. 2016). As in its script, accented letters are
 * letters: there is no article in "María".
 */
export function normalizeAnswer(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu, ' ')
    .split(/\s+/)
    .filter(Boolean);
}
