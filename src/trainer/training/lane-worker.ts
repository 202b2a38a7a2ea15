import type { MessagePort } from 'node:worker_threads';
import type { EncodedChat } from '../model/chat-template';
import type { ModelConfig } from '../model/model-config';
import { parameterLayout } from '../model/model-config';
import { addScores, Evaluator, NO_SCORE, type Score } from './evaluator';
import { loadJax } from './load-jax';
import type { GraphShape } from './loss-graph';
import type { Row } from './packing';

/** What a lane's thread gets at its start. */
export interface LaneSetup {
  readonly role: 'lane';
  readonly config: ModelConfig;
  readonly train: readonly EncodedChat[];
  readonly validation: readonly EncodedChat[];
  readonly trainShape: GraphShape;
  readonly validationShape: GraphShape;
  /** The flat weights, shared with the thread that updates them between steps. */
  readonly parameters: SharedArrayBuffer;
}

/** One order to a lane. A gradient is summed into `gradient`, which the lane clears first. */
export type LaneOrder =
  | { readonly kind: 'gradient'; readonly chunks: readonly Row[][]; readonly gradient: SharedArrayBuffer }
  | { readonly kind: 'score'; readonly chunks: readonly Row[][] };

export type LaneAnswer = { readonly score: Score } | { readonly failure: string };

/** Serves a lane in a worker thread until it is terminated. Orders are answered one after the other. */
export async function serveLane(port: MessagePort, setup: LaneSetup): Promise<void> {
  const jax = await loadJax();
  const layout = parameterLayout(setup.config);
  const parameters = new Float32Array(setup.parameters);
  const evaluator = (examples: readonly EncodedChat[], shape: GraphShape) =>
    new Evaluator(jax, setup.config, layout, parameters, examples, shape);
  const training = evaluator(setup.train, setup.trainShape);
  const validation = evaluator(setup.validation, setup.validationShape);

  const obey = async (order: LaneOrder): Promise<Score> => {
    let total = NO_SCORE;
    if (order.kind === 'score') {
      for (const rows of order.chunks) total = addScores(total, await validation.score(rows));
      return total;
    }
    const gradient = new Float32Array(order.gradient).fill(0);
    for (const rows of order.chunks) total = addScores(total, await training.addGradient(rows, gradient));
    return total;
  };
  const answer = async (order: LaneOrder): Promise<LaneAnswer> => {
    try {
      return { score: await obey(order) };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  };
  let last = Promise.resolve();
  port.on('message', (order: LaneOrder) => {
    last = last.then(async () => port.postMessage(await answer(order)));
  });
}
