import { parentPort } from 'node:worker_threads';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { TokenPieces } from './o200k/pieces';
import { ranksFile } from './o200k/ranks-file';
import { RowChecker } from './row-check';
import type { FromRowThread, ToRowThread } from './row-thread';

// The thread that looks at rows which belong to no file. It lives on: its token tables take 0.1 s to build.
const engine = loadEngine(ranksFile());
const counter = new TokenCounter(engine);
const pieces = new TokenPieces(engine);

function answerTo(order: ToRowThread): FromRowThread {
  if (order.type === 'cut') {
    const texts = order.texts.map((text) => ({ tokens: counter.count(text), ends: pieces.ends(text) }));
    return { type: 'pieces', texts };
  }
  const checker = new RowChecker(counter);
  return { type: 'checked', rows: order.rows.map((row) => checker.check(row)) };
}

parentPort?.on('message', (order: ToRowThread) => parentPort?.postMessage(answerTo(order)));
