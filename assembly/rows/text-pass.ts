import { isPlain, plainHash } from './ascii';
import { mixText } from './content-hash';
import { END_BYTE, LOWER, NUMBER, UPPER, WIDE } from './layout';
import { bitsAt, countAt, countPiece, entryOf, keepWord, wordAt } from './piece-counts';
import { kindAt, leadsAt, pieceEnd } from './scanner';
import { keepCount, knownCount } from './text-counts';
import { countText } from './text-tokens';
import { beginText, endText, LOOKED_AT, lookUp, readStretch, readWords, takeWord } from './text-words';

/*
 * Tokens and words of a text in one pass. Most pieces are one small word with a space before it: for these the table of
 * pieces has both, the count and the word's hash. What stands between two such words is left until the next one comes,
 * and then read as all texts are. It gives what countText and readWords give.
 */

/** Takes a text into the hash, its words to those of the row. @returns its tokens. Sixteen bytes behind it are overwritten. */
export function passText(text: usize, length: u32, known: bool, spare: usize): u32 {
  const hash = mixText(text, length);
  let counted = knownCount(text, hash, length);
  if (counted < 0 && length > LOOKED_AT) counted = countText(text, length, spare);
  if (counted >= 0) {
    readWords(text, length, known);
    return counted;
  }
  const tokens = pass(text, length, known, spare);
  keepCount(text, hash, length, tokens);
  return tokens;
}

/** Up to where the words of the text were taken. */
let taken: usize = 0;
let tokens: u32 = 0;

function pass(text: usize, length: u32, known: bool, spare: usize): u32 {
  const end = text + length;
  beginText(text, end, known);
  store<u8>(end, <u8>END_BYTE);
  taken = text;
  tokens = 0;
  for (let at = text; at < end; ) {
    const to = wordPiece(at, text, spare);
    at = to === 0 ? anyPiece(at, spare) : to;
  }
  store<u8>(end, 0x20);
  readStretch(taken, end);
  endText();
  return tokens;
}

/**
 * A piece of at most 15 bytes that is one word of ASCII letters, of which the first at most is a capital, with or without
 * a sign or space before it, and no letter, digit or apostrophe behind it. @returns where it ends; 0 = it is another one
 */
function wordPiece(at: usize, text: usize, spare: usize): usize {
  const bytes = v128.load(at);
  const small = <u32>i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x61)), i8x16.splat(26)));
  const capital = <u32>i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x41)), i8x16.splat(26)));
  const lead = leadsAt(at);
  const rest = lead + ((capital >> lead) & 1);
  const length = rest + ctz<u32>(~(small >> rest));
  if (length === lead || length >= 16) return 0;
  const next = <u32>load<u8>(at + length);
  if (next === 0x27 || isPlain(at + length) || (next >= 0x80 && next !== END_BYTE)) return 0;
  if (taken !== at) {
    if (lead === 0 && goesOn(at, text)) return 0;
    readStretch(taken, at);
  }
  const entry = entryOf(at, length, spare);
  if (wordAt(entry) === 0) {
    const word = <u32>(plainHash(at + lead, length - lead) >> 32) & ~1;
    keepWord(entry, word, lookUp(word));
  }
  takeWord(wordAt(entry), bitsAt(entry), length - lead);
  tokens += countAt(entry);
  taken = at + length;
  return taken;
}

/** Whether a word may have begun before this letter. */
function goesOn(at: usize, text: usize): bool {
  return at > text && (isPlain(at - 1) || load<u8>(at - 1) >= 0x80);
}

function anyPiece(at: usize, spare: usize): usize {
  const to = pieceEnd(at);
  if (to - at > 1) {
    tokens += countPiece(at, <u32>(to - at), spare);
    return to;
  }
  tokens++;
  const kind = kindAt(at);
  if (taken === at && kind !== LOWER && kind !== UPPER && kind !== NUMBER && kind !== WIDE) taken = to;
  return to;
}
