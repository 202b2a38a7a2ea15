import { USUAL } from './layout';

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
export const SHARED: usize = 80;
export const MEDIAN: usize = 88;
export const MEDIAN_UNTIL: usize = 96;
export const ROW_LENGTHS: usize = 104;

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

/** The place with the highest count, of the first `size` ones. */
export function mostOf(table: usize, size: u32): u32 {
  let most: u32 = 0;
  for (let i: u32 = 1; i < size; i++) if (countAt(table, i) > countAt(table, most)) most = i;
  return most;
}
