import type { ParameterSlot } from '../model/model-config';

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
    for (const lane of lanes.slice(1)) {
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (lane[i] as number);
    }
    let squares = 0;
    for (let i = 0; i < sum.length; i++) squares += (sum[i] as number) * (sum[i] as number);
    const length = Math.sqrt(squares) * scale;
    const factor = length > MAX_GRADIENT_LENGTH ? (scale * MAX_GRADIENT_LENGTH) / length : scale;
    for (const slot of this.layout) {
      const decay = slot.shape.length > 1 ? WEIGHT_DECAY : 0;
      this.update(sum, slot.offset, slot.offset + slot.size, { factor, decay, step, learningRate });
    }
    return length;
  }

  private update(
    gradient: Float32Array,
    from: number,
    to: number,
    { factor, decay, step, learningRate }: { factor: number; decay: number; step: number; learningRate: number },
  ): void {
    const { parameters, firstMoment, secondMoment } = this;
    const correction1 = 1 - BETA_1 ** (step + 1);
    const correction2 = 1 - BETA_2 ** (step + 1);
    for (let i = from; i < to; i++) {
      const g = (gradient[i] as number) * factor;
      const m = BETA_1 * (firstMoment[i] as number) + (1 - BETA_1) * g;
      const v = BETA_2 * (secondMoment[i] as number) + (1 - BETA_2) * g * g;
      const weight = parameters[i] as number;
      firstMoment[i] = m;
      secondMoment[i] = v;
      const direction = m / correction1 / (Math.sqrt(v / correction2) + EPSILON);
      parameters[i] = weight - learningRate * (direction + decay * weight);
    }
  }
}
