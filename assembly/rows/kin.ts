import { BANDS, BANDS_LARGE, BANDS_MIDDLE, BANDS_SMALL, BINS, BY_BAND, KIN } from './layout';
import { BAND_COUNT, signRow } from './min-hash';
import {
  addRow,
  CONTENT,
  entryOf,
  forgetRows,
  groupOf,
  hashOf,
  isFull,
  isMarked,
  lineOf,
  mergeGroups,
  rowOf,
  rows,
  sizeOf,
  unlikeBins,
  wordsOf,
} from './row-log';
import { addContent, addQuestion, findContent, findQuestion, forgetHashes } from './row-tables';

/*
 * Finds rows that are the same as an earlier one, ask the same, or say nearly the same, and puts them into groups. Some 100
 * bytes a row. What it finds depends on the rows and their order alone.
 */
/** Fewer words say too little: "yes" and "no" to the same question are not the same example. */
const MIN_WORDS: u32 = 8;
/** From so many unlike bins on, of 64, rows are less than 80 % alike: bins that differ share their two bits one time in four. */
const UNLIKE: u32 = 10;
/** A group that grows beyond this, and beyond a twentieth of the rows, is no longer kept on one side: the side would be all of it. */
const MAX_GROUP: u32 = 100;
/** Tables that are entered by bands; one that is filled to three fifths is followed by a larger one. */
const TABLES: u32 = 3;

/** What is found, from KIN on, 4 bytes each: near-index.ts reads it. Lines are 0, and rows -1, where there is none. */
const ROW: usize = 0;
const COPY_OF: usize = 4;
const NEAR_LINE: usize = 8;
const UNLIKE_BINS: usize = 12;
const SAME_QUESTION: usize = 16;
const OTHER_ROW: usize = 20;

let looksForNear = true;
/** While no row has been written yet, two groups that turn out to be one can still become one. */
let mayMerge = true;
let tables: u32 = 0;
/** Rows that the newest table still takes. */
let room: u32 = 0;

/** A new file begins. */
export function startKin(near: bool): void {
  forgetRows();
  forgetHashes();
  for (let i: u32 = 0; i < tables; i++) memory.fill(tableAt(i), 0, (<usize>4) << bitsOf(i));
  tables = 0;
  room = 0;
  looksForNear = near;
  mayMerge = true;
}

/** From now on rows are written, so groups stay as they are. */
export function keepGroups(): void {
  mayMerge = false;
}

export function lineOfRow(row: u32): u32 {
  return lineOf(row);
}

/** Content of the first row of the group that a row is in: the group's name. */
export function groupHigh(row: u32): u32 {
  return <u32>(hashOf(groupOf(row), CONTENT) >> 32);
}
export function groupLow(row: u32): u32 {
  return <u32>hashOf(groupOf(row), CONTENT);
}

/**
 * Looks a row up and remembers it, unless it is an exact copy of an earlier one. Its words are the first ones at ROW_WORDS.
 * @returns whether it has any kin
 */
export function findKin(line: u32, high: u32, low: u32, askedHigh: u32, askedLow: u32, words: u32): bool {
  const content = ((<u64>high) << 32) | low;
  const question = ((<u64>askedHigh) << 32) | askedLow;
  store<i64>(KIN, 0, COPY_OF);
  store<i64>(KIN, BINS, UNLIKE_BINS);
  store<i32>(KIN, -1, OTHER_ROW);
  const same = findContent(content);
  const asked = findQuestion(question);
  if (same >= 0) {
    store<u32>(KIN, lineOf(same), COPY_OF);
    store<i32>(KIN, asked, ROW);
    return true;
  }
  let group: i32 = -1;
  if (asked >= 0) {
    group = join(asked);
    if (group >= 0) store<u32>(KIN, lineOf(asked), SAME_QUESTION);
  }
  let hasKin = group >= 0;
  if (looksForNear && words >= MIN_WORDS) {
    signRow(words);
    group = lookUp(words, group);
    hasKin = hasKin || load<u32>(KIN, NEAR_LINE) !== 0;
  }
  const isKept = !isFull();
  const row = addRow(line, content, question, words, group);
  store<i32>(KIN, row, ROW);
  if (isKept) {
    addContent(row, content);
    if (asked < 0) addQuestion(row, question);
  }
  return hasKin;
}

/** The group of `other`, or -1 when it takes no more. */
function join(other: u32): i32 {
  const group = groupOf(other);
  const size = sizeOf(group);
  return size < MAX_GROUP || <u64>size * 20 < rows ? <i32>group : -1;
}

function lookUp(words: u32, joined: i32): i32 {
  makeRoom();
  const newest = tables - 1;
  const isKept = !isFull();
  let group = joined;
  for (let i: usize = 0; i < BAND_COUNT; i++) {
    const band = load<u32>(BANDS + (i << 2));
    const mark = band * 0x9e3779b1;
    for (let table: u32 = 0; table < tables; table++) {
      const entry = load<u32>(slotOf(band, table));
      if (entry !== 0 && isMarked(entry, mark)) group = compare(rowOf(entry), words, group);
    }
    if (isKept) store<u32>(slotOf(band, newest), entryOf(rows, mark));
  }
  room--;
  return group;
}

/** @returns the group that the row is in now */
function compare(other: u32, words: u32, group: i32): i32 {
  const unlike = unlikeBins(other);
  const its = wordsOf(other);
  // Two texts that are so much alike cannot differ more in length than by a quarter.
  if (unlike >= UNLIKE || words * 4 < its * 3 || words * 3 > its * 4) return group;
  const now = meet(other, group);
  if (unlike < load<u32>(KIN, UNLIKE_BINS)) {
    store<u32>(KIN, lineOf(other), NEAR_LINE);
    store<u32>(KIN, unlike, UNLIKE_BINS);
  }
  return now;
}

/** @returns the group that the row is in now that it turned out to be nearly the same as `other` */
function meet(other: u32, group: i32): i32 {
  if (group < 0) return join(other);
  const its = groupOf(other);
  if (its === <u32>group) return group;
  if (!mayMerge || join(other) < 0) {
    store<u32>(KIN, other, OTHER_ROW);
    return group;
  }
  return <i32>mergeGroups(group, its);
}

function bitsOf(table: u32): u32 {
  return table === 0 ? BANDS_SMALL : table === 1 ? BANDS_MIDDLE : BANDS_LARGE;
}

function tableAt(table: u32): usize {
  if (table === 0) return BY_BAND;
  return BY_BAND + (4 << 17) + (table === 1 ? 0 : 4 << 20);
}

function slotOf(band: u32, table: u32): usize {
  const place = (band ^ (band >> 16)) & (((<u32>1) << bitsOf(table)) - 1);
  return tableAt(table) + ((<usize>place) << 2);
}

/** The last table goes on being overwritten: the newest rows are found best. */
function makeRoom(): void {
  if (room > 0) return;
  if (tables === TABLES) {
    room = 0xffffffff;
    return;
  }
  room = (((<u32>3) << bitsOf(tables)) / 5 + BAND_COUNT - 1) / BAND_COUNT;
  tables++;
}
