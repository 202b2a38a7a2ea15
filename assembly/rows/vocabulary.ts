import { firstBytes, hashBytes, mixWord, mixWords } from './bits';
import {
  FILTER,
  FILTER_BITS,
  LONG,
  LONG_BITS,
  MEDIUM,
  MEDIUM_BITS,
  PAIRS,
  POOL,
  reserve,
  SHORT,
  SHORT_BITS,
  TEXT,
} from './layout';

export const NO_RANK: u32 = 0xffffffff;
/** The longest token of o200k_base has 128 bytes. */
const LONGEST_TOKEN: u32 = 128;
let pooled: usize = POOL;

// A mark is the length in its upper 8 bits and rank + 1 below: 0 is an empty place.
function markOf(length: u32, rank: u32): u32 {
  return (length << 24) | (rank + 1);
}

/** Reads the ranks file (lines of "base64 rank") that lies at TEXT into the tables. */
export function loadRanks(length: u32): void {
  memory.fill(PAIRS, 0xff, 65536 * 4);
  reserve(length + 256);
  const token = TEXT + length + 16;
  for (let at = TEXT; at < TEXT + length; ) {
    let bytes: u32 = 0;
    let bits: u32 = 0;
    let waiting: u32 = 0;
    for (; load<u8>(at) !== 0x20; at++) {
      const value = base64(load<u8>(at));
      if (value > 63) continue;
      bits = (bits << 6) | value;
      waiting += 6;
      if (waiting < 8) continue;
      waiting -= 8;
      store<u8>(token + bytes, bits >> waiting);
      bytes++;
    }
    let rank: u32 = 0;
    for (at++; at < TEXT + length && load<u8>(at) >= 0x30; at++) rank = rank * 10 + (load<u8>(at) - 0x30);
    at++;
    addToken(token, bytes, rank);
  }
}

function base64(sign: u32): u32 {
  if (sign >= 0x61) return sign - 0x61 + 26;
  if (sign >= 0x41) return sign - 0x41;
  if (sign >= 0x30 && sign <= 0x39) return sign - 0x30 + 52;
  return sign === 0x2b ? 62 : sign === 0x2f ? 63 : 64;
}

function addToken(token: usize, length: u32, rank: u32): void {
  if (length === 2) store<u32>(PAIRS + (((<usize>load<u8>(token)) << 10) | ((<usize>load<u8>(token + 1)) << 2)), rank);
  if (length <= 8) addShort(firstBytes(load<u64>(token), length), markOf(length, rank));
  else if (length <= 16)
    addMedium(load<u64>(token), firstBytes(load<u64>(token + 8), length - 8), markOf(length, rank));
  else addLong(token, length, rank);
}

function addShort(key: u64, mark: u32): void {
  const hash = mixWord(key);
  remember(hash);
  let place = SHORT + ((<usize>(hash >> (64 - SHORT_BITS))) << 4);
  while (load<u32>(place + 8) !== 0) place = place + 16 === MEDIUM ? SHORT : place + 16;
  store<u64>(place, key);
  store<u32>(place + 8, mark);
}

function addMedium(first: u64, second: u64, mark: u32): void {
  const hash = mixWords(first, second);
  remember(hash);
  let place = MEDIUM + <usize>(hash >> (64 - MEDIUM_BITS)) * 24;
  while (load<u32>(place + 16) !== 0) place = place + 24 === LONG ? MEDIUM : place + 24;
  store<u64>(place, first);
  store<u64>(place + 8, second);
  store<u32>(place + 16, mark);
}

function addLong(token: usize, length: u32, rank: u32): void {
  const hash = hashBytes(token, length);
  let place = LONG + ((<usize>(hash >> <u32>(32 - LONG_BITS))) << 4);
  while (load<u32>(place + 8) !== 0) place = place + 16 === POOL ? LONG : place + 16;
  memory.copy(pooled, token, length);
  store<u32>(place, hash);
  store<u32>(place + 4, <u32>pooled);
  store<u32>(place + 8, length);
  store<u32>(place + 12, rank);
  pooled += length;
}

function remember(hash: u64): void {
  const bit = <usize>(hash >> (64 - FILTER_BITS));
  store<u8>(FILTER + (bit >> 3), load<u8>(FILTER + (bit >> 3)) | <u8>((<u32>1) << (<u32>(bit & 7))));
}

function mayExist(hash: u64): bool {
  const bit = <usize>(hash >> (64 - FILTER_BITS));
  return ((load<u8>(FILTER + (bit >> 3)) >> <u8>(bit & 7)) & 1) !== 0;
}

/** Rank of the token that is exactly these bytes, or NO_RANK. */
export function rankOf(at: usize, length: u32): u32 {
  if (length <= 8) return shortRank(firstBytes(load<u64>(at), length), length);
  if (length <= 16) return mediumRank(load<u64>(at), firstBytes(load<u64>(at + 8), length - 8), length);
  return length > LONGEST_TOKEN ? NO_RANK : longRank(at, length);
}

function shortRank(key: u64, length: u32): u32 {
  const hash = mixWord(key);
  if (!mayExist(hash)) return NO_RANK;
  let place = SHORT + ((<usize>(hash >> (64 - SHORT_BITS))) << 4);
  for (let mark = load<u32>(place + 8); mark !== 0; mark = load<u32>(place + 8)) {
    if (load<u64>(place) === key && mark >> 24 === length) return (mark & 0xffffff) - 1;
    place = place + 16 === MEDIUM ? SHORT : place + 16;
  }
  return NO_RANK;
}

function mediumRank(first: u64, second: u64, length: u32): u32 {
  const hash = mixWords(first, second);
  if (!mayExist(hash)) return NO_RANK;
  let place = MEDIUM + <usize>(hash >> (64 - MEDIUM_BITS)) * 24;
  for (let mark = load<u32>(place + 16); mark !== 0; mark = load<u32>(place + 16)) {
    if (load<u64>(place) === first && load<u64>(place + 8) === second && mark >> 24 === length)
      return (mark & 0xffffff) - 1;
    place = place + 24 === LONG ? MEDIUM : place + 24;
  }
  return NO_RANK;
}

function longRank(at: usize, length: u32): u32 {
  const hash = hashBytes(at, length);
  for (let place = LONG + ((<usize>(hash >> <u32>(32 - LONG_BITS))) << 4); load<u32>(place + 8) !== 0; ) {
    if (
      load<u32>(place) === hash &&
      load<u32>(place + 8) === length &&
      memory.compare(load<u32>(place + 4), at, length) === 0
    )
      return load<u32>(place + 12);
    place = place + 16 === POOL ? LONG : place + 16;
  }
  return NO_RANK;
}
