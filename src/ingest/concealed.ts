/** What decides whether an element is shown. */
interface Element {
  localName: string;
  getAttribute(name: string): string | null;
}

/**
 * Whether an element says itself that it is not shown: nobody who reads the page would find a quote of it. A whole page hides until
 * its scripts have run, so `<html>` and `<body>` never count. What style sheets hide is not known here.
 */
export function isConcealed(element: Element): boolean {
  const name = element.localName;
  if (name === 'html' || name === 'body') return false;
  if (name === 'template' || element.getAttribute('hidden') !== null) return true;
  if (element.getAttribute('aria-hidden')?.trim().toLowerCase() === 'true') return true;
  return (element.getAttribute('style') ?? '').split(';').some(isConcealing);
}

function isConcealing(declaration: string): boolean {
  const [property = '', value = ''] = declaration.toLowerCase().split(':');
  const word = value.split('!', 1)[0]?.trim(); // before `!important`
  return { display: word === 'none', visibility: word === 'hidden' || word === 'collapse' }[property.trim()] ?? false;
}
