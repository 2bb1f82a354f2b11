/** Elements by their parts. Everything shown is set as text, never as HTML: questions, answers and documents may hold any. */

type Child = Node | string | null | false;

type Properties<Name extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Name], 'style' | 'part' | 'attributes'>
> & {
  /** Names under which a page may style it (`::part`). */
  part?: string;
  /** Attributes without a property of their own, `aria-…` among them; null leaves one out. */
  attributes?: Record<string, string | null>;
};

/** An element with properties and children; null and false children are left out, strings become text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { part, attributes = {}, ...properties }: Properties<Name> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  if (part) made.setAttribute('part', part);
  for (const [attribute, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

const shapes = {
  // An opening quotation mark.
  quote:
    'M10 6C6.5 7 4 9.8 4 14v4h6v-6H7.4c.1-1.9 1-3 2.9-3.700zm9 0c-3.5 1-6 3.8-6 8v4h6v-6h-2.600c.1-1.9 1-3 2.9-3.700z',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M14 5l-7 7 7 7',
  up: 'M7 11v9H4v-9zm0 0l4-7c1.7 0 2.5 1 2.2 2.600L12.6 10H19c1 0 1.7.9 1.5 1.900l-1.4 6.600c-.2.9-.9 1.5-1.8 1.500H7',
  down: 'M17 13V4h3v9zm0 0l-4 7c-1.7 0-2.5-1-2.2-2.600l.6-3.400H5c-1 0-1.7-.9-1.5-1.900l1.4-6.600C5.1 4.6 5.8 4 6.7 4H17',
};

/** A drawing that follows the colour of the text; silent, so whatever holds it needs a name. */
export function icon(name: keyof typeof shapes): SVGElement {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shapes[name]);
  drawing.append(path);
  for (const [attribute, value] of [
    ['viewBox', '0 0 24 24'],
    ['aria-hidden', 'true'],
    ['class', name === 'quote' ? 'icon filled' : 'icon'],
  ] as const)
    drawing.setAttribute(attribute, value);
  return drawing;
}
