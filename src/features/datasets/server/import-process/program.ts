import { TokenCounter } from '../import/o200k/counter';
import { loadEngine } from '../import/o200k/engine';
import { ranksFile } from '../import/o200k/ranks-file';
import { UnreadableFile } from '../import/source-file';
import { importFile } from './import-file';
import type { FromProcess, ImportFailure, ImportOrder } from './messages';
import { MissingFile } from './read-location';

// The process that reads files into the database. It lives on between imports: its token tables take 0.1 s to build.
const engine = loadEngine(ranksFile());
const counter = new TokenCounter(engine);

const say = (message: FromProcess) => process.send?.(message);

function failureOf(error: unknown): ImportFailure {
  if (error instanceof UnreadableFile) return { type: 'unreadable', refusal: error.refusal };
  if (error instanceof MissingFile) return { type: 'missing' };
  return { type: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

process.on('message', (order: ImportOrder) => {
  engine.relax();
  importFile(order, counter, (step) => say({ type: 'progress', step })).then(
    (report) => say({ type: 'done', report }),
    (error) => say({ type: 'failed', failure: failureOf(error) }),
  );
});

// Whoever gave the order is gone: so is its right to the version, and the open transaction ends with this process.
process.on('disconnect', () => process.exit(0));
