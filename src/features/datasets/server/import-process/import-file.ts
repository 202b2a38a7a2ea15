import { FileAnalysis } from '../import/file-analysis';
import type { TokenCounter } from '../import/o200k/counter';
import { SourceFile } from '../import/source-file';
import { openRowCopy, type RowCopy } from '../import-copy.repository';
import type { ImportOrder, ImportReport, ImportStep } from './messages';
import { readLocation } from './read-location';

const PROGRESS_MS = 200;

type OnStep = (step: ImportStep) => void;

/**
 * Reads, checks, counts and stores one file in one transaction. While the database takes the rows of one chunk the next one
 * is read. A file of which nothing can be used leaves nothing behind; its report says why.
 *
 * @throws UnreadableFile, MissingFile; what the database or the network say
 */
export async function importFile(
  { databaseUrl, claim, location }: ImportOrder,
  counter: TokenCounter,
  onStep: OnStep,
): Promise<ImportReport> {
  const copy = await openRowCopy(databaseUrl, claim);
  try {
    const source = new SourceFile(() => readLocation(location));
    const analysis = new FileAnalysis(claim, counter);
    await readRows(analysis, source, copy, onStep);
    const outcome = analysis.end();
    const { sha256, bytes } = source;
    if (outcome.refusal === null) {
      await storeRows(analysis, copy);
      // Whether it was still ours to write is read from the version afterwards, by whoever gave the order.
      await copy.commit(outcome, sha256);
    }
    return { outcome, sha256, bytes };
  } finally {
    await copy.close();
  }
}

async function readRows(analysis: FileAnalysis, source: SourceFile, copy: RowCopy, onStep: OnStep) {
  let told = 0;
  let stored: Promise<void> = Promise.resolve();
  for await (const chunk of source.chunks()) {
    analysis.push(chunk);
    await stored;
    stored = storeRows(analysis, copy);
    // It is awaited one turn later; until then a failure must not count as unhandled.
    stored.catch(() => undefined);
    if (analysis.refused) break;
    if (performance.now() - told < PROGRESS_MS) continue;
    told = performance.now();
    onStep({ ...analysis.counts, bytes: source.bytes });
  }
  await stored;
  onStep({ ...analysis.counts, bytes: source.bytes });
}

async function storeRows(analysis: FileAnalysis, copy: RowCopy): Promise<void> {
  const [rows, index] = [analysis.takeRows(), analysis.takeIndex()];
  if (rows.byteLength > 0) await copy.write(rows);
  if (index.byteLength > 0) await copy.writeIndex(index);
}
