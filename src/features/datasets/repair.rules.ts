import { redactText } from './personal-data.rules';
import { isJson, type Json, mapTexts, messagesOf } from './row-parts.rules';

type Repair = (row: unknown) => Json | null;

/** Keys of a row that some provider reads; all else is only carried along. */
const ROW_KEYS = new Set(['messages', 'tools', 'functions', 'parallel_tool_calls', 'metadata', 'id']);

/**
 * Safe repairs by the code of the problem: what is lost carried no meaning, so nobody has to look at each row. Each gives
 * the repaired row, or null when there is nothing to repair in it.
 */
export const repairs: Readonly<Record<string, Repair>> = {
  nul_character: (row) => mapTexts(row, (text) => text.replaceAll('\u0000', '')),
  unknown_key: dropUnknownKeys,
  prompt_blank: dropBlankPrompts,
  mojibake: (row) => mapTexts(row, repairMojibake),
  secret_found: (row) => mapTexts(row, (text) => redactText(text, (kind) => kind === 'secret')),
  personal_data: (row) => mapTexts(row, (text) => redactText(text, (kind) => kind !== 'secret')),
};

/**
 * Codes whose rows can be repaired with one click. Copies of earlier rows are simply left out. Rows that an error
 * kept out are not part of the version, so only their file can be repaired.
 */
export const isFixable = (code: string): boolean => code === 'duplicate_example' || Object.hasOwn(repairs, code);

function dropUnknownKeys(row: unknown): Json | null {
  if (!isJson(row)) return null;
  const known = Object.entries(row).filter(([key]) => ROW_KEYS.has(key));
  return known.length === Object.keys(row).length ? null : Object.fromEntries(known);
}

/** A system or developer message without visible text says nothing; any other blank message is part of the talk. */
function dropBlankPrompts(row: unknown): Json | null {
  const messages = messagesOf(row);
  if (!messages || !isJson(row)) return null;
  const kept = messages.filter((message) => !isBlankPrompt(message));
  return kept.length === messages.length ? null : { ...row, messages: kept };
}

const isBlankPrompt = (message: unknown): boolean =>
  isJson(message) &&
  (message.role === 'system' || message.role === 'developer') &&
  typeof message.content === 'string' &&
  message.content.trim() === '';

/** What bytes 0x80 to 0x9f are in windows-1252, the usual wrong reading of UTF-8. Source: WHATWG Encoding, index windows-1252. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const byteOf = (sign: string): number => {
  const code = sign.charCodeAt(0);
  if (code < 0x100) return code;
  const place = WINDOWS.indexOf(sign);
  return place < 0 ? -1 : 0x80 + place;
};

/** A lead byte of UTF-8 and what follows it, read as windows-1252. */
const MISREAD = new RegExp(`[Â-ô][\u0080-¿${WINDOWS}]{1,3}`, 'g');

/** "CafÃ©" becomes "Café": signs that are UTF-8 read one byte at a time, where they can be nothing else. */
export function repairMojibake(text: string): string {
  return text.replaceAll(MISREAD, (found) => {
    const bytes = Uint8Array.from([...found].map(byteOf));
    const lead = bytes[0] ?? 0;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (bytes.length < length) return found;
    try {
      const sign = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length));
      return sign + found.slice(length);
    } catch {
      return found;
    }
  });
}
