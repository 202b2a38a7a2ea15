// Where everything lies in the module's memory. Addresses are bytes; tables have fixed sizes, texts come last and may grow.

/** One class per code point (see char-classes.ts beside the caller). */
export const CLASSES: usize = 0x10000;
const CODE_POINTS: usize = 0x110000;
/** One kind per byte value: the class of an ASCII character, WIDE for the rest, END for the byte after a text. */
export const KINDS: usize = CLASSES + CODE_POINTS;
/** Rank of every pair of bytes, 4 bytes each. */
export const PAIRS: usize = KINDS + 256;
/** A bit per hash: whether any token of up to 16 bytes has it. */
export const FILTER: usize = PAIRS + 65536 * 4;
export const FILTER_BITS: u64 = 21;
/** Tokens of up to 8 bytes: key 8, mark 4, unused 4. */
export const SHORT: usize = FILTER + (1 << 18);
export const SHORT_BITS: u64 = 18;
/** Tokens of 9 to 16 bytes: keys 8 + 8, mark 4, unused 4. */
export const MEDIUM: usize = SHORT + (16 << 18);
export const MEDIUM_BITS: u64 = 17;
/** All longer tokens: hash 4, address 4, length 4, rank 4. */
export const LONG: usize = MEDIUM + (24 << 17);
export const LONG_BITS: u64 = 13;
export const POOL: usize = LONG + (16 << 13);
const POOL_BYTES: usize = 1 << 17;
/** Pieces seen before, up to 16 bytes: the piece 16, mark 4, word 4, what the lexicon says of it 4, unused 4. */
export const SEEN: usize = POOL + POOL_BYTES;
export const SEEN_BITS: u64 = 17;
/** Up to 56 bytes: the piece, and its mark in the last 4 of 64 bytes. */
export const SEEN_LONG: usize = SEEN + (32 << 17);
export const SEEN_LONG_BITS: u64 = 13;
export const LONGEST_SEEN: u32 = 56;
/** Whole texts seen at least twice: hash 8, length 4, count 4, then the text. */
export const TEXTS: usize = SEEN_LONG + (64 << 13);
export const TEXTS_BITS: u64 = 9;
export const TEXT_SLOT: usize = 2064;
/** First bytes of the hashes of texts seen once. */
export const ONCE: usize = TEXTS + (TEXT_SLOT << 9);
export const ONCE_BITS: u64 = 12;
/** Parts of the piece that is being merged: their starts and the rank of each with the next, 4 bytes each. */
export const STARTS: usize = ONCE + (4 << 12);
export const RANKS: usize = STARTS + 1024;
/** Small letters of the characters below FOLDED, 2 bytes each. */
export const FOLD: usize = RANKS + 1024;
export const FOLDED: u32 = 0x590;
/** Words of the current block of rows: a table of few and the rows of each, the rows of each hash for many, the list of them. */
export const WORDS: usize = FOLD + 4096;
export const WORDS_ROOM: u32 = 2048;
export const MASKS: usize = WORDS + 8192;
export const MANY: usize = MASKS + 4096;
export const LIST: usize = MANY + (2 << 20);
/** Postings of the current segment, 8 bytes each, and the same sorted. */
export const POSTINGS_ROOM: u32 = 1 << 21;
export const POSTINGS: usize = LIST + (4 << 20);
export const SORTED: usize = POSTINGS + (8 << 21);
export const BUCKETS: usize = SORTED + (8 << 21);
/** For each UTF-16 code unit the script whose letter it is, or NO_SCRIPT. */
export const SCRIPTS: usize = BUCKETS + 8192;
export const NO_SCRIPT: u32 = 0xff;
/** By byte: a letter as its small one, a digit with a bit of its own, 0 for all else. */
export const PLAIN: usize = SCRIPTS + 65536;
/** What is known of some words: whether there may be one 1, then hash 4, bits 4. */
export const LEXICON_ROOM: u32 = 4096;
export const LEXICON: usize = PLAIN + 256;
/** Of the last text: letters by script, then known words by language, 4 bytes each. */
export const LETTERS: usize = LEXICON + LEXICON_ROOM * 9;
export const LETTERS_BYTES: usize = 64;
export const HITS_BYTES: usize = 64;
/** Words of a row as hashes, and what the lexicon says of each, 4 bytes each. */
export const ROW_WORDS_ROOM: u32 = 1 << 16;
export const ROW_WORDS: usize = LETTERS + LETTERS_BYTES + HITS_BYTES;
export const ROW_BITS: usize = ROW_WORDS + (ROW_WORDS_ROOM << 2);
/** Messages of a row, ten numbers of 4 bytes each; and what is known of the row as a whole: see facts.ts. */
export const MESSAGES_ROOM: u32 = 1024;
export const MESSAGE_BYTES: usize = 40;
export const MESSAGES: usize = ROW_BITS + (ROW_WORDS_ROOM << 2);
export const ROW: usize = MESSAGES + <usize>MESSAGES_ROOM * MESSAGE_BYTES;
/** The last system prompt in which nothing was found: length 4, unused 12, its bytes, and room behind them for loads. */
export const PROMPT_ROOM: u32 = 1 << 16;
export const PROMPT: usize = ROW + 96;
/** Bins of a signature, as they are found and with the empty ones filled; the signature; its bands. */
export const BINS: u32 = 64;
export const MINS: usize = PROMPT + 32 + PROMPT_ROOM;
export const DENSE: usize = MINS + (BINS << 2);
export const SIGN: usize = DENSE + (BINS << 2);
export const BANDS: usize = SIGN + 16;
/** A plain word that JSON has written with escapes. */
export const SCRATCH_ROOM: u32 = 1024;
export const SCRATCH: usize = BANDS + 48;
/** What is remembered of each row of a file: see row-log.ts. Memory is taken when it is first written to. */
export const LOG_ROOM: u32 = 1_200_000;
export const LOG_BYTES: usize = 48;
export const LOG: usize = (SCRATCH + SCRATCH_ROOM + 63) & ~63;
/** Rows by content and by question: at their largest, 4 bytes a place. */
export const PLACES_BITS: u32 = 21;
export const CONTENTS: usize = LOG + <usize>LOG_ROOM * LOG_BYTES;
export const QUESTIONS: usize = CONTENTS + (4 << 21);
/** Rows by the bands of their signatures: three tables, 4 bytes a place. */
export const BANDS_SMALL: u32 = 17;
export const BANDS_MIDDLE: u32 = 20;
export const BANDS_LARGE: u32 = 23;
export const BY_BAND: usize = QUESTIONS + (4 << 21);
/** What is known of the kin of the last row: see kin.ts. */
export const KIN: usize = BY_BAND + (4 << 17) + (4 << 20) + (4 << 23);
/** In how many rows words stand, a byte each. */
export const WORD_COUNTS: usize = KIN + 64;
export const WORD_COUNTS_ROOM: u32 = 1 << 20;
/** What is usual in a file: see usual.ts. */
export const USUAL: usize = WORD_COUNTS + WORD_COUNTS_ROOM;
export const USUAL_BYTES: usize = 256;
/** Of the last row that was measured, 8 bytes each: see usual.ts. */
export const FIGURES: usize = USUAL + USUAL_BYTES;
/** Answers by language, by how they end, by how they are built; rows by their share of new words, and by how they fit: 4 bytes each. */
export const LANGUAGES: usize = FIGURES + 32;
export const ENDS: usize = LANGUAGES + 32 * 4;
export const FORMS_ROOM: u32 = 1 << 12;
export const FORMS: usize = ENDS + 8 * 4;
export const SHARE_STEPS: u32 = 50;
export const SHARES: usize = FORMS + ((<usize>FORMS_ROOM) << 2);
export const FIT_SHARES: usize = SHARES + ((<usize>SHARE_STEPS + 1) << 2);
/** What all COPY rows of a version begin with, and the COPY rows that were not fetched yet; behind them room for one more head. */
export const ROW_HEAD: usize = (FIT_SHARES + ((<usize>SHARE_STEPS + 1) << 2) + 63) & ~63;
export const ROWS_ROOM: usize = 4 << 20;
export const ROWS: usize = ROW_HEAD + 192;
/** Rows of a block: as many as a posting has bits for. */
export const BLOCK_ROWS: u32 = 16;
/** Of the segment: where its blocks begin, 8 bytes each, and on which line, 4 bytes each. */
export const BLOCK_PLACES: usize = ROWS + ROWS_ROOM + 192;
export const BLOCK_LINES: usize = BLOCK_PLACES + (8 << 10);
/** Of its rows: content hashes, the lower halves and then the upper ones, 4 bytes each, then sides of the split. */
export const SEGMENT_ROWS: u32 = 1 << 14;
export const CONTENT_LOWS: usize = BLOCK_LINES + (4 << 10);
export const CONTENT_HIGHS: usize = CONTENT_LOWS + (4 << 14);
export const CONTENT_SPLITS: usize = CONTENT_HIGHS + (4 << 14);
/** The fewest tokens for each mark of token counts, sixteen to a doubling: marks.ts says them. */
export const TOKEN_MARKS: usize = CONTENT_SPLITS + (1 << 14);
/** What rows are taken by: see take-rows.ts. */
export const RULES: usize = TOKEN_MARKS + 16 * 32 * 4;
/** What was counted of the rows that were taken: see row-counts.ts. */
export const COUNTS: usize = RULES + 128;
export const COUNTED_TOKENS: u32 = 1 << 17;
export const COUNTS_BYTES: usize = 1024 + (8 << 17);
/** Logarithms: see logs.ts. */
export const LOGS_BITS: u64 = 11;
export const LOGS: usize = COUNTS + COUNTS_BYTES;
/** Rows by words of their questions, by words of their answers, 4 bytes each, and by pairs of both, 2 bytes each: see fit.ts. */
export const FITS: usize = LOGS + (8 << 11);
export const ASKED: usize = FITS;
export const SAID: usize = ASKED + (4 << 16);
export const PAIRS_OF_WORDS: usize = SAID + (4 << 16);
/** Samples of the words of a row, 4 bytes each: of its question, and of its answer. */
export const SAMPLED: usize = PAIRS_OF_WORDS + (2 << 20);
export const SAMPLED_ANSWER: usize = SAMPLED + 128;
/** Of labels, numbered from 1: hashes of their texts and rows, 4 bytes each; rows by their words, 2 bytes each; lengths and texts. */
export const LABELS: usize = SAMPLED_ANSWER + 64;
export const LABEL_HASHES: usize = LABELS;
export const LABEL_ROWS: usize = LABEL_HASHES + 320;
export const LABEL_COUNTS: usize = LABEL_ROWS + 320;
export const LABEL_TEXTS: usize = LABEL_COUNTS + 65 * (2 << 12);
/** Length and text of the answer at hand, when it may be a label. */
export const ANSWER: usize = LABEL_TEXTS + (256 << 6);
/** A piece of a file, and room behind it for loads. */
export const PIECE_ROOM: u32 = 1 << 20;
export const PIECE: usize = ANSWER + 320;
/** The text to work on. */
export const TEXT: usize = PIECE + PIECE_ROOM + 64;

/** What Unicode says of a character, as far as the pattern of o200k_base asks. */
export const OTHER: u32 = 0;
export const UPPER: u32 = 1;
export const LOWER: u32 = 2;
export const CASELESS: u32 = 3;
export const MARK: u32 = 4;
export const NUMBER: u32 = 5;
export const SPACE: u32 = 6;
export const LINE_END: u32 = 7;
/** Of a byte: part of a character beyond ASCII. */
export const WIDE: u32 = 8;
/** Of the byte 0xff, which UTF-8 never has and which stands behind every text: loops need no other end. */
export const END: u32 = 9;
export const END_BYTE: u32 = 0xff;

/** Makes room for a text of so many bytes, and a little more than loading words at its end needs. */
export function reserve(bytes: usize): void {
  const missing = <isize>(TEXT + bytes + 65536) - <isize>((<usize>memory.size()) << 16);
  if (missing > 0 && memory.grow(<i32>((missing + 0xffff) >> 16)) < 0) unreachable();
}
