/** What may be uploaded as data. Checked in the browser, before a signature is given, and again where the bytes arrive. */
export const UPLOAD_EXTENSIONS = ['.jsonl', '.ndjson', '.json', '.csv', '.tsv', '.txt', '.gz', '.zst'] as const;

/** UploadThing allows powers of two only. */
export const MAX_UPLOAD_SIZE = '2GB';
export const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;
export const MAX_UPLOAD_NAME = 255;

const extensionOf = (name: string): string => /\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? '';

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

/** Says what is wrong with a file's name and what to do about it; null when it may be uploaded. */
export function uploadNameProblem(name: string): string | null {
  if (name.trim() === '') return 'The file has no name. Give it one that ends in .jsonl and try again.';
  if (name.length > MAX_UPLOAD_NAME)
    return `The file name has ${name.length} characters, at most ${MAX_UPLOAD_NAME} are possible. Rename the file and try again.`;
  if (/[/\\]/.test(name)) return 'The file name contains a slash. Rename the file and try again.';
  if (hasControlCharacter(name)) return 'The file name contains a control character. Rename the file and try again.';
  const extension = extensionOf(name);
  if (UPLOAD_EXTENSIONS.some((known) => known === extension)) return null;
  const what =
    extension === '' ? 'This file has no ending' : `Files ending in ${extension.slice(0, 20)} cannot be read`;
  return `${what}. Upload one of ${UPLOAD_EXTENSIONS.join(' ')}.`;
}

/** The same for a whole file, size in bytes included. */
export function uploadFileProblem(file: { name: string; size: number }): string | null {
  const problem = uploadNameProblem(file.name);
  if (problem) return problem;
  if (file.size === 0) return 'The file is empty (0 bytes). Choose one with at least one line.';
  if (file.size > MAX_UPLOAD_BYTES)
    return 'The file is larger than 2 GB. Split it, or compress it with gzip or zstd (.jsonl.gz, .jsonl.zst).';
  return null;
}
