/** How much of a file is looked at to find out what it is, in bytes. */
export const HEAD_BYTES = 256 * 1024;

/** The first bytes as text, without a byte order mark and without a character that was cut in two. */
export function headText(head: Uint8Array): string {
  return new TextDecoder('utf-8').decode(head, { stream: true });
}

/** A value nested far deeper than any example would end whoever walks it. */
const MAX_DEPTH = 64;

/** Null: it is no JSON, or nested too deeply to be a row. */
export function parsedJson(text: string): { value: unknown } | null {
  if (isDeep(text)) return null;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (inString) {
      if (unit === 0x5c) at++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if ((unit === 0x7b || unit === 0x5b) && ++depth > MAX_DEPTH) return true;
    else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return false;
}
