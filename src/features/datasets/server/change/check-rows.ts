import { withRowThread } from '../import/row-thread';
import type { CheckRows } from './judge';

/** Checks rows in a worker thread: the tables of the tokeniser are there, and the server answers others meanwhile. */
export const checkRows =
  (signal: AbortSignal): CheckRows =>
  (rows) =>
    withRowThread(signal, (thread) => thread.check(rows));

/** Has a thread ready by the time that rows are to be checked: starting one takes 0.15 s. */
export function expectRows(signal: AbortSignal): void {
  withRowThread(signal, async () => undefined).catch(() => undefined);
}

/** How long a person may wait for rows to be checked; less than a transaction may take. */
export const PATIENCE_MS = 20_000;
