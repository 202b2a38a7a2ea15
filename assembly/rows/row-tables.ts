import { CONTENTS, PLACES_BITS, QUESTIONS } from './layout';
import { CONTENT, entryOf, hashOf, isMarked, QUESTION, rowOf } from './row-log';

// Two tables that find the first row with a certain hash, one of contents and one of questions. Each begins small and grows
// where it lies: the rows themselves have the hashes by which they are put in anew.
const FIRST_BITS: u32 = 12;

/** Places of the two, and how many of them are taken. */
let contentBits: u32 = 0;
let contents: u32 = 0;
let questionBits: u32 = 0;
let questions: u32 = 0;

export function forgetHashes(): void {
  contentBits = clear(CONTENTS, contentBits);
  questionBits = clear(QUESTIONS, questionBits);
  contents = 0;
  questions = 0;
}

/** @returns the bits of a table that has just begun */
function clear(table: usize, bits: u32): u32 {
  if (bits !== 0) memory.fill(table, 0, (<usize>4) << bits);
  return FIRST_BITS;
}

/** @returns the first row with this content, or -1 */
export function findContent(hash: u64): i32 {
  return find(CONTENTS, contentBits, CONTENT, hash);
}

/** @returns the first row with this question, or -1 */
export function findQuestion(hash: u64): i32 {
  return find(QUESTIONS, questionBits, QUESTION, hash);
}

function find(table: usize, bits: u32, field: usize, hash: u64): i32 {
  const mask = ((<u32>1) << bits) - 1;
  let place = <u32>hash & mask;
  while (true) {
    const entry = load<u32>(table + ((<usize>place) << 2));
    if (entry === 0) return -1;
    if (isMarked(entry, <u32>(hash >> 32)) && hashOf(rowOf(entry), field) === hash) return <i32>rowOf(entry);
    place = (place + 1) & mask;
  }
}

/** Remembers a row whose content was not found. All rows have one, so the table is filled with those before it. */
export function addContent(row: u32, hash: u64): void {
  if (isCrowded(contents, contentBits)) {
    const old = contentBits++;
    memory.fill(CONTENTS, 0, (<usize>4) << old);
    for (let other: u32 = 0; other < row; other++) put(CONTENTS, contentBits, other, hashOf(other, CONTENT));
  }
  put(CONTENTS, contentBits, row, hash);
  contents++;
}

/** Remembers a row whose question was not found. */
export function addQuestion(row: u32, hash: u64): void {
  if (isCrowded(questions, questionBits)) {
    const old = questionBits++;
    memory.fill(QUESTIONS, 0, (<usize>4) << old);
    // Of rows with the same question the first one only.
    for (let other: u32 = 0; other < row; other++)
      if (findQuestion(hashOf(other, QUESTION)) < 0) put(QUESTIONS, questionBits, other, hashOf(other, QUESTION));
  }
  put(QUESTIONS, questionBits, row, hash);
  questions++;
}

function isCrowded(size: u32, bits: u32): bool {
  return bits < PLACES_BITS && <u64>size * 5 >= (<u64>3) << bits;
}

function put(table: usize, bits: u32, row: u32, hash: u64): void {
  const mask = ((<u32>1) << bits) - 1;
  let place = <u32>hash & mask;
  while (load<u32>(table + ((<usize>place) << 2)) !== 0) place = (place + 1) & mask;
  store<u32>(table + ((<usize>place) << 2), entryOf(row, <u32>(hash >> 32)));
}
