/**
 * Made by bench/fit-confidence.ts on XQuAD-en (half a, 612 questions); not to be edited by hand. Cross-validated by article, the paragraph
 * that answers left out of the search in all paragraphs (all) or in its article's (article), left out of the index (index), or the
 * question asked of another article (foreign). AUROC: answerable against not. Calibration error: against "the quote holds the answer".
 *
 * all: AUROC 0.9678, calibration error 0.033 (1223 asked)
 * article: AUROC 0.9801, calibration error 0.038 (1223 asked)
 * index: AUROC 0.967, calibration error 0.031 (1223 asked)
 * foreign: AUROC 0.9984, calibration error 0.061 (1223 asked)
 * all, halves: AUROC 0.9667, calibration error 0.037
 *
 * The threshold is the middle of those that best balance the share of the answerable that is answered right (0.806) and of the rest that is declined (0.928).
 */
export const coefficients = {
  bias: -9.0315,
  weights: {
    margin: 0.142,
    score: 0.7023,
    bm25: -0.0678,
    coverage: 3.9627,
    rarity: 4.3283,
    cosine: 4.2205,
    lead: 0.0586,
  },
  threshold: 0.33,
  /** Of "all", above. */
  crossValidated: { auroc: 0.9678, calibrationError: 0.033 },
  /** Of "all", fitted on one half of the articles and judged on the other, with its reliability diagram: ten bins of confidence. */
  halves: {
    auroc: 0.9667,
    calibrationError: 0.037,
    reliability: [
      { asked: 446, confidence: 0.025, right: 0.016 },
      { asked: 91, confidence: 0.144, right: 0.088 },
      { asked: 47, confidence: 0.249, right: 0.234 },
      { asked: 32, confidence: 0.344, right: 0.281 },
      { asked: 38, confidence: 0.452, right: 0.368 },
      { asked: 34, confidence: 0.553, right: 0.412 },
      { asked: 32, confidence: 0.661, right: 0.75 },
      { asked: 62, confidence: 0.755, right: 0.71 },
      { asked: 86, confidence: 0.859, right: 0.767 },
      { asked: 355, confidence: 0.963, right: 0.93 },
    ],
  },
};
