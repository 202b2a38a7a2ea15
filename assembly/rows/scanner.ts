import {
  CASELESS,
  CLASSES,
  END,
  END_BYTE,
  KINDS,
  LINE_END,
  LOWER,
  MARK,
  NUMBER,
  OTHER,
  SPACE,
  UPPER,
  WIDE,
} from './layout';

/*
 * The pre-tokeniser of o200k_base by hand, equal to its pattern (tiktoken, openai_public.py), alternative by alternative:
 *   1 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+('s|'t|'re|'ve|'m|'ll|'d)?   a word
 *   2 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(...)?                          a word in capitals
 *   3 \p{N}{1,3}    4 ' ?[^\s\p{L}\p{N}]+[\r\n/]*'    5 \s*[\r\n]+    6 \s+(?!\S)    7 \s+
 */

export function kindAt(at: usize): u32 {
  return load<u8>(KINDS + <usize>load<u8>(at));
}

/** 1 for a character of ASCII that may stand before the letters of a word, in the same piece. */
export function leadsAt(at: usize): u32 {
  const kind = kindAt(at);
  return <u32>(kind === OTHER) | <u32>(kind === SPACE);
}

/** End of the piece that starts here. Plain ASCII, which is nearly all, takes the short way. */
export function pieceEnd(from: usize): usize {
  const kind = kindAt(from);
  let at = from + 1;
  if (kind !== LOWER) {
    if (kind === WIDE) return anyPieceEnd(from);
    if (kind === NUMBER) return plainNumberEnd(from, at);
    const second = kindAt(at);
    const leads = second - 1 < 2 && kind !== LINE_END;
    if (kind !== UPPER && !leads) {
      const isSigns = kind === OTHER || (second === OTHER && load<u8>(from) === 0x20);
      return isSigns ? plainSignsEnd(from, at) : plainSpaceEnd(from);
    }
    while (kindAt(at) === UPPER) at++;
  }
  let stop = kindAt(at);
  while (stop === LOWER) stop = kindAt(++at);
  if (stop === WIDE) return anyPieceEnd(from);
  return load<u8>(at) === 0x27 ? suffixEnd(at) : at;
}

function plainNumberEnd(from: usize, second: usize): usize {
  let at = second;
  if (kindAt(at) === NUMBER && kindAt(++at) === NUMBER) return at + 1;
  return kindAt(at) === WIDE ? anyPieceEnd(from) : at;
}

function plainSignsEnd(from: usize, second: usize): usize {
  let at = second;
  let stop = kindAt(at);
  while (stop === OTHER) stop = kindAt(++at);
  if (stop === WIDE) return anyPieceEnd(from);
  return stop === LINE_END ? lineEndsAndSlashes(at) : at;
}

function lineEndsAndSlashes(from: usize): usize {
  let at = from;
  for (let byte = load<u8>(at); byte === 0x0a || byte === 0x0d || byte === 0x2f; byte = load<u8>(at)) at++;
  return at;
}

function plainSpaceEnd(from: usize): usize {
  let at = from;
  let afterLine: usize = 0;
  let stop = kindAt(at);
  for (; stop === SPACE || stop === LINE_END; stop = kindAt(at)) {
    at++;
    if (stop === LINE_END) afterLine = at;
  }
  if (stop === WIDE) return anyPieceEnd(from);
  if (afterLine) return afterLine;
  return stop === END || at - from === 1 ? at : at - 1;
}

/** Class of the character in the lower four bits, its length in bytes above. */
function classAt(at: usize): u32 {
  const byte = <u32>load<u8>(at);
  if (byte < 0x80) return <u32>load<u8>(CLASSES + byte) | (1 << 4);
  if (byte === END_BYTE) return END;
  const second = <u32>load<u8>(at + 1) & 63;
  if (byte < 0xe0) return <u32>load<u8>(CLASSES + (((byte & 31) << 6) | second)) | (2 << 4);
  const third = <u32>load<u8>(at + 2) & 63;
  if (byte < 0xf0) return <u32>load<u8>(CLASSES + (((byte & 15) << 12) | (second << 6) | third)) | (3 << 4);
  const fourth = <u32>load<u8>(at + 3) & 63;
  return <u32>load<u8>(CLASSES + (((byte & 7) << 18) | (second << 12) | (third << 6) | fourth)) | (4 << 4);
}

