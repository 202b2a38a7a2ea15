import { SHARE_STEPS, USUAL } from './layout';

// What is kept of the rows of a file to tell what is usual among them: sums, and tables of counts.

/** Sums from USUAL on, 8 bytes each; of lengths three, of answers and of rows: how many, their mean, and squares. */
export const LENGTHS: usize = 0;
export const COUNT: usize = 0;
export const MEAN: usize = 8;
export const SQUARES: usize = 16;
export const KNOWN: usize = 24;
export const PAIRS: usize = 32;
export const SWITCHES: usize = 40;
export const FORMED: usize = 48;
export const SHORT: usize = 56;
export const COMMON: usize = 64;
export const LEARNED: usize = 72;
export const ROW_LENGTHS: usize = 80;
/** Of shares three, too: how many, their median, and how many there are when it is worked out again. */
export const SHARE_MEDIAN: usize = 104;
export const FIT_MEDIAN: usize = 128;
const KNOWN_MEDIAN: usize = 8;
const KNOWN_UNTIL: usize = 16;

/** Rows from which on a file is said to have a usual. */
export const ENOUGH: f64 = 30;

export function sum(at: usize): f64 {
  return load<f64>(USUAL + at);
}

export function keepSum(at: usize, value: f64): void {
  store<f64>(USUAL + at, value);
}

export function add(at: usize, value: f64): void {
  keepSum(at, sum(at) + value);
}

export function countAt(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}

export function addOne(table: usize, index: u32): void {
  const place = table + ((<usize>index) << 2);
  store<u32>(place, load<u32>(place) + 1);
}

/** Most that a count of 2 bytes tells. */
const MOST: u32 = 65535;

/** Adds one to a count of 2 bytes, which stays at its most. */
export function addCapped(place: usize): void {
  const seen = <u32>load<u16>(place);
  if (seen < MOST) store<u16>(place, <u16>(seen + 1));
}

/**
 * The share, from 0 to 1, that half of the rows do not exceed; worked out again when there are a hundredth more of them.
 * @param table  rows by their share, in so many steps
 * @param at     SHARE_MEDIAN or FIT_MEDIAN
 */
export function medianOf(table: usize, at: usize): f64 {
  const count = sum(at);
  if (count < sum(at + KNOWN_UNTIL)) return sum(at + KNOWN_MEDIAN);
  keepSum(at + KNOWN_UNTIL, count + max<f64>(1, count / 100));
  let step: u32 = 0;
  for (let found = countAt(table, 0); <f64>found * 2 < count; found += countAt(table, step)) step++;
  keepSum(at + KNOWN_MEDIAN, <f64>step / <f64>SHARE_STEPS);
  return sum(at + KNOWN_MEDIAN);
}

/** The place with the highest count, of the first `size` ones. */
export function mostOf(table: usize, size: u32): u32 {
  let most: u32 = 0;
  for (let i: u32 = 1; i < size; i++) if (countAt(table, i) > countAt(table, most)) most = i;
  return most;
}
