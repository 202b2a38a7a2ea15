import { MAX_UPLOAD_NAME } from '@/lib/upload-file';

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

/** The same name for bytes that turned out to be packed, so that whoever downloads the file again can open it. */
export const packedName = (fileName: string, ending: '.gz' | '.zst'): string =>
  fileName.toLowerCase().endsWith(ending) ? fileName : `${fileName.slice(0, MAX_UPLOAD_NAME - ending.length)}${ending}`;

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
