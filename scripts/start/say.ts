/** A trouble we foresaw: its message says what happened and what to do, so no stack is shown. */
export class ExpectedError extends Error {
  readonly expected = true;
}

const started = Date.now();

/** One line for the person at the terminal. */
export const say = (line = ''): void => console.log(line);

/** Runs a step of the start and tells how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const begun = Date.now();
  const result = await work();
  say(`  ✓ ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  return result;
}

export const secondsSinceStart = (): string => ((Date.now() - started) / 1000).toFixed(1);
