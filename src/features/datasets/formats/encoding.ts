/** `damaged` = UTF-8 in which some bytes are wrong. */
export type Encoding = 'utf-8' | 'windows-1252' | 'damaged';

/** What the first bytes of a file are encoded as. Spreadsheets of western Europe write Windows-1252 when asked for CSV. */
export function detectEncoding(head: Uint8Array): Encoding {
  if (isUtf8(head)) return 'utf-8';
  const letters = [...new TextDecoder('utf-8').decode(head)].filter((sign) => sign > '\u007f');
  const wrong = letters.filter((sign) => sign === '\ufffd').length;
  // Letters beyond ASCII are nearly all right in damaged UTF-8, and nearly all wrong in anything else.
  return wrong > letters.length / 2 ? 'windows-1252' : 'damaged';
}

/** A character that the end of the bytes cut in two does not count. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Bytes of Windows-1252 in UTF-8. Every byte means something there. */
export const utf8Bytes = (western: Uint8Array): Uint8Array =>
  new TextEncoder().encode(new TextDecoder('windows-1252').decode(western));
