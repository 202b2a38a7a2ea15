import type { EncodedChat } from '../model/chat-template';
import { seededRandom } from '../model/vector-math';
import type { Hyperparameters } from './hyperparameters';
import { LANES } from './lane-count';
import type { GraphShape } from './loss-graph';
import { inChunks, packRows, type Row, targetCapacity } from './packing';
import { chooseRowShape, shortestRow } from './row-shape';

/** Length of the single validation row that each lane checks at every step: enough to see the trend, and cheap. */
const SLICE_TOKENS = 96;

/** Everything that is decided before the first step; it follows from the data, the hyperparameters and the seed. */
export interface TrainingPlan {
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Micro-batches of each step. */
  readonly steps: readonly (readonly Row[][])[];
  /** Tokens of the examples of each step. */
  readonly stepTokens: readonly number[];
  readonly trainShape: GraphShape;
  /** Micro-batches of the whole validation set; empty without one. */
  readonly validation: readonly Row[][];
  /** How many of them, from the front, are checked at every step. */
  readonly validationSlice: number;
  readonly validationShape: GraphShape;
}

/**
 * Makes the plan of a job. The same arguments give the same plan, which is what lets a killed job go on exactly.
 * Throws when an example does not fit into a row.
 */
export function makePlan(
  train: readonly EncodedChat[],
  validation: readonly EncodedChat[],
  hyperparameters: Hyperparameters,
  seed: number,
): TrainingPlan {
  const { batch_size: batchSize, n_epochs: epochs } = hyperparameters;
  const random = seededRandom(seed);
  const batches = Array.from({ length: epochs }, () => inChunks(shuffled(train.length, random), batchSize)).flat();
  const { length, rows } = chooseRowShape(train, validation, batches);
  const steps = batches.map((batch) => inChunks(packRows(train, batch, length), rows));

  const everything = validation.map((_, index) => index);
  const validationLength = Math.min(length, Math.max(shortestRow(validation), SLICE_TOKENS));
  const validationChunks = packRows(validation, everything, validationLength).map((row) => [row]);

  return {
    totalSteps: steps.length,
    stepsPerEpoch: Math.ceil(train.length / batchSize),
    steps,
    stepTokens: batches.map((batch) => batch.reduce((sum, i) => sum + (train[i] as EncodedChat).ids.length, 0)),
    trainShape: { rows, length, targets: targetCapacity(train, steps.flat()) },
    validation: validationChunks,
    validationSlice: Math.min(LANES, validationChunks.length),
    validationShape: { rows: 1, length: validationLength, targets: targetCapacity(validation, validationChunks) },
  };
}

function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
