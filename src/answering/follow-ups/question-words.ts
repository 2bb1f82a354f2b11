/** An auxiliary verb, as part of a regular expression. */
export const AUXILIARY = '(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)';

/** How a question or a request begins. */
export const ASKING = new RegExp(
  `^(?:(?:in|on|at|to|by|for|from|with|since|until|about|besides) )?(?:what|which|who|whom|whose|when|where|why|how|any|anything|tell|show|give|explain|list|name|${AUXILIARY})\\b`,
  'i',
);

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first letter small, unless it begins an acronym, a name or "I". */
export function lower(text: string): string {
  return /^(?:\p{Lu}[\p{Lu}.]|I\b|\p{Lu}\p{Ll}+ \p{Lu})/u.test(text) &&
    !new RegExp(
      `^(?:${AUXILIARY}|who|what|which|whose|whom|when|where|why|how|in|on|at|to|by|for|from|with|since|until) `,
      'i',
    ).test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
