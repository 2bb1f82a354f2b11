/** Slack's rules for blocks, as its reference gives them: what a real workspace would refuse is named here. */

// biome-ignore lint/suspicious/noExplicitAny: whatever was sent
type Json = any;

const TEXT = { plain_text: true, mrkdwn: true } as Record<string, boolean>;

/** What is wrong with the blocks of a message (50) or a view (100); empty if Slack would take them. */
export function problemsOf(blocks: Json[], most = 50): string[] {
  const problems: string[] = [];
  const complain = (where: string, what: string) => problems.push(`${where}: ${what}`);
  if (!Array.isArray(blocks)) return ['blocks are no list'];
  if (blocks.length > most) complain('blocks', `${blocks.length} of them`);
  // Undocumented, found by others at about 13,170: https://github.com/slackapi/bolt-js/issues/2509
  if (most === 50 && JSON.stringify(blocks).length > 13_000)
    complain('blocks', `${JSON.stringify(blocks).length} characters`);

  for (const [place, block] of blocks.entries()) {
    const where = `blocks[${place}] ${block?.type}`;
    switch (block?.type) {
      case 'section':
        checkText(block.text, 3_000, where);
        break;
      case 'context':
        if (!(block.elements?.length >= 1 && block.elements.length <= 10)) complain(where, 'elements');
        for (const element of block.elements ?? []) checkText(element, 2_000, where);
        break;
      case 'actions':
        if (!(block.elements?.length >= 1 && block.elements.length <= 25)) complain(where, 'elements');
        for (const element of block.elements ?? []) checkButton(element, where);
        break;
      case 'rich_text':
        checkRichText(block, where);
        break;
      case 'input':
        checkText(block.label, 2_000, where);
        if (block.hint) checkText(block.hint, 2_000, where);
        if ((block.element?.initial_value ?? '').length > 3_000) complain(where, 'initial value');
        break;
      default:
        complain(where, 'unknown type');
    }
    if ((block?.block_id ?? '').length > 255) complain(where, 'block_id');
  }
  const ids = blocks.map((block) => block?.block_id).filter(Boolean);
  if (new Set(ids).size < ids.length) complain('blocks', 'a block_id twice');
  return problems;

  function checkText(text: Json, longest: number, where: string): void {
    if (!TEXT[text?.type]) complain(where, 'no text object');
    else if (typeof text.text !== 'string' || text.text.length === 0) complain(where, 'empty text');
    else if (text.text.length > longest) complain(where, `text of ${text.text.length}`);
    if (text?.type === 'mrkdwn') strayMarks(text.text, (what) => complain(where, what));
  }

  function checkButton(element: Json, where: string): void {
    if (element.type !== 'button') complain(where, `a ${element.type}`);
    checkText(element.text, 75, where);
    if (element.text?.type !== 'plain_text') complain(where, 'button text');
    if (!element.action_id || element.action_id.length > 255) complain(where, 'action_id');
    if ((element.value ?? '').length > 2_000) complain(where, 'value');
  }

  function checkRichText({ elements }: Json, where: string): void {
    if (!Array.isArray(elements) || elements.length === 0) return void complain(where, 'no elements');
    let length = 0;
    for (const element of elements) {
      if (!['rich_text_section', 'rich_text_quote'].includes(element.type)) complain(where, `a ${element.type}`);
      if (!Array.isArray(element.elements) || element.elements.length === 0) complain(where, 'an empty element');
      for (const inline of element.elements ?? []) {
        if (inline.type === 'user') continue;
        if (inline.type !== 'text' && inline.type !== 'link') complain(where, `a ${inline.type}`);
        if (typeof inline.text !== 'string' || inline.text === '') complain(where, 'an empty text');
        if (
          inline.type === 'link' &&
          !(URL.canParse(inline.url) && /^https?:/.test(inline.url) && inline.url.length <= 3_000)
        )
          complain(where, `the address ${inline.url}`);
        length += inline.text?.length ?? 0;
      }
    }
    if (length > 3_000) complain(where, `text of ${length}`);
  }
}

/** Text that Slack parses must have each `<`, `>` and `&` escaped, but for a user's mention that we put there. */
export function strayMarks(text: string, complain: (what: string) => void): void {
  const own = text.replace(/^<@U[A-Z0-9]+>/, '');
  if (/[<>]/.test(own)) complain(`unescaped: ${own.slice(0, 80)}`);
  if (/&(?!amp;|lt;|gt;)/.test(own)) complain(`unescaped &: ${own.slice(0, 80)}`);
}
