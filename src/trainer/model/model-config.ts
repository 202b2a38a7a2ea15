/** Sizes of the decoder-only transformer, as stored in the `config` entry of a checkpoint's metadata. */
export interface ModelConfig {
  /** Width of the residual stream. */
  readonly D: number;
  /** Number of layers. */
  readonly L: number;
  /** Number of attention heads; `D / H` must be even (rotary embedding pairs). */
  readonly H: number;
  /** Width of the hidden layer of the MLP. */
  readonly F: number;
  /** Vocabulary size. */
  readonly V: number;
}

/** One weight tensor and where it lies in the flat parameter vector. */
export interface ParameterSlot {
  readonly name: string;
  readonly shape: readonly number[];
  /** In elements, not bytes. */
  readonly offset: number;
  readonly size: number;
}

const SIZE_KEYS = ['D', 'L', 'H', 'F', 'V'] as const;

/** Reads the `config` JSON of a checkpoint. Throws when a size is missing or not a positive integer. */
export function parseModelConfig(json: string | undefined): ModelConfig {
  const raw: unknown = JSON.parse(json ?? 'null');
  if (typeof raw !== 'object' || raw === null) throw new Error('The checkpoint has no model configuration.');
  const sizes = raw as Record<string, unknown>;
  for (const key of SIZE_KEYS) {
    const value = sizes[key];
    if (!Number.isInteger(value) || (value as number) < 1) throw new Error(`The model configuration lacks "${key}".`);
  }
  return { D: Number(sizes.D), L: Number(sizes.L), H: Number(sizes.H), F: Number(sizes.F), V: Number(sizes.V) };
}

/** All weights of a model in their fixed order: it defines the flat vector that training works on. */
export function parameterLayout(config: ModelConfig): ParameterSlot[] {
  const { D, L, F, V } = config;
  const named: [string, number[]][] = [['emb', [V, D]]];
  for (let layer = 0; layer < L; layer++) {
    named.push(
      [`${layer}.n1`, [D]],
      [`${layer}.n2`, [D]],
      [`${layer}.sh`, [D]],
      [`${layer}.wq`, [D, D]],
      [`${layer}.wk`, [D, D]],
      [`${layer}.wv`, [D, D]],
      [`${layer}.wo`, [D, D]],
      [`${layer}.w1`, [D, F]],
      [`${layer}.w2`, [F, D]],
    );
  }
  named.push(['nf', [D]]);
  let offset = 0;
  return named.map(([name, shape]) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const slot = { name, shape, offset, size };
    offset += size;
    return slot;
  });
}

/** Number of parameters in a layout. */
export function parameterCount(layout: readonly ParameterSlot[]): number {
  return layout.reduce((sum, slot) => sum + slot.size, 0);
}
