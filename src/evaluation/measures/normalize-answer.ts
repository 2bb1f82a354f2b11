/** SQuAD's normalisation, as words: lower case, no punctuation, no articles (Rajpurkar et al. 2016). */
export function normalizeAnswer(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}
