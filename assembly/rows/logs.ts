import { LOGS, LOGS_BITS } from './layout';

const EXPONENT_BIAS: i32 = 1023;
const EXPONENT_AT: u64 = 52;
let isFilled = false;

/** To be called before the first logarithm. */
export function fillLogs(): void {
  if (isFilled) return;
  isFilled = true;
  const places = (<u32>1) << (<u32>LOGS_BITS);
  for (let i: u32 = 0; i < places; i++) store<f64>(LOGS + ((<usize>i) << 3), Math.log(1 + <f64>i / <f64>places));
}

/**
 * Natural logarithm of a count, from 0 on, plus one half. A number is a power of two times one from 1 to 2, whose logarithm is
 * looked up: whole counts up to a thousand are exact, others at most 0.0005 too small.
 */
export function logOf(count: f64): f64 {
  const bits = reinterpret<u64>(count + 0.5);
  const exponent = <i32>(bits >> EXPONENT_AT) - EXPONENT_BIAS;
  const place = <usize>((bits >> (EXPONENT_AT - LOGS_BITS)) & ((1 << LOGS_BITS) - 1));
  return <f64>exponent * Math.LN2 + load<f64>(LOGS + (place << 3));
}
