import type { ProblemCode } from '../../problem.rules';

export interface FileRefusal {
  code: ProblemCode;
  message: string;
}

export const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const MAGIC: readonly (readonly [string, string])[] = [
  ['504b0304', 'a ZIP archive or an Office document (xlsx, docx)'],
  ['1f8b', 'compressed with gzip'],
  ['28b52ffd', 'compressed with zstd'],
  ['425a68', 'compressed with bzip2'],
  ['377abcaf', 'a 7-Zip archive'],
  ['50415231', 'a Parquet file'],
  ['25504446', 'a PDF'],
  ['89504e47', 'an image (PNG)'],
  ['ffd8ff', 'an image (JPEG)'],
  ['7f454c46', 'a program (ELF)'],
  ['53514c69', 'an SQLite database'],
];

/** Shares of a handful of bytes say nothing. */
const SURE_FROM = 16;

/** Looks at the first bytes of a file: what is certainly not UTF-8 text is refused before it makes a million problems. */
export function refuseByBytes(head: Buffer): FileRefusal | null {
  const hex = head.subarray(0, 4).toString('hex');
  if (hex.startsWith('fffe') || hex.startsWith('feff')) return utf16();
  const known = MAGIC.find(([magic]) => hex.startsWith(magic));
  if (known) return { code: 'binary_file', message: `This file is ${known[1]}, not text with data in it.` };
  const nuls = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  if (head.length >= SURE_FROM && nuls > head.length * 0.2 && looksLikePairs(head)) return utf16();
  const controls = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (head.length >= SURE_FROM && controls > head.length * 0.02)
    return { code: 'binary_file', message: 'This file contains binary data, not JSONL.' };
  return null;
}

const utf16 = (): FileRefusal => ({
  code: 'utf16_file',
  message: 'This file is encoded as UTF-16; training files are UTF-8.',
});

/** In UTF-16 text of Latin letters the NULs stand all on even or all on odd places. */
function looksLikePairs(head: Buffer): boolean {
  let even = 0;
  let odd = 0;
  head.forEach((byte, i) => {
    if (byte === 0) i % 2 === 0 ? even++ : odd++;
  });
  return Math.min(even, odd) < 0.1 * Math.max(even, odd);
}

/** Looks at the first line with text on it, once it has turned out not to be JSON. */
export function refuseByFirstLine(line: string): FileRefusal | null {
  const text = line.trim();
  if (/^\{\s*("messages"\s*:\s*\[?\s*\{?)?$/.test(text))
    return {
      code: 'not_jsonl',
      message: 'The first object is spread over several lines; JSONL has one object per line.',
    };
  if (text.startsWith('<'))
    return { code: 'not_jsonl', message: 'The file starts with "<": it looks like HTML or XML, not JSONL.' };
  const separator = ['\t', ';', ','].find((sign) => text.split(sign).length > 1);
  if (!text.startsWith('{') && separator !== undefined)
    return {
      code: 'not_jsonl',
      message: `The first line looks like a table (${separator === '\t' ? 'TSV' : 'CSV'}), not a JSON object.`,
    };
  return null;
}
