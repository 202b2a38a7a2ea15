import type { ModelConfig } from './model-config';
import { parseModelConfig } from './model-config';
import { loadTensors } from './safetensors';
import { addTo, dot, rmsNorm, vectorTimesMatrix } from './vector-math';

interface LayerWeights {
  readonly attentionNorm: Float32Array;
  readonly mlpNorm: Float32Array;
  readonly shift: Float32Array;
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly output: Float32Array;
  readonly up: Float32Array;
  readonly down: Float32Array;
}

/** The weights of one model, ready for decoding. They may be shared by any number of decoders. */
export interface ModelWeights {
  readonly config: ModelConfig;
  readonly embedding: Float32Array;
  readonly finalNorm: Float32Array;
  readonly layers: readonly LayerWeights[];
}

/** Picks a model's tensors by name. Throws when one is missing. */
export function modelWeights(config: ModelConfig, tensor: (name: string) => Float32Array | undefined): ModelWeights {
  const need = (name: string) => {
    const values = tensor(name);
    if (!values) throw new Error(`The checkpoint lacks the tensor "${name}".`);
    return values;
  };
  const layers = Array.from({ length: config.L }, (_, layer) => ({
    attentionNorm: need(`${layer}.n1`),
    mlpNorm: need(`${layer}.n2`),
    shift: need(`${layer}.sh`),
    query: need(`${layer}.wq`),
    key: need(`${layer}.wk`),
    value: need(`${layer}.wv`),
    output: need(`${layer}.wo`),
    up: need(`${layer}.w1`),
    down: need(`${layer}.w2`),
  }));
  return { config, embedding: need('emb'), finalNorm: need('nf'), layers };
}

/** Loads a model from a safetensors checkpoint. */
export function loadModelWeights(file: string): ModelWeights {
  const { tensors, metadata } = loadTensors(file);
  return modelWeights(parseModelConfig(metadata.config), (name) => tensors.get(name)?.values);
}

/** One conversation being decoded: plain JavaScript with a key-value cache, one token at a time. */
export class Decoder {
  private readonly keys: Float32Array[];
  private readonly values: Float32Array[];
  /** Normalised input of the token before, per layer: the token shift adds a part of it. */
  private readonly previous: Float32Array[];
  private position = 0;
  private readonly scratch: { n: Float32Array; q: Float32Array; o: Float32Array; y: Float32Array; u: Float32Array };

  /** `capacity`: how many tokens, prompt and reply together, the conversation may have. */
  constructor(
    private readonly weights: ModelWeights,
    private readonly capacity: number,
  ) {
    const { D, F } = weights.config;
    this.keys = weights.layers.map(() => new Float32Array(capacity * D));
    this.values = weights.layers.map(() => new Float32Array(capacity * D));
    this.previous = weights.layers.map(() => new Float32Array(D));
    const vector = () => new Float32Array(D);
    this.scratch = { n: vector(), q: vector(), o: vector(), y: vector(), u: new Float32Array(F) };
  }

  /** Feeds one token. Call {@link logits} on the returned state to see what comes next. Throws when full. */
  feed(id: number): Float32Array {
    if (this.position >= this.capacity) throw new RangeError('The context is full.');
    const { config, embedding, layers } = this.weights;
    const x = embedding.slice(id * config.D, (id + 1) * config.D);
    layers.forEach((layer, index) => {
      this.attention(layer, index, x);
      this.mlp(layer, x);
    });
    this.position++;
    return x;
  }

  /** Unnormalised log-probabilities of every token that may come next. */
  logits(state: Float32Array): Float32Array {
    const { config, embedding, finalNorm } = this.weights;
    const { n } = this.scratch;
    rmsNorm(state, finalNorm, n);
    return Float32Array.from({ length: config.V }, (_, id) => dot(n, 0, embedding, id * config.D, config.D));
  }

  private attention(layer: LayerWeights, index: number, x: Float32Array): void {
    const { D, H } = this.weights.config;
    const { n, q, o, y } = this.scratch;
    const keys = this.keys[index] as Float32Array;
    const values = this.values[index] as Float32Array;
    rmsNorm(x, layer.attentionNorm, n);
    this.shiftTokens(layer, index);
    const from = this.position * D;
    const key = keys.subarray(from, from + D);
    vectorTimesMatrix(n, layer.query, D, q);
    vectorTimesMatrix(n, layer.key, D, key);
    vectorTimesMatrix(n, layer.value, D, values.subarray(from, from + D));
    this.rotate(q);
    this.rotate(key);
    for (let head = 0; head < H; head++) this.attend(head, keys, values);
    vectorTimesMatrix(o, layer.output, D, y);
    addTo(x, y);
  }

  private shiftTokens(layer: LayerWeights, index: number): void {
    const { n } = this.scratch;
    const previous = this.previous[index] as Float32Array;
    for (let i = 0; i < n.length; i++) {
      const current = n[i] as number;
      n[i] = current + (previous[i] as number) * (layer.shift[i] as number);
      previous[i] = current;
    }
  }

  /** Softmax attention of one head over everything seen so far, into its part of `scratch.o`. */
  private attend(head: number, keys: Float32Array, values: Float32Array): void {
    const { D, H } = this.weights.config;
    const { q, o } = this.scratch;
    const size = D / H;
    const at = head * size;
    const seen = this.position + 1;
    const scores = new Float32Array(seen);
    let max = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < seen; t++) {
      const score = dot(q, at, keys, t * D + at, size) / Math.sqrt(size);
      scores[t] = score;
      if (score > max) max = score;
    }
    let total = 0;
    for (let t = 0; t < seen; t++) {
      const weight = Math.exp((scores[t] as number) - max);
      scores[t] = weight;
      total += weight;
    }
    o.fill(0, at, at + size);
    for (let t = 0; t < seen; t++) {
      const weight = (scores[t] as number) / total;
      for (let i = 0; i < size; i++) o[at + i] = (o[at + i] as number) + weight * (values[t * D + at + i] as number);
    }
  }

  private mlp(layer: LayerWeights, x: Float32Array): void {
    const { D, F } = this.weights.config;
    const { n, y, u } = this.scratch;
    rmsNorm(x, layer.mlpNorm, n);
    vectorTimesMatrix(n, layer.up, F, u);
    for (let i = 0; i < F; i++) {
      const value = u[i] as number;
      u[i] = value > 0 ? value * value : 0;
    }
    vectorTimesMatrix(u, layer.down, D, y);
    addTo(x, y);
  }

  /** Rotary position embedding, rotate-half form, base 10,000. */
  private rotate(vector: Float32Array): void {
    const { D, H } = this.weights.config;
    const size = D / H;
    const half = size / 2;
    for (let i = 0; i < half; i++) {
      const angle = this.position * 10_000 ** (-i / half);
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let at = i; at < D; at += size) {
        const a = vector[at] as number;
        const b = vector[at + half] as number;
        vector[at] = a * cos - b * sin;
        vector[at + half] = b * cos + a * sin;
      }
    }
  }
}
