import type { Array as JaxArray } from '@jax-js/jax';
import type { EncodedChat } from '../model/chat-template';
import type { ModelConfig, ParameterSlot } from '../model/model-config';
import {
  buildLoss,
  type GraphInputs,
  type GraphParameters,
  type GraphShape,
  type Jax,
  rotaryTables,
} from './loss-graph';
import { layOut, type MicroBatch } from './micro-batch';
import type { Row } from './packing';

/** Sums over the targets of one or more micro-batches. */
export interface Score {
  /** Weighted sum of the cross-entropy in nats. */
  readonly loss: number;
  /** Sum of the weights. */
  readonly weight: number;
  /** Weighted number of targets whose most likely token is right. */
  readonly correct: number;
}

export const NO_SCORE: Score = { loss: 0, weight: 0, correct: 0 };

export function addScores(a: Score, b: Score): Score {
  return { loss: a.loss + b.loss, weight: a.weight + b.weight, correct: a.correct + b.correct };
}

/** Runs one compiled shape of the model over micro-batches of fixed examples, with or without gradients. */
export class Evaluator {
  private readonly tables: ReturnType<typeof rotaryTables>;
  private readonly run: (p: GraphParameters, i: GraphInputs) => [JaxArray, JaxArray];
  private readonly runGradient: (
    p: GraphParameters,
    i: GraphInputs,
  ) => [[JaxArray, JaxArray], Record<string, JaxArray>];

  /** `parameters` is the flat vector of all weights; it is read anew at every call. */
  constructor(
    private readonly jax: Jax,
    private readonly config: ModelConfig,
    private readonly layout: readonly ParameterSlot[],
    private readonly parameters: Float32Array,
    private readonly examples: readonly EncodedChat[],
    private readonly shape: GraphShape,
  ) {
    const loss = buildLoss(jax, config, shape);
    this.tables = rotaryTables(config, shape.length);
    this.run = jax.jit(loss) as unknown as typeof this.run;
    this.runGradient = jax.jit(jax.valueAndGrad(loss, { hasAux: true })) as unknown as typeof this.runGradient;
  }

  async score(rows: readonly Row[]): Promise<Score> {
    const batch = layOut(this.examples, rows, this.shape);
    const [loss, correct] = this.run(this.uploadParameters(batch), this.uploadInputs(batch));
    return { loss: await scalar(loss), weight: batch.weightSum, correct: await scalar(correct) };
  }

  /** Adds the gradient of the summed loss to `gradient`, which is laid out like the parameters. */
  async addGradient(rows: readonly Row[], gradient: Float32Array): Promise<Score> {
    const batch = layOut(this.examples, rows, this.shape);
    const [[loss, correct], gradients] = this.runGradient(this.uploadParameters(batch), this.uploadInputs(batch));
    const score = { loss: await scalar(loss), weight: batch.weightSum, correct: await scalar(correct) };
    for (const slot of this.layout) {
      const values = await floats(gradients[slot.name]);
      for (let i = 0; i < values.length; i++) {
        gradient[slot.offset + i] = (gradient[slot.offset + i] as number) + (values[i] as number);
      }
    }
    this.scatterEmbedding(batch.ids, await floats(gradients.x0), gradient);
    return score;
  }

  /** The part of the embedding's gradient that comes through the inputs. The embedding is the first slot. */
  private scatterEmbedding(ids: Int32Array, values: Float32Array, gradient: Float32Array): void {
    const { D } = this.config;
    for (let token = 0; token < ids.length; token++) {
      const to = (ids[token] as number) * D;
      const from = token * D;
      for (let i = 0; i < D; i++) gradient[to + i] = (gradient[to + i] as number) + (values[from + i] as number);
    }
  }

  private uploadParameters(batch: MicroBatch): GraphParameters {
    const { D } = this.config;
    const x0 = new Float32Array(batch.ids.length * D);
    batch.ids.forEach((id, token) => {
      x0.set(this.parameters.subarray(id * D, (id + 1) * D), token * D);
    });
    const parameters: GraphParameters = { x0: this.upload(x0, [batch.ids.length, D]) };
    for (const { name, shape, offset, size } of this.layout) {
      parameters[name] = this.upload(this.parameters.slice(offset, offset + size), shape);
    }
    return parameters;
  }

  private uploadInputs(batch: MicroBatch): GraphInputs {
    const { rows, length, targets } = this.shape;
    const size = this.config.D / this.config.H;
    return {
      bias: this.upload(batch.bias, [rows, 1, length, length]),
      keep: this.upload(batch.keep, [rows, length, 1]),
      cos: this.upload(this.tables.cos, [length, size]),
      sin: this.upload(this.tables.sin, [length, size]),
      rotate: this.upload(this.tables.rotate, [size, size]),
      select: this.upload(batch.select, [targets, rows * length]),
      target: this.upload(batch.target, [targets]),
      weight: this.upload(batch.weight, [targets]),
    };
  }

  private upload(values: Float32Array | Int32Array, shape: readonly number[]): JaxArray {
    return this.jax.numpy.array(values as Float32Array<ArrayBuffer>).reshape([...shape]);
  }
}

async function floats(array: JaxArray | undefined): Promise<Float32Array> {
  if (!array) throw new Error('jax-js returned no gradient for a tensor.');
  return (await array.data()) as Float32Array;
}

async function scalar(array: JaxArray): Promise<number> {
  return (await floats(array))[0] as number;
}
