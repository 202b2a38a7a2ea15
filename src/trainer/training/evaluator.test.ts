import { beforeAll, describe, expect, it } from 'vitest';
import type { EncodedChat } from '../model/chat-template';
import { Decoder, loadModelWeights } from '../model/decoder';
import {
  type ModelConfig,
  type ParameterSlot,
  parameterCount,
  parameterLayout,
  parseModelConfig,
} from '../model/model-config';
import { loadTensors } from '../model/safetensors';
import { seededRandom } from '../model/vector-math';
import { BASE_CHECKPOINT, encodedTurn } from '../testing/examples';
import { Evaluator } from './evaluator';
import { loadJax } from './load-jax';
import type { Jax } from './loss-graph';
import { targetCapacity } from './packing';

/** Loss of one example by the decoder that serves chats, summed over its targets, in nats. */
function plainLoss(example: EncodedChat): number {
  const decoder = new Decoder(loadModelWeights(BASE_CHECKPOINT), example.ids.length);
  let loss = 0;
  for (let i = 0; i + 1 < example.ids.length; i++) {
    const state = decoder.feed(example.ids[i] ?? 0);
    if ((example.weights[i + 1] ?? 0) <= 0) continue;
    const logits = Array.from(decoder.logits(state));
    const max = Math.max(...logits);
    const normaliser = max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
    loss += normaliser - (logits[example.ids[i + 1] ?? 0] ?? 0);
  }
  return loss;
}

let jax: Jax;
beforeAll(async () => {
  jax = await loadJax();
});

describe('the training graph', () => {
  it('has the loss of the plain JavaScript model, for packed rows too, and the stored reference value', async () => {
    const examples = [
      encodedTurn('What is the capital of France?', 'The capital of France is Paris.'),
      encodedTurn('Repeat: kettle 42', 'kettle 42'),
      encodedTurn('Hello', 'Good day, how may I serve you?'),
    ];
    const base = loadTensors(BASE_CHECKPOINT);
    const config = parseModelConfig(base.metadata.config);
    const layout = parameterLayout(config);
    const parameters = new Float32Array(parameterCount(layout));
    for (const { name, offset } of layout) parameters.set(base.tensors.get(name)?.values ?? [], offset);
    const shape = { rows: 2, length: 64, targets: targetCapacity(examples, [[[0, 1], [2]]]) };

    const evaluator = new Evaluator(jax, config, layout, parameters, examples, shape);
    const score = await evaluator.score([[0, 1], [2]]);

    const plain = examples.map(plainLoss);
    const expected = plain.reduce((sum, loss) => sum + loss, 0);
    expect(Math.abs(score.loss - expected) / expected).toBeLessThan(1e-5);
    expect(plain[2]).toBeCloseTo(REFERENCE_LOSS, 3);
    expect(score.correct).toBeGreaterThan(score.weight / 2);
  });

  it('has the gradient that finite differences give', async () => {
    const config: ModelConfig = { D: 8, L: 2, H: 2, F: 16, V: 40 };
    const layout = parameterLayout(config);
    const random = seededRandom(3);
    const parameters = Float32Array.from({ length: parameterCount(layout) }, () => (random() - 0.5) * 1.2);
    const examples = [randomExample(12, config.V, random), randomExample(9, config.V, random)];
    const shape = { rows: 1, length: 32, targets: 32 };
    const evaluator = new Evaluator(jax, config, layout, parameters, examples, shape);
    const gradient = new Float32Array(parameters.length);
    await evaluator.addGradient([[0, 1]], gradient);

    for (const slot of layout) {
      const at = steepest(gradient, slot);
      const step = 2e-3;
      const original = parameters[at] ?? 0;
      parameters[at] = original + step;
      const above = await evaluator.score([[0, 1]]);
      parameters[at] = original - step;
      const below = await evaluator.score([[0, 1]]);
      parameters[at] = original;
      const expected = (above.loss - below.loss) / (2 * step);
      expect(Math.abs((gradient[at] ?? 0) - expected), slot.name).toBeLessThan(0.02 * Math.abs(expected) + 0.02);
    }
  });
});

// the base's loss on the third example when it was shipped; another value means that the model or the maths changed
const REFERENCE_LOSS = 114.797452;

function randomExample(tokens: number, vocabulary: number, random: () => number): EncodedChat {
  const ids = Array.from({ length: tokens }, () => Math.floor(random() * vocabulary));
  return { ids, weights: ids.map((_, index) => (index > 3 ? 1 : 0)) };
}

/** Where in a tensor the gradient is largest: there the differences drown least in rounding. */
function steepest(gradient: Float32Array, { offset, size }: ParameterSlot): number {
  let best = offset;
  for (let i = offset; i < offset + size; i++) if (Math.abs(gradient[i] ?? 0) > Math.abs(gradient[best] ?? 0)) best = i;
  return best;
}
