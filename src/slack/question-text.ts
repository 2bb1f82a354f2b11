/** The question in a Slack message: its words as a person sees them, without the mention of the bot. */

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** `<@U1|name>`, `<#C1|name>`, `<!here>`, `<!subteam^S1|@team>`, `<https://…|label>`. */
const REFERENCE = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages */
export function questionText(text: string, botUserId: string | null): string {
  const spoken = withoutAddress(text, botUserId).replace(
    REFERENCE,
    (_, sign: string, target: string, label: string | undefined) => {
      if (sign === '@') return target === botUserId ? ' ' : (label && `@${label.replace(/^@/, '')}`) || ' ';
      if (sign === '#') return label ? `#${label}` : ' ';
      if (sign === '!') return label ?? ' ';
      return label || target.replace(/^mailto:/, '');
    },
  );
  return unformatted(spoken)
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:;–—-]+/, '')
    .trim();
}

/** `*bold*`, `_italic_`, `~struck~`: the sign stands outside of words, and what it holds begins and ends without a space. */
const STYLED = /(^|[\s\p{P}\p{S}])([*_~])(?!\s|\2)([^\n]{0,300}?\S)\2(?![\p{L}\p{N}_*~])/gmu;

/** Bold, italics, strike-through, code and block quotes are signs that nobody sees. */
function unformatted(text: string): string {
  const plain = text.replace(/^(?:&gt;){1,3} ?/gm, '').replace(/```([\s\S]*?)```|`([^`\n]+)`/g, '$1$2');
  return [1, 2, 3].reduce((styled) => styled.replace(STYLED, '$1$3'), plain); // each may hold the others
}

/** "Who is the mayor, @bot?" asks who the mayor is. */
function withoutAddress(text: string, botUserId: string | null): string {
  return botUserId === null
    ? text
    : text.replace(new RegExp(`,?\\s*<@${botUserId}(?:\\|[^<>]*)?>\\s*(?=[?!.,]|$)`, 'g'), '');
}

export function mentions(text: string, userId: string | null): boolean {
  return userId !== null && [...text.matchAll(REFERENCE)].some(([, sign, target]) => sign === '@' && target === userId);
}

/** Does it speak to a person, or to everyone? */
export function mentionsPeople(text: string): boolean {
  return [...text.matchAll(REFERENCE)].some(([, sign]) => sign === '@' || sign === '!');
}

const ASKING =
  /^(?:(?:and|but|so|ok(?:ay)?|then)[\s,]+)*(?:wh(?:o|om|ose|at|en|ere|y|ich)|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|tell me|list|name)\b/i;

/** Questions end in a question mark, or begin as questions do. */
export function looksLikeQuestion(question: string): boolean {
  return /[?？؟]/.test(question) || ASKING.test(question);
}
