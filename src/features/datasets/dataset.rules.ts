import { MAX_UPLOAD_NAME, UPLOAD_EXTENSIONS } from '@/lib/upload-file';

const MAX_NAME = 120;
const ROOM_FOR_NUMBER = 6;

/** What a dataset is called when nobody said: its file without folder and endings. */
export function nameFromFile(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const bare = base.replace(/(\.(jsonl|ndjson|json|csv|tsv|txt|gz|zst))+$/i, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name must not have
  const name = bare.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').trim();
  return [...name].slice(0, MAX_NAME).join('') || 'Dataset';
}

const PACKED = { gzip: '.gz', zstd: '.zst' } as const;

/**
 * The name with the ending that the bytes call for, however they were named, so that whoever downloads the file can open it.
 * @param packing  as their first bytes tell; null: they are plain text
 */
export function fittingName(fileName: string, packing: keyof typeof PACKED | null): string {
  const ending = packing === null ? '' : PACKED[packing];
  if (ending !== '' && fileName.toLowerCase().endsWith(ending)) return fileName;
  const bare = fileName.replace(/(\.(gz|zst))+$/i, '');
  if (ending === '' && bare !== fileName && !UPLOAD_EXTENSIONS.some((known) => bare.toLowerCase().endsWith(known)))
    return `${bare || 'data'}.txt`;
  return `${bare.slice(0, MAX_UPLOAD_NAME - ending.length)}${ending}`;
}

/** The name, or where another dataset has it "name 2", "name 3" and so on. Capitals make no difference. */
export function freeName(name: string, taken: readonly string[]): string {
  const others = new Set(taken.map((one) => one.toLowerCase()));
  const room = [...name].slice(0, MAX_NAME - ROOM_FOR_NUMBER).join('');
  let free = name;
  for (let number = 2; others.has(free.toLowerCase()); number++) free = `${room} ${number}`;
  return free;
}

/** A file name for what arrived without one; the storage and the report show it. */
export function fileFromName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: neither control characters nor slashes may stand in a file name
  return `${name.replaceAll(/[\u0000-\u001f\u007f/\\]/g, ' ').trim()}.jsonl`;
}
