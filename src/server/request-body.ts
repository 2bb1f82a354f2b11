/** The JSON body of a request, and what is wrong with it in words. */
import type { Request } from 'express';
import type * as z from 'zod';
import { PullquoteError, shown } from '../errors.ts';

/** The parsed body. @throws MEDIA_TYPE_UNSUPPORTED, BODY_INVALID if there is none. */
export function bodyOf(req: Request, example: string): unknown {
  const type = req.get('content-type');
  if (req.body !== undefined) return req.body;
  if (type !== undefined && !req.is('application/json'))
    throw new PullquoteError('MEDIA_TYPE_UNSUPPORTED', `The media type ${shown(type)} must be application/json`, {
      type,
    });
  if (req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0)
    throw new PullquoteError('MEDIA_TYPE_UNSUPPORTED', 'The body has no media type; it must be application/json');
  throw new PullquoteError('BODY_INVALID', `The body is missing: send ${example}`);
}

/** The fields of a body. @throws BODY_INVALID if it is no object. */
export function fieldsOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new PullquoteError('BODY_INVALID', `The body must be an object, not ${described(body)}`);
  // An own property of this name is only ever an attempt to pollute a prototype.
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== '__proto__'));
}

/** The fields as a schema has them. @throws BODY_INVALID naming the field and what it is. */
export function parsed<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new PullquoteError('BODY_INVALID', `The body has no field ${shown(issue.keys.join(', '))}`, {
      fields: issue.keys,
    });
  const path = issue?.path ?? [];
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    fields,
  );
  const field = path.map(String).join('.') || 'The body';
  const expected = (issue?.message ?? 'not valid').replace(/^Invalid input: /, '');
  throw new PullquoteError('BODY_INVALID', `${field} is ${described(found)}: ${expected}`, { field });
}

/** A value in a message. What is nested is only named: it may be 50,000 levels deep, too deep to be written out. */
function described(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : shown(value);
}
