/** What a text has, so that a costly look for something happens only where it can be found. */
export const SEEN = {
  at: 1,
  /** `<` or `&`: markup. */
  angle: 2,
  /** First signs of what UTF-8 looks like when it is read as Latin-1 or Windows-1252. */
  damage: 4,
  backtick: 8,
  dash: 16,
  digit: 32,
  letter: 64,
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

const LETTER = SEEN.letter;
const DIGIT = SEEN.digit;
/** What SEEN says of each code unit; letters and digits are the only ones from DIGIT up. */
const ascii = new Uint8Array(128);
const lower = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const isUpper = unit >= 65 && unit <= 90;
  lower[unit] = isUpper ? unit + 32 : unit;
  if (isUpper || (unit >= 97 && unit <= 122)) ascii[unit] = LETTER;
  else if (unit >= 48 && unit <= 57) ascii[unit] = DIGIT;
}
ascii[0x40] = SEEN.at;
ascii[0x3c] = SEEN.angle;
ascii[0x26] = SEEN.angle;
ascii[0x60] = SEEN.backtick;
ascii[0x2d] = SEEN.dash;

const WIDE_LOWER = 0x600;
const lowerWide = Uint16Array.from({ length: WIDE_LOWER }, (_, unit) =>
  String.fromCharCode(unit).toLowerCase().charCodeAt(0),
);
const scripts = new Int8Array(0x10000);
for (const [i, [from, script]] of RANGES.entries()) scripts.fill(script, from, RANGES[i + 1]?.[0] ?? 0x10000);

/** More words than this of one row are not looked at: half a megabyte of text. */
const MAX_WORDS = 1 << 16;
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

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the inner loop of every import, one pass over each sign
  read(text: string): void {
    const { letters } = this;
    letters.fill(0);
    let seen = 0;
    let hash = START;
    let kinds = 0;
    let start = 0;
    let digits = 0;
    let mostDigits = 0;
    let mixed = 0;
    let latin = 0;
    const { length } = text;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 128) {
        const kind = ascii[unit] as number;
        if (kind >= DIGIT) {
          hash = Math.imul(hash ^ (lower[unit] as number), PRIME);
          kinds |= kind;
          if (kind === DIGIT) digits++;
          else {
            latin++;
            digits = 0;
          }
          continue;
        }
        seen |= kind;
        if (digits > mostDigits) mostDigits = digits;
      } else {
        seen |= SEEN.wide;
        const script = scripts[unit] as number;
        if (unit >= 0xc2 && unit <= 0xf0) seen |= SEEN.damage;
        if (script >= 0 && script !== HAN) {
          letters[script] = (letters[script] as number) + 1;
          hash = Math.imul(hash ^ (unit < WIDE_LOWER ? (lowerWide[unit] as number) : unit), PRIME);
          kinds |= LETTER;
          digits = 0;
          continue;
        }
        if (script === HAN) {
          letters[HAN] = (letters[HAN] as number) + 1;
          if (kinds !== 0) this.push(hash, kinds);
          hash = Math.imul(START ^ unit, PRIME);
          kinds = LETTER;
          digits = 0;
        }
      }
      if (kinds !== 0) {
        if (kinds === (LETTER | DIGIT) && i - start > mixed) mixed = i - start;
        seen |= kinds;
        this.push(hash, kinds);
        hash = START;
        kinds = 0;
      }
      start = i + 1;
    }
    if (kinds !== 0) {
      if (kinds === (LETTER | DIGIT) && length - start > mixed) mixed = length - start;
      seen |= kinds;
      this.push(hash, kinds);
    }
    letters[LATIN] = (letters[LATIN] as number) + latin;
    this.seen = seen;
    this.digits = Math.max(mostDigits, digits);
    this.mixed = mixed;
  }

  private push(hash: number, kinds: number): void {
    if (this.count >= MAX_WORDS) return;
    if (this.count === this.words.length) {
      const more = new Int32Array(this.words.length * 2);
      more.set(this.words);
      this.words = more;
    }
    // FNV mixes its last signs badly into the high bits, and tables are entered by these.
    const word = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    this.words[this.count++] = kinds & DIGIT ? word | 1 : word & ~1;
  }
}

/** The hash under which a word stands in `TextScan.words`. */
export function wordHash(word: string): number {
  const scan = new TextScan();
  scan.read(word);
  return scan.words[0] as number;
}
