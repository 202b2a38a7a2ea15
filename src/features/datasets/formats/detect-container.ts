import { delimiters } from './format.rules';
import type { Container } from './format.schema';
import { headText, parsedJson } from './head-text';
import { ListReader } from './list-reader';

/** Names under which an object holds its rows. */
const MEMBERS = ['rows', 'data', 'items', 'examples', 'records', 'conversations', 'train', 'results', 'dataset'];

/** How the rows of a file are packed, by its first bytes. */
export function detectContainer(head: Uint8Array, whole: boolean): Container {
  const text = headText(head).trimStart();
  const lines = { type: 'lines' as const };
  if (text.startsWith('[')) return isListOfLines(text) ? lines : { type: 'list', member: null };
  if (text.startsWith('{')) return ofObject(head, text, whole);
  const delimiter = text.startsWith('<') ? null : tableDelimiter(text, whole);
  return delimiter === null ? lines : { type: 'table', delimiter };
}

/** Lines that are lists each: the file is JSONL, whatever its rows are. */
function isListOfLines(text: string): boolean {
  const [first = '', second = ''] = text.split(/\r\n|\n|\r/, 2);
  return Array.isArray(parsedJson(first)?.value) && second.trim().startsWith('[');
}

function ofObject(head: Uint8Array, text: string, whole: boolean): Container {
  const first = text.split(/\r\n|\n|\r/, 1)[0] ?? '';
  const parsed = parsedJson(first);
  const member = memberOf(head, parsed?.value);
  // A row of its own, in a line of its own, unless it is the one object around all rows.
  if (parsed)
    return member !== null && text.slice(first.length).trim() === '' ? { type: 'list', member } : { type: 'lines' };
  if (member !== null) return { type: 'list', member };
  return isSpread(head, first, whole) ? { type: 'values' } : { type: 'lines' };
}

/** The name of the list that an object has around its rows. */
function memberOf(head: Uint8Array, whole: unknown): string | null {
  if (typeof whole === 'object' && whole !== null && ('messages' in whole || 'prompt' in whole)) return null;
  for (const member of MEMBERS) {
    let rows = 0;
    const onElement = ({ bytes, closed }: { bytes: Uint8Array | null; closed: boolean }) => {
      if (bytes && (closed ? isRow(parsedJson(headText(bytes))?.value) : bytes[0] === 0x7b)) rows++;
    };
    const reader = new ListReader({ inside: { member }, maxElement: head.length, onElement });
    reader.push(head);
    reader.end();
    if (reader.found && rows > 0) return member;
  }
  return null;
}

/** A turn of a conversation is no row: {"conversations": [{"from": …}]} is itself one. */
function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !('from' in value && 'value' in value) && !('role' in value && 'content' in value);
}

/** The first object goes over several lines, and is one. */
function isSpread(head: Uint8Array, first: string, whole: boolean): boolean {
  if (!/[{[,]\s*$/.test(first)) return false;
  let verdict: boolean | null = null;
  const reader = new ListReader({
    inside: 'values',
    maxElement: head.length,
    onElement: ({ bytes, closed }) => {
      verdict ??= bytes !== null && closed && parsedJson(headText(bytes)) !== null;
    },
  });
  reader.push(head);
  return verdict ?? !whole;
}

/** The sign that the first line names, or that cuts the header into the most columns, two at least; null when none does. */
function tableDelimiter(text: string, whole: boolean): (typeof delimiters)[number] | null {
  const said = /^"?sep=(.)"?(?:\r|\n)/i.exec(text)?.[1];
  const named = delimiters.find((sign) => sign === said);
  if (named !== undefined) return named;
  const lines = text.split(/\r\n|\n|\r/).slice(0, 50);
  if (!whole) lines.pop();
  const [header = ''] = lines;
  if (lines.length < 2 || header.length > 10_000) return null;
  const counts = delimiters.map((sign) => ({ sign, columns: cutOutsideQuotes(header, sign) }));
  const best = counts.sort((a, b) => b.columns - a.columns)[0];
  return best && best.columns > 1 && hasPlainNames(header, best.sign) ? best.sign : null;
}

/** Columns are called something short; a sentence with commas in it is no header. */
function hasPlainNames(header: string, sign: string): boolean {
  return header.split(sign).every((name) => name.trim().length <= 60 && !/[{}<>]/.test(name));
}

function cutOutsideQuotes(line: string, sign: string): number {
  return line.replaceAll(/"(?:[^"]|"")*"/g, '').split(sign).length;
}
