// Reads a string of a JSON text, strictly: what JSON.parse or UTF-8 would refuse, and what the checks would remark on, ends it.

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;

/** Where the last string ends that was written. */
export let written: usize = 0;

export function afterSpace(from: usize): usize {
  let at = from;
  for (let byte = <u32>load<u8>(at); byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; )
    byte = <u32>load<u8>(++at);
  return at;
}

/**
 * Writes the string that starts behind its quote at `from` to `to`, in UTF-8 without escapes.
 * @returns the address behind the closing quote, or 0: not JSON, not UTF-8, NUL, a lone surrogate, or U+FFFD
 */
export function readString(from: usize, to: usize): usize {
  let at = from;
  let out = to;
  while (true) {
    const bytes = v128.load(at);
    v128.store(out, bytes);
    const stops = v128.or(
      v128.or(bytes, i8x16.lt_u(bytes, i8x16.splat(0x20))),
      v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))),
    );
    const plain = ctz<u32>(<u32>i8x16.bitmask(stops) | 0x10000);
    at += plain;
    out += plain;
    if (plain === 16) continue;
    let byte = <u32>load<u8>(at);
    if (byte === QUOTE) {
      written = out;
      return at + 1;
    }
    if (byte === BACKSLASH) {
      at = readEscape(at + 1, out);
      if (at === 0) return 0;
      out = written;
      continue;
    }
    if (byte < 0x20) return 0;
    // Characters beyond ASCII seldom come alone.
    do {
      const length = wideLength(at, byte);
      if (length === 0) return 0;
      store<u32>(out, load<u32>(at));
      at += length;
      out += length;
      byte = <u32>load<u8>(at);
    } while (byte >= 0x80);
  }
}

/** Length of the character that starts here, or 0 if it is none that may stand in a text. Source: Unicode 16, table 3-7. */
function wideLength(at: usize, first: u32): u32 {
  const second = <u32>load<u8>(at + 1);
  if ((second & 0xc0) !== 0x80) return 0;
  if (first < 0xe0) return first >= 0xc2 ? 2 : 0;
  const third = <u32>load<u8>(at + 2);
  if ((third & 0xc0) !== 0x80) return 0;
  if (first < 0xf0) {
    if (first === 0xe0 && second < 0xa0) return 0;
    if (first === 0xed && second >= 0xa0) return 0;
    return first === 0xef && second === 0xbf && third === 0xbd ? 0 : 3;
  }
  if ((<u32>load<u8>(at + 3) & 0xc0) !== 0x80 || first > 0xf4) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  return first === 0xf4 && second >= 0x90 ? 0 : 4;
}

function readEscape(at: usize, out: usize): usize {
  const sign = <u32>load<u8>(at);
  if (sign === 0x75) return readUnit(at + 1, out);
  let byte = sign;
  if (sign === 0x6e) byte = 0x0a;
  else if (sign === 0x74) byte = 0x09;
  else if (sign === 0x72) byte = 0x0d;
  else if (sign === 0x62) byte = 0x08;
  else if (sign === 0x66) byte = 0x0c;
  else if (sign !== QUOTE && sign !== BACKSLASH && sign !== 0x2f) return 0;
  store<u8>(out, <u8>byte);
  written = out + 1;
  return at + 1;
}

function readUnit(at: usize, out: usize): usize {
  const unit = hexUnit(at);
  if (unit <= 0 || unit === 0xfffd || (unit >= 0xdc00 && unit < 0xe000)) return 0;
  if (unit < 0xd800 || unit >= 0xe000) {
    written = writeCharacter(<u32>unit, out);
    return at + 4;
  }
  if (load<u16>(at + 4) !== 0x755c) return 0;
  const second = hexUnit(at + 6);
  if (second < 0xdc00 || second >= 0xe000) return 0;
  written = writeCharacter(<u32>(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00)), out);
  return at + 10;
}

/** Four hexadecimal digits, or -1. */
function hexUnit(at: usize): i32 {
  let unit: i32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const sign = <u32>load<u8>(at + i);
    const small = sign | 0x20;
    if (sign - 0x30 < 10) unit = (unit << 4) | <i32>(sign - 0x30);
    else if (small - 0x61 < 6) unit = (unit << 4) | <i32>(small - 0x61 + 10);
    else return -1;
  }
  return unit;
}

function writeCharacter(code: u32, out: usize): usize {
  if (code < 0x80) {
    store<u8>(out, <u8>code);
    return out + 1;
  }
  if (code < 0x800) {
    store<u8>(out, <u8>(0xc0 | (code >> 6)));
    store<u8>(out + 1, <u8>(0x80 | (code & 63)));
    return out + 2;
  }
  if (code < 0x10000) {
    store<u8>(out, <u8>(0xe0 | (code >> 12)));
    store<u8>(out + 1, <u8>(0x80 | ((code >> 6) & 63)));
    store<u8>(out + 2, <u8>(0x80 | (code & 63)));
    return out + 3;
  }
  store<u8>(out, <u8>(0xf0 | (code >> 18)));
  store<u8>(out + 1, <u8>(0x80 | ((code >> 12) & 63)));
  store<u8>(out + 2, <u8>(0x80 | ((code >> 6) & 63)));
  store<u8>(out + 3, <u8>(0x80 | (code & 63)));
  return out + 4;
}