/** The same for characters of any kind. */
function anyPieceEnd(from: usize): usize {
  const first = classAt(from);
  const kind = first & 15;
  const after = from + (first >> 4);
  if (kind === NUMBER) return numberEnd(after);
  if (kind !== LINE_END) {
    const word = wordEnd(from, after, kind);
    if (word) return word;
  }
  const signs = signsEnd(from, after, kind);
  return signs ? signs : spaceEnd(from);
}

// Ends of what does not match are 0.

function wordEnd(from: usize, after: usize, kind: u32): usize {
  if (kind !== OTHER && kind !== MARK && kind !== SPACE) {
    const mixed = mixedWord(from);
    return mixed ? mixed : capitals(from);
  }
  const mixed = mixedWord(after);
  if (mixed) return mixed;
  if (kind === MARK) {
    const alone = mixedWord(from);
    if (alone) return alone;
  }
  return capitals(after);
}

/** Alternative 1 without its leading character: capitals, then at least one that is not a capital. */
function mixedWord(from: usize): usize {
  let at = from;
  let lastLower: usize = 0;
  for (;;) {
    const found = classAt(at);
    const kind = found & 15;
    if (kind === CASELESS || kind === MARK) lastLower = at + (found >> 4);
    else if (kind === LOWER) return suffixEnd(lowerEnd(at));
    else if (kind !== UPPER) break;
    at += found >> 4;
  }
  return lastLower ? suffixEnd(lastLower) : 0;
}

function lowerEnd(from: usize): usize {
  let at = from;
  for (let found = classAt(at); isSmall(found & 15); found = classAt(at)) at += found >> 4;
  return at;
}

function isSmall(kind: u32): bool {
  return kind === LOWER || kind === CASELESS || kind === MARK;
}

/** Alternative 2 after alternative 1 has failed: only capitals are left to match. */
function capitals(from: usize): usize {
  let at = from;
  for (let found = classAt(at); (found & 15) === UPPER; found = classAt(at)) at += found >> 4;
  return at === from ? 0 : suffixEnd(at);
}

/** 's 't 'm 'd 're 've 'll in any case. The long s (U+017F, bytes c5 bf) folds to s. */
function suffixEnd(at: usize): usize {
  if (load<u8>(at) !== 0x27) return at;
  const one = load<u8>(at + 1);
  if (one === 0xc5 && load<u8>(at + 2) === 0xbf) return at + 3;
  if (kindAt(at + 1) - 1 > 1) return at;
  const small = one | 0x20;
  if (small === 0x73 || small === 0x74 || small === 0x6d || small === 0x64) return at + 2;
  const two = load<u8>(at + 2) | 0x20;
  if (kindAt(at + 2) - 1 > 1) return at;
  const isPair = ((small === 0x72 || small === 0x76) && two === 0x65) || (small === 0x6c && two === 0x6c);
  return isPair ? at + 3 : at;
}

function numberEnd(from: usize): usize {
  let at = from;
  for (let digits = 1; digits < 3; digits++) {
    const found = classAt(at);
    if ((found & 15) !== NUMBER) break;
    at += found >> 4;
  }
  return at;
}

function isSign(found: u32): bool {
  return (found & 15) === OTHER || (found & 15) === MARK;
}

function signsEnd(from: usize, after: usize, kind: u32): usize {
  let at = from;
  if (!isSign(kind)) {
    if (load<u8>(from) !== 0x20 || !isSign(classAt(after))) return 0;
    at = after;
  }
  for (let found = classAt(at); isSign(found); found = classAt(at)) at += found >> 4;
  return lineEndsAndSlashes(at);
}

function spaceEnd(from: usize): usize {
  let at = from;
  let last = from;
  let afterLine: usize = 0;
  let kind: u32 = SPACE;
  for (;;) {
    const found = classAt(at);
    kind = found & 15;
    if (kind !== SPACE && kind !== LINE_END) break;
    last = at;
    at += found >> 4;
    if (kind === LINE_END) afterLine = at;
  }
  if (afterLine) return afterLine;
  return kind === END || last === from ? at : last;
}
