import type { Array as JaxArray } from '@jax-js/jax';
import type { ModelConfig } from '../model/model-config';

export type Jax = typeof import('@jax-js/jax');

/** Shapes that stay fixed for a whole job: every new shape costs one to three seconds of compiling. */
export interface GraphShape {
  /** Rows of a micro-batch. */
  readonly rows: number;
  /** Tokens per row. */
  readonly length: number;
  /** How many positions of a micro-batch may carry loss. */
  readonly targets: number;
}

/** Inputs of the graph that are not learned. */
export interface GraphInputs {
  /** `[rows, 1, length, length]`: 0 where a token may look, -1e9 elsewhere. */
  readonly bias: JaxArray;
  /** `[rows, length, 1]`: 0 where a token opens a conversation, so that nothing is shifted into it. */
  readonly keep: JaxArray;
  /** `[length, headSize]` each. */
  readonly cos: JaxArray;
  readonly sin: JaxArray;
  /** `[headSize, headSize]`: rotate-half as a matrix, cheaper here than slice and concatenate. */
  readonly rotate: JaxArray;
  /** `[targets, rows * length]`: one-hot rows that pick the positions with loss. */
  readonly select: JaxArray;
  /** `[targets]`: ids to predict there. */
  readonly target: JaxArray;
  /** `[targets]`: how much each counts; 0 for unused places. */
  readonly weight: JaxArray;
}

/** Learned tensors by name, and `x0`: the embeddings of all input tokens, `[rows * length, D]`. */
export type GraphParameters = Record<string, JaxArray>;

/**
 * The model as a jax-js function `(parameters, inputs) → [loss, correct]`: the weighted sum of the cross-entropy (nats)
 * and the number of weighted targets whose most likely token is right.
 *
 * jax-js counts references: an array is consumed by its use, so every use but the last takes `.ref`. It cannot
 * compile the gradient of a gather (0.1.25), which is why embeddings come in gathered and targets are picked by a matmul.
 */
export function buildLoss(jax: Jax, config: ModelConfig, shape: GraphShape) {
  const { numpy: np, nn, lax } = jax;
  const { D, L, H, V } = config;
  const { rows, length } = shape;
  const tokens = rows * length;
  const headSize = D / H;

  const norm = (x: JaxArray, gain: JaxArray) => {
    const meanSquare = np.square(x.ref).mean(-1, { keepdims: true });
    return x.mul(np.reciprocal(np.sqrt(meanSquare.add(1e-5)))).mul(gain);
  };
  const splitHeads = (x: JaxArray) => x.reshape([rows, length, H, headSize]).transpose([0, 2, 1, 3]);
  const rotary = (x: JaxArray, inputs: GraphInputs) =>
    x.ref.mul(inputs.cos.ref).add(np.matmul(x, inputs.rotate.ref).mul(inputs.sin.ref));
  const shifted = (x: JaxArray, keep: JaxArray) => {
    const withoutLast = x.reshape([rows, length, D]).slice([], [0, length - 1], []);
    const padded = np.pad(withoutLast, [
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    return padded.mul(keep.ref).reshape([tokens, D]);
  };

  return (parameters: GraphParameters, inputs: GraphInputs): [JaxArray, JaxArray] => {
    const take = (name: string): JaxArray => {
      const array = parameters[name];
      if (!array) throw new Error(`The graph needs the tensor "${name}".`);
      return array;
    };
    let x = take('x0');
    for (let layer = 0; layer < L; layer++) {
      const weight = (name: string) => take(`${layer}.${name}`);
      let n = norm(x.ref, weight('n1'));
      const before = shifted(n.ref, inputs.keep).mul(weight('sh'));
      n = n.add(before);
      const query = rotary(splitHeads(np.matmul(n.ref, weight('wq'))), inputs);
      const key = rotary(splitHeads(np.matmul(n.ref, weight('wk'))), inputs);
      const value = splitHeads(np.matmul(n, weight('wv')));
      const scores = np.matmul(query, key.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(headSize));
      const attention = nn.softmax(scores.add(inputs.bias.ref), -1);
      const mixed = np.matmul(attention, value).transpose([0, 2, 1, 3]).reshape([tokens, D]);
      x = x.add(np.matmul(mixed, weight('wo')));
      const hidden = np.square(nn.relu(np.matmul(norm(x.ref, weight('n2')), weight('w1'))));
      x = x.add(np.matmul(hidden, weight('w2')));
    }
    for (const used of [inputs.bias, inputs.keep, inputs.cos, inputs.sin, inputs.rotate]) used.dispose();

    const picked = np.matmul(inputs.select, norm(x, take('nf')));
    const logits = np.matmul(picked, take('emb').transpose([1, 0]));
    const top = lax.stopGradient(logits.ref).max(-1);
    const normaliser = nn.logsumexp(logits.ref, -1);
    const hit = logits.mul(nn.oneHot(inputs.target, V)).sum(-1);
    const right = lax.stopGradient(hit.ref).greaterEqual(top).astype(np.float32).mul(inputs.weight.ref).sum();
    return [normaliser.sub(hit).mul(inputs.weight).sum(), right];
  };
}

/** Rotary tables of all positions of a row, laid out as the graph wants them. */
export function rotaryTables(config: ModelConfig, length: number) {
  const size = config.D / config.H;
  const half = size / 2;
  const cos = new Float32Array(length * size);
  const sin = new Float32Array(length * size);
  const rotate = new Float32Array(size * size);
  for (let t = 0; t < length; t++) {
    for (let i = 0; i < size; i++) {
      const angle = t * 10_000 ** (-(i % half) / half);
      cos[t * size + i] = Math.cos(angle);
      sin[t * size + i] = Math.sin(angle);
    }
  }
  for (let i = 0; i < half; i++) {
    rotate[(i + half) * size + i] = -1;
    rotate[i * size + i + half] = 1;
  }
  return { cos, sin, rotate };
}
