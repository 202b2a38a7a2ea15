/** What a text has, so that a costly look for something happens only where it can be found. */
export const SEEN = {
  at: 1,
  /** `<` or `&`: markup. */
  angle: 2,
  /** First signs of what UTF-8 looks like when it is read as Latin-1 or Windows-1252, with another sign beyond ASCII behind them. */
  damage: 4,
  backtick: 8,
  /** Two dashes side by side. */
  dash: 16,
  letter: 0x40,
  /** Anything outside ASCII. */
  wide: 128,
} as const;

/** What the engine says of one text. */
export interface TextSigns {
  /** Bits of SEEN. */
  seen: number;
  /** The most digits in a row that no letter interrupts. */
  digits: number;
  /** The longest word of letters and digits, in bytes. */
  mixed: number;
  /** What the lexicon says of its words, all in one. */
  bits: number;
}

/*
 * Scripts whose letters are counted, by number: Latin 0, Cyrillic 1, Greek 2, Arabic 3, Hebrew 4, Indic ones 5, Thai 6,
 * Hangul 7, kana 8, Han 9. Everything Latin is told apart by its words instead.
 */
const NO_SCRIPT = 0xff;
/** First code units of ranges with one script each; a range ends where the next begins. -1 = no letter. Source: Unicode blocks. */
const RANGES: readonly (readonly [number, number])[] = [
  ...([
    [0x80, -1],
    [0xaa, 0],
    [0xab, -1],
    [0xb5, 0],
    [0xb6, -1],
    [0xba, 0],
    [0xbb, -1],
    [0xc0, 0],
    [0xd7, -1],
    [0xd8, 0],
  ] as const),
  ...([
    [0xf7, -1],
    [0xf8, 0],
    [0x2b0, -1],
    [0x370, 2],
    [0x400, 1],
    [0x530, -1],
    [0x591, 4],
    [0x600, -1],
    [0x620, 3],
  ] as const),
  ...([
    [0x700, -1],
    [0x900, 5],
    [0xe00, 6],
    [0xe80, -1],
    [0x1100, 7],
    [0x1200, -1],
    [0x1e00, 0],
    [0x1f00, 2],
  ] as const),
  ...([
    [0x2000, -1],
    [0x3041, 8],
    [0x3100, -1],
    [0x3130, 7],
    [0x3190, -1],
    [0x3400, 9],
    [0x4dc0, -1],
    [0x4e00, 9],
  ] as const),
  ...([
    [0xa000, -1],
    [0xac00, 7],
    [0xd7b0, -1],
    [0xf900, 9],
    [0xfb00, -1],
  ] as const),
];

/** For each UTF-16 code unit the script whose letter it is. */
export function scriptTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [i, [from, script]] of RANGES.entries())
    table.fill(script < 0 ? NO_SCRIPT : script, from, RANGES[i + 1]?.[0] ?? 0x10000);
  table.fill(NO_SCRIPT, 0, 0x80);
  return table;
}

/** Bit of a digit; letters have SEEN.letter, as all small ones of ASCII do. */
const DIGIT = 0x80;

/** By byte: small letters for letters, digits with their bit, 0 for what is no part of a word. */
export function plainTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (let unit = 48; unit < 58; unit++) table[unit] = DIGIT | (unit - 48);
  for (let unit = 97; unit < 123; unit++) {
    table[unit] = unit;
    table[unit - 32] = unit;
  }
  return table;
}
