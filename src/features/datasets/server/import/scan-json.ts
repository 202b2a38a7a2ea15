import { stringEnd } from '../../json-fault.rules';

export interface JsonShape {
  /** Names of members in the text: more than the parsed value has means that a name was given twice. */
  keys: number;
  /** Deepest nesting of objects and lists. */
  depth: number;
}

const QUOTE = 0x22;

/**
 * Reads the outline of a JSON text without building it: JSON.parse keeps the last of two equal names silently, and walking
 * a value that is nested 100,000 deep would end the thread.
 */
export function scanJson(text: string): JsonShape {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = stringEnd(text, at);
      if (at < 0) break;
    } else if (unit === 0x3a) keys++;
    else if (unit === 0x7b || unit === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return { keys, depth: deepest };
}

/** Members of a parsed value, at all levels. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let total = 0;
    for (const item of value) total += countKeys(item);
    return total;
  }
  let total = 0;
  for (const key in value) total += 1 + countKeys((value as Record<string, unknown>)[key]);
  return total;
}

interface Open {
  /** Names seen so far; null for a list. */
  names: Set<string> | null;
  /** The member or element being read, as a piece of a path. */
  at: string;
  index: number;
}

/** The first name that stands twice in one object of a valid JSON text, with its path. Slow; called when the counts differ. */
export function findDuplicateKey(text: string): { path: string; message: string } | null {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const inner = open.at(-1);
    if (sign === '{') open.push({ names: new Set(), at: '', index: 0 });
    else if (sign === '[') open.push({ names: null, at: '[0]', index: 0 });
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',' && inner && !inner.names) inner.at = `[${++inner.index}]`;
    else if (sign === '"') {
      const end = stringEnd(text, at);
      if (inner?.names && isName(text, end)) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        inner.at = name.slice(0, 60);
        if (inner.names.has(name)) return { path: pathOf(open), message: `The key "${inner.at}" appears twice here.` };
        inner.names.add(name);
      }
      at = end;
    }
  }
  return null;
}

/** A string that a colon follows. White space between the two may be of any length. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++;
  return text[at] === ':';
}

const pathOf = (open: readonly Open[]): string =>
  open.map(({ at }, depth) => (depth === 0 || at.startsWith('[') ? at : `.${at}`)).join('');
