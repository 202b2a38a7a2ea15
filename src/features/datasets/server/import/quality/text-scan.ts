/** What a text has, so that a costly look for something happens only where it can be found. */
export const SEEN = {
  at: 1,
  /** `<` or `&`: markup. */
  angle: 2,
  /** First signs of what UTF-8 looks like when it is read as Latin-1 or Windows-1252. */
  damage: 4,
  backtick: 8,
  dash: 16,
  letter: 0x40,
  /** Anything outside ASCII. */
  wide: 128,
} as const;

/** Scripts whose letters are counted. Everything Latin is told apart by its words instead. */
export const SCRIPTS = [
  'latin',
  'cyrillic',
  'greek',
  'arabic',
  'hebrew',
  'indic',
  'thai',
  'hangul',
  'kana',
  'han',
] as const;

const LATIN = 0;
const HAN = 9;
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

/** Bits of a sign that is part of a word. */
const LETTER = 0x40;
const DIGIT = 0x80;
/** By byte of UTF-8: small letters as they are (they all have LETTER), digits with DIGIT; 0 = no part of a word. */
const folded = new Uint8Array(256);
/** What SEEN says of the signs that are no part of a word. */
const signs = new Uint8Array(128);
for (let unit = 48; unit < 58; unit++) folded[unit] = DIGIT | (unit - 48);
for (let unit = 97; unit < 123; unit++) {
  folded[unit] = unit;
  folded[unit - 32] = unit;
}
signs[0x40] = SEEN.at;
signs[0x3c] = SEEN.angle;
signs[0x26] = SEEN.angle;
signs[0x60] = SEEN.backtick;
signs[0x2d] = SEEN.dash;

const WIDE_LOWER = 0x600;
const lowerWide = Uint16Array.from({ length: WIDE_LOWER }, (_, unit) =>
  String.fromCharCode(unit).toLowerCase().charCodeAt(0),
);
const scripts = new Int8Array(0x10000);
for (const [i, [from, script]] of RANGES.entries()) scripts.fill(script, from, RANGES[i + 1]?.[0] ?? 0x10000);

/** More words than this of one row are not looked at: of a conversation of half a megabyte. */
const MAX_WORDS = 1 << 16;
const encoder = new TextEncoder();
/** Of a longer text only so much is looked at; one byte more for the end. Shared: nothing else runs while a text is read. */
const bytes = new Uint8Array((1 << 19) + 1);
const roomy = bytes.subarray(0, 1 << 19);
const PRIME = 0x01000193;
const START = 0x811c9dc5 | 0;

/**
 * Reads the texts of one row once and keeps their words as 32-bit hashes: without case and punctuation, a Han sign is a word
 * of its own, and words with a digit are the odd ones. All memory is used again for the next row.
 */
export class TextScan {
  words = new Int32Array(1 << 10);
  /** Words so far, of all texts since `clear`. */
  count = 0;
  /** Of the last text: bits of SEEN, the most digits in a row that no letter interrupts, the longest word of letters and digits. */
  seen = 0;
  digits = 0;
  mixed = 0;
  /** Letters of the last text by script. */
  readonly letters = new Int32Array(SCRIPTS.length);

  clear(): void {
    this.count = 0;
  }

  read(text: string): void {
    // Over bytes: asking a string for each of its signs takes three times as long.
    const { written } = encoder.encodeInto(text, roomy);
    this.letters.fill(0);
    this.digits = 0;
    this.mixed = 0;
    this.scan(written);
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the inner loop of every import, one pass over each byte
  private scan(length: number): void {
    const { letters } = this;
    const words = this.room(length + 1);
    // The last word ends as all others do.
    bytes[length] = 32;
    let { count } = this;
    let seen = 0;
    let hash = START;
    let kinds = 0;
    let start = 0;
    let digits = 0;
    let wide = 0;
    for (let i = 0; i <= length; i++) {
      const byte = bytes[i] as number;
      const code = folded[byte] as number;
      if (code !== 0) {
        hash = Math.imul(hash ^ code, PRIME);
        kinds |= code;
        continue;
      }
      let next = 0;
      if (byte < 128) seen |= signs[byte] as number;
      else {
        let unit = 0;
        if (byte < 0xe0) unit = ((byte & 0x1f) << 6) | ((bytes[++i] as number) & 0x3f);
        else if (byte < 0xf0) {
          unit = ((byte & 0x0f) << 12) | (((bytes[i + 1] as number) & 0x3f) << 6) | ((bytes[i + 2] as number) & 0x3f);
          i += 2;
        } else i += 3;
        seen |= SEEN.wide;
        if (unit >= 0xc2 && unit <= 0xf0) seen |= SEEN.damage;
        const script = unit === 0 ? -1 : (scripts[unit] as number);
        if (script >= 0) letters[script] = (letters[script] as number) + 1;
        if (script >= 0 && script !== HAN) {
          // Small letters of the scripts that have two: near enough to tell words apart by.
          hash = Math.imul(hash ^ (unit < WIDE_LOWER ? (lowerWide[unit] as number) : unit), PRIME);
          kinds |= LETTER;
          wide += unit < 0x800 ? 2 : 3;
          continue;
        }
        if (script === HAN) next = unit;
      }
      if (kinds !== 0) {
        if (kinds & LETTER) {
          digits = 0;
          const size = i - start;
          if (kinds & DIGIT && size > this.mixed) this.mixed = size;
          letters[LATIN] = (letters[LATIN] as number) + size - wide;
          seen |= LETTER;
          wide = 0;
        } else {
          digits += i - start;
          if (digits > this.digits) this.digits = digits;
        }
        // FNV mixes its last signs badly into the high bits, and tables are entered by these.
        const word = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
        if (count < MAX_WORDS) words[count++] = kinds & DIGIT ? word | 1 : word & ~1;
        hash = START;
        kinds = 0;
      }
      start = i + 1;
      if (next !== 0) {
        digits = 0;
        hash = Math.imul(START ^ next, PRIME);
        kinds = LETTER;
        start = i;
        wide = 1;
      }
    }
    this.count = count;
    this.seen = seen;
  }

  /** The words, with room for so many more. */
  private room(more: number): Int32Array {
    const wanted = Math.min(MAX_WORDS, this.count + more);
    if (wanted > this.words.length) {
      const words = new Int32Array(Math.min(MAX_WORDS, Math.max(wanted, this.words.length * 2)));
      words.set(this.words);
      this.words = words;
    }
    return this.words;
  }
}

/** The hash under which a word stands in `TextScan.words`. */
export function wordHash(word: string): number {
  const scan = new TextScan();
  scan.read(word);
  return scan.words[0] as number;
}
