import { setImmediate } from 'node:timers/promises';
import { PullquoteError } from '../errors.ts';

/** Rows looked at between two turns of the event loop: some milliseconds of work. */
export const ROWS_A_TURN = 4096;

/**
 * Holds that the vectors are whole rows of finite numbers, none of them all zero, and returns how many rows there are. Native code aborts
 * the process on what is not a number, and keeps NaN for ever. Lets the event loop turn. Throws VECTOR_INVALID.
 */
export async function verifyVectors(
  vectors: Float32Array,
  dimensions: number,
  nameOf: (row: number) => string = (row) => `row ${row}`,
): Promise<number> {
  if (!(vectors instanceof Float32Array)) throw new PullquoteError('VECTOR_INVALID', 'The vectors are no Float32Array');
  const count = vectors.length / dimensions;
  if (!Number.isInteger(dimensions) || dimensions < 1 || !Number.isInteger(count)) {
    throw new PullquoteError('VECTOR_INVALID', `${vectors.length} numbers are no rows of ${dimensions} dimensions`, {
      length: vectors.length,
      dimensions,
    });
  }
  for (let row = 0; row < count; row++) {
    if (row % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    verifyVector(rowOf(vectors, row, dimensions), dimensions, () => nameOf(row));
  }
  return count;
}

/** Holds that a vector has its dimensions, finite and not all zero. Throws VECTOR_INVALID. */
export function verifyVector(vector: Float32Array, dimensions: number, name: () => string): void {
  const invalid = (what: string) =>
    new PullquoteError('VECTOR_INVALID', `The vector of ${name()} ${what}`, { vector: name() });
  if (vector.length !== dimensions) throw invalid(`has ${vector.length} dimensions instead of ${dimensions}`);
  let empty = true;
  for (let i = 0; i < dimensions; i++) {
    const value = vector[i];
    if (!Number.isFinite(value)) throw invalid(`is ${value} at ${i}`);
    if (value !== 0) empty = false;
  }
  if (empty) throw invalid('is all zeros');
}

/** One row, as a view. */
export function rowOf(vectors: Float32Array, row: number, dimensions: number): Float32Array {
  return vectors.subarray(row * dimensions, (row + 1) * dimensions);
}
