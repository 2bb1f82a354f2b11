/** The address if it is http(s), else null: other schemes are no page that a reader could open. */
export function webAddress(value: string): string | null {
  const trimmed = value.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;
  return new URL(trimmed).href;
}
