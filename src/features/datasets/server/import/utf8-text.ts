import { isUtf8 } from 'node:buffer';

/** Turns chunks of bytes into text, whatever they are cut through, and remembers whether any of it was not UTF-8. */
export class Utf8Text {
  /** From some chunk on: where a U+FFFD stands, bytes were damaged. */
  damaged = false;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  decode(chunk: Buffer): string {
    const text = this.decoder.decode(chunk, { stream: true });
    this.damaged ||= text.includes('\ufffd') && !isUtf8(wholeCharacters(chunk));
    return text;
  }

  end(): string {
    const text = this.decoder.decode();
    this.damaged ||= text !== '';
    return text;
  }
}

/** Without the halves of characters at both ends. */
function wholeCharacters(chunk: Buffer): Buffer {
  let from = 0;
  while (from < 3 && isContinuation(chunk[from])) from++;
  let to = chunk.length;
  while (to > chunk.length - 3 && isContinuation(chunk[to - 1])) to--;
  const lead = chunk[to - 1] ?? 0;
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return chunk.subarray(from, chunk.length - to + 1 < size ? to - 1 : chunk.length);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
