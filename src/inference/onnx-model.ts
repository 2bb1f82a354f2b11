import ort from 'onnxruntime-node';
import { PullquoteError } from '../errors.ts';

/** Rows of token ids and their like, one row: the models are always given one text a run. */
type Inputs = Record<string, readonly number[]>;

/** Runs a model on one row of int64 inputs; answers with its named outputs as flat arrays. */
export type OnnxModel = (inputs: Inputs) => Promise<Record<string, Float32Array>>;

/**
 * A model from its verified bytes. ONNX Runtime's Node binding runs it on the calling thread (and blocks the event loop for that long), helped
 * by `threads` − 1 others. Those spin for a while after each run, so two models that both have helpers get in each other's way: measured on
 * two cores, 12 ms a run instead of 6. Throws MODEL_FAILED when ONNX Runtime refuses it.
 */
export async function createOnnxModel(name: string, bytes: Buffer, threads: number): Promise<OnnxModel> {
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw new PullquoteError(
      'MODEL_FAILED',
      `ONNX Runtime cannot load the ${name}: ${String(cause)}`,
      { model: name },
      cause,
    );
  });

  return async (inputs) => {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([input, row]) => [input, tensor(row)]));
    try {
      const outputs = await session.run(feeds);
      return Object.fromEntries(Object.entries(outputs).map(([output, { data }]) => [output, data as Float32Array]));
    } catch (cause) {
      throw new PullquoteError('MODEL_FAILED', `the ${name} failed: ${String(cause)}`, { model: name }, cause);
    }
  };
}

function tensor(row: readonly number[]): ort.Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(row, BigInt), [1, row.length]);
}
