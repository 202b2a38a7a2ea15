const LINE_FEED = 0x0a;
const RETURN = 0x0d;

export interface Line {
  /** Bytes without the line end. A view into a chunk: valid until the next push. Null: the line is over the cap. */
  bytes: Buffer | null;
  /** 1-based. */
  number: number;
  /** Where it starts in the file, in bytes. */
  offset: number;
  /** Its true length, also when it is over the cap. */
  length: number;
}

/** Cuts a stream of bytes into lines at LF, CRLF or a lone CR; keeps at most `maxLine` bytes of an unfinished line. */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restLength = 0;
  private overlong = false;
  private number = 0;
  private offset = 0;
  /** A chunk ended with CR: an LF at the start of the next one belongs to it. */
  private afterReturn = false;

  constructor(
    private readonly maxLine: number,
    private readonly onLine: (line: Line) => void,
  ) {}

  push(input: Buffer): void {
    let chunk = input;
    if (this.afterReturn && chunk.length > 0) {
      this.afterReturn = false;
      if (chunk[0] === LINE_FEED) {
        this.offset++;
        chunk = chunk.subarray(1);
      }
    }
    let from = 0;
    let feed = chunk.indexOf(LINE_FEED);
    let back = chunk.indexOf(RETURN);
    while (feed >= 0 || back >= 0) {
      const end = feed < 0 ? back : back < 0 ? feed : Math.min(feed, back);
      const isPair = end === back && chunk[end + 1] === LINE_FEED;
      this.finish(chunk.subarray(from, end), isPair ? 2 : 1);
      if (end === back && end === chunk.length - 1) this.afterReturn = true;
      from = end + (isPair ? 2 : 1);
      if (feed >= 0 && feed < from) feed = chunk.indexOf(LINE_FEED, from);
      if (back >= 0 && back < from) back = chunk.indexOf(RETURN, from);
    }
    this.keep(chunk.subarray(from));
  }

  /** Hands out what stands after the last line end. */
  end(): void {
    if (this.restLength > 0) this.finish(Buffer.alloc(0), 0);
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.restLength += bytes.length;
    if (this.restLength > this.maxLine) {
      this.overlong = true;
      this.rest = [];
    }
    if (!this.overlong) this.rest.push(Buffer.from(bytes));
  }

  private finish(tail: Buffer, endLength: number): void {
    const length = this.restLength + tail.length;
    const fits = !this.overlong && length <= this.maxLine;
    const bytes = this.rest.length === 0 ? tail : Buffer.concat([...this.rest, tail]);
    this.number++;
    this.onLine({ bytes: fits ? bytes : null, number: this.number, offset: this.offset, length });
    this.offset += length + endLength;
    this.rest = [];
    this.restLength = 0;
    this.overlong = false;
  }
}
