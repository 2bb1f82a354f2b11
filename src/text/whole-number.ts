import * as z from 'zod';

/** A whole number in plain digits: no sign, exponent, fraction or trailing letters, which `Number` or `parseInt` would let pass. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
