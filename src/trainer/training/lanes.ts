import { Worker } from 'node:worker_threads';
import { entryPoint, workerOptions } from '../entry-points';
import { addScores, NO_SCORE, type Score } from './evaluator';
import { LANES } from './lane-count';
import type { LaneAnswer, LaneOrder, LaneSetup } from './lane-worker';
import type { Row } from './packing';

/** A thread that computes; it answers orders in their order. */
class LaneThread {
  private readonly worker: Worker;
  private readonly waiting: { resolve: (score: Score) => void; reject: (error: Error) => void }[] = [];

  constructor(setup: LaneSetup) {
    this.worker = new Worker(entryPoint('train-job'), workerOptions(setup));
    this.worker.on('message', (answer: LaneAnswer) => {
      const first = this.waiting.shift();
      if ('failure' in answer) first?.reject(new Error(answer.failure));
      else first?.resolve(answer.score);
    });
    this.worker.on('error', (error) => this.rejectAll(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.rejectAll(new Error(`A computing thread ended with code ${code}.`)));
  }

  give(order: LaneOrder): Promise<Score> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private rejectAll(error: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

/**
 * Computes losses and gradients in parallel lanes. Micro-batch `i` always belongs to lane `i mod LANES`, and lanes are
 * summed in order, so results do not depend on the number of threads.
 */
export class Lanes {
  /** Gradient of each lane after {@link gradient}, laid out like the parameters. */
  readonly gradients: Float32Array[];
  private readonly buffers: SharedArrayBuffer[];
  private readonly threads: LaneThread[];

  constructor(setup: Omit<LaneSetup, 'role'>, threads: number) {
    const bytes = setup.parameters.byteLength;
    this.buffers = Array.from({ length: LANES }, () => new SharedArrayBuffer(bytes));
    this.gradients = this.buffers.map((buffer) => new Float32Array(buffer));
    const count = Math.min(LANES, Math.max(1, threads));
    this.threads = Array.from({ length: count }, () => new LaneThread({ role: 'lane', ...setup }));
  }

  /** Fills {@link gradients} with the gradient of the summed loss of some micro-batches. */
  gradient(chunks: readonly Row[][]): Promise<Score> {
    return this.inLanes(chunks, (mine, lane) => {
      const gradient = this.buffers[lane] as SharedArrayBuffer;
      return { kind: 'gradient', chunks: mine, gradient };
    });
  }

  /** Summed loss of some micro-batches of the validation set. */
  score(chunks: readonly Row[][]): Promise<Score> {
    return this.inLanes(chunks, (mine) => ({ kind: 'score', chunks: mine }));
  }

  async end(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private async inLanes(chunks: readonly Row[][], order: (mine: Row[][], lane: number) => LaneOrder): Promise<Score> {
    const scores = await Promise.all(
      this.buffers.map((_, lane) => {
        const mine = chunks.filter((_chunk, index) => index % LANES === lane);
        const thread = this.threads[lane % this.threads.length] as LaneThread;
        return thread.give(order(mine, lane));
      }),
    );
    return scores.reduce(addScores, NO_SCORE);
  }
}
