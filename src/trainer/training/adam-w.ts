import type { ParameterSlot } from '../model/model-config';
import { addTo, dot } from '../model/vector-math';

const BETA_1 = 0.9;
const BETA_2 = 0.98;
const EPSILON = 1e-8;
const WEIGHT_DECAY = 0.01;
/** The gradient is scaled down to this Euclidean length when it is longer. */
const MAX_GRADIENT_LENGTH = 1;

/** AdamW on a flat vector of weights. Matrices decay, gains do not. */
export class AdamW {
  constructor(
    private readonly layout: readonly ParameterSlot[],
    private readonly parameters: Float32Array,
    /** Running means of the gradient and of its square; part of a job's saved state. */
    readonly firstMoment: Float32Array,
    readonly secondMoment: Float32Array,
  ) {}

  /**
   * Applies step number `step` (from 0) with the sum of the lanes' gradients times `scale`.
   * Returns the gradient's length before clipping.
   */
  apply(lanes: readonly Float32Array[], scale: number, step: number, learningRate: number): number {
    const sum = lanes[0] as Float32Array;
    for (const lane of lanes.slice(1)) addTo(sum, lane);
    const length = Math.sqrt(dot(sum, 0, sum, 0, sum.length)) * scale;
    const factor = length > MAX_GRADIENT_LENGTH ? (scale * MAX_GRADIENT_LENGTH) / length : scale;
    const rate = learningRate / (1 - BETA_1 ** (step + 1));
    const correction = 1 / (1 - BETA_2 ** (step + 1));
    for (const { shape, offset, size } of this.layout) {
      const decay = shape.length > 1 ? learningRate * WEIGHT_DECAY : 0;
      const { parameters, firstMoment, secondMoment } = this;
      update(sum, parameters, firstMoment, secondMoment, offset, offset + size, factor, rate, correction, decay);
    }
    return length;
  }
}

/** The update of the elements from `from` to `to`. Plain arguments, all numbers ready: V8 makes this 15 times faster. */
function update(
  gradient: Float32Array,
  parameters: Float32Array,
  firstMoment: Float32Array,
  secondMoment: Float32Array,
  from: number,
  to: number,
  factor: number,
  rate: number,
  correction: number,
  decay: number,
): void {
  for (let i = from; i < to; i++) {
    const g = (gradient[i] as number) * factor;
    const m = BETA_1 * (firstMoment[i] as number) + (1 - BETA_1) * g;
    const v = BETA_2 * (secondMoment[i] as number) + (1 - BETA_2) * g * g;
    const weight = parameters[i] as number;
    firstMoment[i] = m;
    secondMoment[i] = v;
    parameters[i] = weight - (rate * m) / (Math.sqrt(v * correction) + EPSILON) - decay * weight;
  }
}
