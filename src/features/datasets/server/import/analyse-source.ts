import type { AnalysisTarget } from './file-analysis';
import type { ImportCounts, ImportOutcome, Taken } from './import-outcome';
import type { IngestThread } from './ingest-thread';

export interface AnalysisSinks {
  /** Stores COPY bytes; the next chunk waits for it. */
  onRows(rows: Uint8Array): Promise<void>;
  /** Stores COPY bytes of the index over the rows. */
  onIndex(rows: Uint8Array): Promise<void>;
  onCounts(counts: ImportCounts): void;
}

/**
 * Sends a file through the worker thread: while the thread reads one chunk the next is fetched and the rows of the one
 * before are stored. At most two chunks are on their way, so memory does not grow with the file.
 */
export async function analyseSource(
  thread: IngestThread,
  target: AnalysisTarget,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  sinks: AnalysisSinks,
): Promise<ImportOutcome> {
  thread.start(target);
  const absorb = async ({ rows, index, counts, refused }: Taken): Promise<boolean> => {
    sinks.onCounts(counts);
    if (rows.byteLength > 0) await sinks.onRows(rows);
    if (index.byteLength > 0) await sinks.onIndex(index);
    return refused;
  };
  let before: Promise<Taken> | null = null;
  for await (const chunk of chunks) {
    const current = thread.push(chunk);
    // It is awaited one turn later; until then a failure must not count as unhandled.
    current.catch(() => undefined);
    const refused = before !== null && (await absorb(await before));
    before = current;
    if (refused) break;
  }
  if (before) await absorb(await before);
  const { taken, outcome } = await thread.end();
  await absorb(taken);
  return outcome;
}
