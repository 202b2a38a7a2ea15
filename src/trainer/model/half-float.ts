const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** IEEE 754 binary16 bits of a number, rounded half up in magnitude; too large becomes infinity. */
export function toHalf(value: number): number {
  scratchFloat[0] = value;
  const bits = scratchBits[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign | (((exponent << 10) | (mantissa >>> 13)) + ((mantissa >>> 12) & 1));
  if (exponent < -10) return sign;
  const full = mantissa | 0x800000;
  const shift = 14 - exponent;
  return sign | ((full >>> shift) + ((full >>> (shift - 1)) & 1));
}

const HALF_TO_FLOAT = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
});

/** The number that binary16 bits stand for. */
export function fromHalf(bits: number): number {
  return HALF_TO_FLOAT[bits] as number;
}
