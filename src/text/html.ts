/** HTML whose holes are escaped unless they are markup already. */

class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type { Markup };

/** Text that is markup already, such as a drawing made by a library. */
export function markup(text: string): Markup {
  return new Markup(text);
}

type Hole = string | number | Markup | readonly Hole[] | null;

/** A template whose holes are escaped; null leaves nothing, a list is joined. */
export function html(parts: TemplateStringsArray, ...holes: Hole[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...holes.map(filled)));
}

function filled(hole: Hole): string {
  if (hole === null) return '';
  if (Array.isArray(hole)) return hole.map(filled).join('');
  return hole instanceof Markup ? hole.text : escaped(String(hole));
}

/**
 * Text as HTML that parses back to the very same characters. A carriage return is written as a reference because the parser
 * turns a plain one into a line feed, which would move every offset behind it.
 */
function escaped(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
