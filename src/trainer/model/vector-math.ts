/** `out = x · W` for a row-major matrix of `rows × columns`; four rows at a time, which halves the traffic on `out`. */
export function vectorTimesMatrix(x: Float32Array, matrix: Float32Array, columns: number, out: Float32Array): void {
  out.fill(0);
  const rows = x.length;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const a = x[row] as number;
    const b = x[row + 1] as number;
    const c = x[row + 2] as number;
    const d = x[row + 3] as number;
    const o = row * columns;
    for (let j = 0; j < columns; j++) {
      const p = o + j;
      out[j] =
        (out[j] as number) +
        (a * (matrix[p] as number) + b * (matrix[p + columns] as number)) +
        (c * (matrix[p + 2 * columns] as number) + d * (matrix[p + 3 * columns] as number));
    }
  }
  for (; row < rows; row++) {
    const a = x[row] as number;
    for (let j = 0; j < columns; j++) out[j] = (out[j] as number) + a * (matrix[row * columns + j] as number);
  }
}

/** Inner product of `length` elements of two vectors from their given positions. */
export function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (a[aFrom + i] as number) * (b[bFrom + i] as number);
  return sum;
}

/** `y += x`, element by element. */
export function addTo(y: Float32Array, x: Float32Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + (x[i] as number);
}

/** Root-mean-square normalisation with a learned gain, epsilon 1e-5 (as the base was trained). */
export function rmsNorm(x: Float32Array, gain: Float32Array, out: Float32Array): void {
  const scale = 1 / Math.sqrt(dot(x, 0, x, 0, x.length) / x.length + 1e-5);
  for (let i = 0; i < x.length; i++) out[i] = (x[i] as number) * scale * (gain[i] as number);
}

/** Index of the largest element; the first of equals. */
export function indexOfMax(x: Float32Array): number {
  let best = 0;
  for (let i = 1; i < x.length; i++) if ((x[i] as number) > (x[best] as number)) best = i;
  return best;
}

/** Small fast generator of numbers in [0, 1) from a 32-bit seed (mulberry32); the same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
