/** Made by bench/fit-confidence.ts; not to be edited by hand. */
export const coefficients = {
  bias: 0,
  weights: { margin: 0.1, score: 0, bm25: 0, coverage: 0, cosine: 0, lead: 0 },
  threshold: 0.5,
};
