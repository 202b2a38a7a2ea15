const SAMPLE = 4096;

const SIGNATURES: readonly { bytes: string; what: string }[] = [
  { bytes: '504b0304', what: 'a ZIP archive or an Office document' },
  { bytes: '50415231', what: 'a Parquet file' },
  { bytes: '425a68', what: 'a bzip2 archive' },
  { bytes: 'fd377a585a', what: 'an xz archive' },
  { bytes: '377abcaf', what: 'a 7-Zip archive' },
  { bytes: '25504446', what: 'a PDF' },
  { bytes: '89504e47', what: 'a picture (PNG)' },
  { bytes: 'ffd8ff', what: 'a picture (JPEG)' },
  { bytes: '47494638', what: 'a picture (GIF)' },
  { bytes: '7f454c46', what: 'a program (ELF)' },
  { bytes: '4d5a9000', what: 'a program (EXE)' },
  { bytes: '53514c69746520666f726d6174', what: 'an SQLite database' },
  { bytes: '4152524f5731', what: 'an Arrow file' },
];

function hasUtf16Mark(sample: Buffer): boolean {
  const mark = sample.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff';
}

function isUtf8(sample: Buffer): boolean {
  // The sample may end within a character: up to three bytes are given away.
  for (let cut = 0; cut <= Math.min(3, sample.length); cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(sample.subarray(0, sample.length - cut));
      return true;
    } catch {
      // not with this cut
    }
  }
  return false;
}

function controlShare(sample: Buffer): number {
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) controls++;
  return controls / sample.length;
}

/** What the import unpacks. It is told by these bytes alone: programs name packed files as they like. */
const PACKED = ['1f8b', '28b52ffd'];

/**
 * Looks at the first bytes and says why they cannot be data; null when they may be. Only what is certainly binary is refused:
 * odd encodings, a NUL here and there or broken JSON are reported with line numbers when the file is read.
 */
export function contentProblem(firstBytes: Buffer): string | null {
  const sample = firstBytes.subarray(0, SAMPLE);
  if (sample.length === 0) return null;
  const hex = sample.subarray(0, 16).toString('hex');
  if (PACKED.some((bytes) => hex.startsWith(bytes))) return null;
  const known = SIGNATURES.find((signature) => hex.startsWith(signature.bytes));
  if (known) return `The content is ${known.what}, not text. Export it as JSONL, JSON or CSV and upload that.`;
  if (hasUtf16Mark(sample)) return null;
  const share = controlShare(sample);
  if (share > 0.6 || (share > 0.02 && !isUtf8(sample)))
    return 'The content is binary, not text. Choose a JSONL, JSON or CSV file in UTF-8.';
  return null;
}
