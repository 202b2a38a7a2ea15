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

/** Takes lines by itself, as far as it can. */
export interface LineTaker {
  /**
   * @param piece   ends with a line end; the same object until the next piece comes
   * @param from    where in it a line begins: the one with this number, at this place in the file
   * @returns       where the next line begins, and how many were taken
   */
  take(piece: Buffer, from: number, number: number, offset: number): { at: number; lines: number };
}

/** Pieces are at most this long. */
const PIECE_BYTES = 1 << 20;

/** Cuts a stream of bytes into lines at LF, CRLF or a lone CR; keeps at most `maxLine` bytes of an unfinished line. */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restLength = 0;
  private overlong = false;
  private number = 0;
  private offset = 0;
  /** A chunk ended with CR: an LF at the start of the next one belongs to it. */
  private afterReturn = false;

  /** @param taker  is asked first wherever a line begins, left out: nobody is */
  constructor(
    private readonly maxLine: number,
    private readonly onLine: (line: Line) => void,
    private readonly taker?: LineTaker,
  ) {}

  push(input: Buffer): void {
    for (let from = 0; from < input.length; from += PIECE_BYTES) this.cut(input.subarray(from, from + PIECE_BYTES));
  }

  private cut(input: Buffer): void {
    let chunk = input;
    if (this.afterReturn) {
      this.afterReturn = false;
      if (chunk[0] === LINE_FEED) {
        this.offset++;
        chunk = chunk.subarray(1);
      }
    }
    const whole = chunk.subarray(0, chunk.lastIndexOf(LINE_FEED) + 1);
    let from = 0;
    let feed = -1;
    let back = -1;
    while (true) {
      if (this.taker && this.restLength === 0 && from < whole.length) from = this.take(this.taker, whole, from);
      if (feed < from) feed = indexOf(chunk, LINE_FEED, from);
      if (back < from) back = indexOf(chunk, RETURN, from);
      const end = Math.min(feed, back);
      if (end === chunk.length) break;
      const isPair = end === back && chunk[end + 1] === LINE_FEED;
      this.finish(chunk.subarray(from, end), isPair ? 2 : 1);
      if (end === back && end === chunk.length - 1) this.afterReturn = true;
      from = end + (isPair ? 2 : 1);
    }
    this.keep(chunk.subarray(from));
  }

  private take(taker: LineTaker, whole: Buffer, from: number): number {
    const { at, lines } = taker.take(whole, from, this.number + 1, this.offset);
    this.number += lines;
    this.offset += at - from;
    return at;
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

/** Where the byte stands next; the end where it does not. */
function indexOf(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from);
  return at < 0 ? chunk.length : at;
}
