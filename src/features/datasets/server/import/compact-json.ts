const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Valid JSON without the white space between its parts, so that it is one line. Nothing else changes: numbers stay as written. */
export function compactJson(json: Buffer): Buffer {
  if (!json.includes(0x0a) && !json.includes(0x0d)) return json;
  const out = Buffer.allocUnsafe(json.length);
  let to = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (inString) {
      if (byte === BACKSLASH) {
        out[to++] = byte;
        out[to++] = json[++at] as number;
        continue;
      }
      if (byte === QUOTE) inString = false;
    } else if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue;
    else if (byte === QUOTE) inString = true;
    out[to++] = byte;
  }
  return out.subarray(0, to);
}
