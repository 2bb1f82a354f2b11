/** What is awaited, or the signal's reason as soon as it is aborted: not every client listens. */
export async function untilAborted<Value>(awaited: Promise<Value>, signal: AbortSignal): Promise<Value> {
  awaited.catch(() => undefined); // it may fail after nobody waits any more
  if (signal.aborted) throw signal.reason;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
  });
  return Promise.race([awaited, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
