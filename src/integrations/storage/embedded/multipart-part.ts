import { IngestError } from './ingest-error';

const MAX_HEADER = 16 * 1024;
const EMPTY = Buffer.alloc(0);

/**
 * Takes the one part out of a multipart body without looking at its content: skips the header, holds back as many bytes as the
 * closing line has, and compares them at the end. Scanning every byte for the boundary would cost and prove nothing more.
 */
export class MultipartPart {
  private readonly opening: Buffer;
  private readonly closing: Buffer;
  private header: Buffer = EMPTY;
  private held: Buffer = EMPTY;
  private inContent = false;

  constructor(contentType: string) {
    const boundary = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType);
    const name = boundary?.[1] ?? boundary?.[2];
    if (!name) throw new IngestError(400, 'The upload is multipart but names no boundary.');
    this.opening = Buffer.from(`--${name}\r\n`);
    this.closing = Buffer.from(`\r\n--${name}--\r\n`);
  }

  /** Feeds bytes as they arrive; returns those that are certainly content. */
  push(chunk: Buffer): Buffer[] {
    return this.inContent ? this.release(chunk) : this.release(this.skipHeader(chunk));
  }

  /** Call when the body has ended. Returns the last content bytes, or null when the closing line is missing. */
  end(): Buffer | null {
    if (this.held.equals(this.closing)) return EMPTY;
    const withoutLineEnd = this.closing.subarray(0, -2);
    const at = this.held.length - withoutLineEnd.length;
    if (at < 0 || !this.held.subarray(at).equals(withoutLineEnd)) return null;
    return this.held.subarray(0, at);
  }

  private skipHeader(chunk: Buffer): Buffer {
    this.header = Buffer.concat([this.header, chunk]);
    const compared = Math.min(this.header.length, this.opening.length);
    if (!this.header.subarray(0, compared).equals(this.opening.subarray(0, compared)))
      throw new IngestError(400, 'The upload does not begin with its multipart boundary.');
    const end = this.header.indexOf('\r\n\r\n');
    if (end < 0 && this.header.length > MAX_HEADER) throw new IngestError(400, 'The multipart header is too long.');
    if (end < 0) return EMPTY;
    const rest = this.header.subarray(end + 4);
    this.header = EMPTY;
    this.inContent = true;
    return rest;
  }

  private release(chunk: Buffer): Buffer[] {
    if (chunk.length === 0) return [];
    const keep = this.closing.length;
    if (chunk.length < keep) {
      const joined = Buffer.concat([this.held, chunk]);
      const cut = Math.max(0, joined.length - keep);
      this.held = joined.subarray(cut);
      return cut > 0 ? [joined.subarray(0, cut)] : [];
    }
    const certain = [this.held, chunk.subarray(0, chunk.length - keep)].filter((part) => part.length > 0);
    this.held = Buffer.from(chunk.subarray(chunk.length - keep));
    return certain;
  }
}
