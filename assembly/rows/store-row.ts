import { addMarks, endBlock } from './index-words';
import {
  BLOCK_LINES,
  BLOCK_PLACES,
  BLOCK_ROWS,
  CONTENT_HIGHS,
  CONTENT_LOWS,
  CONTENT_SPLITS,
  ROW_HEAD,
  ROWS,
  ROWS_ROOM,
  TOKEN_MARKS,
} from './layout';

// Rows as Postgres reads them (copy-writer.ts has the columns), and what is noted of each for the index besides its words.

/** Bytes before a row's text, and places in them, at the bytes of each column. */
const HEAD: usize = 134;
const ID: usize = 6;
const ORDINAL: usize = 54;
const LINE: usize = 66;
const TOKENS: usize = 74;
const TRAINABLE: usize = 82;
const CONTENT: usize = 90;
const NEAR: usize = 102;
const FLAGS: usize = 114;
const SCORE: usize = 122;
const SPLIT: usize = 128;
const LENGTH: usize = 130;
/** What is known of a row besides its words, as numbers that are kept like words: marks.ts. */
const FLAG_MARK: u32 = 0x1000;
const SPLIT_MARK: u32 = 0x2000;
const SCORE_MARK: u32 = 0x3000;
const SCORE_STEP: u32 = 5;
const TOKENS_MARK: u32 = 0x4000;
const HASH_MARK: u32 = 0x80000000;

/** Bytes of rows that were not fetched yet. */
export let stored: usize = 0;
/** Rows of this version so far: the counter of ids. */
let written: u32 = 0;
/** The rest of an id's byte that the counter ends in. */
let chance: u32 = 0;
/** Rows of the segment, and place and line of its last one. */
export let segmentRows: u32 = 0;
let lastOrdinal: f64 = 0;
export let lastLine: u32 = 0;

/** A version begins; what its rows begin with lies at ROW_HEAD. */
export function startRows(): void {
  stored = 0;
  written = 0;
  segmentRows = 0;
  chance = <u32>load<u8>(ROW_HEAD + ID + 10) & 3;
}

export function startContents(): void {
  segmentRows = 0;
}

/** The rows were fetched. */
export function clearRows(): void {
  stored = 0;
}

export function lastPlace(): f64 {
  return lastOrdinal;
}

/** Whether there is room for a row with a text of so many bytes. */
export function hasRoom(length: usize): bool {
  return stored + HEAD + length <= ROWS_ROOM;
}

/**
 * Writes a row up to its text, and notes it in the index; its words were noted before.
 * @param length  bytes of the text
 * @returns       whether the segment is full and has to be written
 */
export function storeRow(
  line: u32,
  ordinal: f64,
  tokens: u32,
  trainable: u32,
  high: u32,
  low: u32,
  nearHigh: u32,
  nearLow: u32,
  flags: u32,
  score: u32,
  split: u32,
  length: u32,
): bool {
  const at = ROWS + stored;
  memory.copy(at, ROW_HEAD, HEAD);
  const place = <u64>ordinal;
  store<u64>(at, bswap<u64>(place << 16), ID);
  writeCounter(at + ID + 6);
  store<u64>(at, bswap<u64>(place), ORDINAL);
  store<u32>(at, bswap<u32>(line), LINE);
  store<u32>(at, bswap<u32>(tokens), TOKENS);
  store<u32>(at, bswap<u32>(trainable), TRAINABLE);
  store<u32>(at, bswap<u32>(high), CONTENT);
  store<u32>(at, bswap<u32>(low), CONTENT + 4);
  store<u32>(at, bswap<u32>(nearHigh), NEAR);
  store<u32>(at, bswap<u32>(nearLow), NEAR + 4);
  store<u32>(at, bswap<u32>(flags), FLAGS);
  store<u16>(at, bswap<u16>(<u16>score), SCORE);
  store<u16>(at, bswap<u16>(<u16>split), SPLIT);
  store<u32>(at, bswap<u32>(length), LENGTH);
  stored += HEAD;
  if (segmentRows % BLOCK_ROWS === 0) beginBlock(ordinal, line);
  addMarks(
    SPLIT_MARK + split,
    SCORE_MARK + score / SCORE_STEP,
    TOKENS_MARK + tokensStep(tokens),
    low | HASH_MARK,
    FLAG_MARK,
    flags,
  );
  store<u32>(CONTENT_LOWS + ((<usize>segmentRows) << 2), low);
  store<u32>(CONTENT_HIGHS + ((<usize>segmentRows) << 2), high);
  store<u8>(CONTENT_SPLITS + <usize>segmentRows, <u8>split);
  segmentRows++;
  lastOrdinal = ordinal;
  lastLine = line;
  return segmentRows % BLOCK_ROWS === 0 && endBlock();
}

/** Writes the text of the row that was stored last. */
export function storeText(text: usize, length: usize): void {
  memory.copy(ROWS + stored, text, length);
  stored += length;
}

/** The id's counter: 12 bits behind the version's mark, 20 behind the variant's. Source: RFC 9562, 5.8. */
function writeCounter(at: usize): void {
  store<u16>(at, bswap<u16>(<u16>(0x8000 | (written >> 20))));
  store<u16>(at + 2, bswap<u16>(<u16>(0x8000 | ((written >> 6) & 0x3fff))));
  store<u8>(at + 4, <u8>(((written & 0x3f) << 2) | chance));
  written++;
}

function beginBlock(ordinal: f64, line: u32): void {
  const block = <usize>(segmentRows / BLOCK_ROWS);
  store<f64>(BLOCK_PLACES + (block << 3), ordinal);
  store<u32>(BLOCK_LINES + (block << 2), line);
}

/** Which of the steps of token counts, sixteen to a doubling, a count is in. */
function tokensStep(tokens: u32): u32 {
  let step = (31 - clz<u32>(tokens | 1)) << 4;
  const last = step + 15;
  while (step < last && load<u32>(TOKEN_MARKS + ((<usize>step + 1) << 2)) <= tokens) step++;
  return step;
}
