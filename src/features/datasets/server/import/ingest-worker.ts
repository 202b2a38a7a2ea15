import { parentPort } from 'node:worker_threads';
import { FileAnalysis } from './file-analysis';
import type { FromWorker, ToWorker } from './import-outcome';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { TokenPieces } from './o200k/pieces';
import { ranksFile } from './o200k/ranks-file';
import { RowChecker } from './row-check';

// The thread that reads files. It lives on between imports: its token tables take 0.1 s to build.
const engine = loadEngine(ranksFile());
const counter = new TokenCounter(engine);
const pieces = new TokenPieces(engine);
let analysis: FileAnalysis | null = null;

function answer(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function answerTaken(analysis: FileAnalysis): void {
  const { counts, refused } = analysis;
  const [rows, index] = [analysis.takeRows(), analysis.takeIndex()];
  answer({ type: 'taken', rows, index, counts, refused }, [rows.buffer, index.buffer]);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'start') {
    analysis = new FileAnalysis(message, counter);
    return;
  }
  if (message.type === 'cut') {
    answer({
      type: 'pieces',
      texts: message.texts.map((text) => ({ tokens: counter.count(text), ends: pieces.ends(text) })),
    });
    return;
  }
  if (message.type === 'check') {
    const checker = new RowChecker(counter);
    answer({ type: 'checked', rows: message.rows.map((row) => checker.check(row)) });
    return;
  }
  if (!analysis) throw new Error('The ingest worker got data before it was told what for.');
  if (message.type === 'chunk') {
    analysis.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
    answerTaken(analysis);
    return;
  }
  const outcome = analysis.end();
  answerTaken(analysis);
  answer({ type: 'done', outcome });
  analysis = null;
  engine.relax();
});
