const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export interface ListElement {
  /** The element's own bytes. A view into a chunk: valid until the next push. Null: it is over the cap. */
  bytes: Uint8Array | null;
  /** 1-based line of its first byte. */
  line: number;
  /** Where it starts in the file, in bytes. */
  offset: number;
  length: number;
  /** False: the file ended, or the text broke off, within it. */
  closed: boolean;
}

interface ListReaderOptions {
  /** `list` = the file is one list; `values` = one value after the other; else the name of the list in the object around it. */
  inside: 'list' | 'values' | { member: string };
  /** Most bytes that are kept of one element. */
  maxElement: number;
  onElement(element: ListElement): void;
}

/** Bytes after the list that are kept. */
const MAX_REST = 4096;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;

/**
 * Cuts JSON into the elements of a list, chunk by chunk, without building any value: memory holds one element at most. It only
 * follows strings and brackets, so a broken element is handed out as it is and the next one is found again.
 */
export class ListReader {
  /** How deep the elements stand; null until the list has begun. */
  private base: number | null;
  /** Brackets that are open around the list. */
  private depth = 0;
  private readonly brackets = new Brackets();
  private inString = false;
  private escaped = false;
  private over = false;
  /** Bytes stood after the end of the list. */
  trailing = false;
  private readonly rest: number[] = [];

  private offset = 0;
  private lines = 1;
  private start: { at: number; line: number } | null = null;
  /** A number or word is being read: it ends before the next comma, bracket or space. */
  private bare = false;
  /** The chunk being read, and where in it the element begins or goes on. */
  private chunk: Uint8Array = new Uint8Array(0);
  private from = 0;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;

  /** The last name read beside the list that is looked for. */
  private name: number[] = [];
  private named = false;

  constructor(private readonly options: ListReaderOptions) {
    this.base = options.inside === 'values' ? 0 : null;
  }

  /** The list has begun. */
  get found(): boolean {
    return this.base !== null;
  }

  /** The list has ended with its bracket. */
  get ended(): boolean {
    return this.over;
  }

  /** What follows the list, up to a bound: the object around it may say something about it. */
  get after(): string {
    return new TextDecoder().decode(Uint8Array.from(this.rest));
  }

  push(chunk: Uint8Array): void {
    this.chunk = chunk;
    this.from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.inString) {
        at = this.skipString(chunk, at);
        if (at < 0) break;
        if (this.start && (this.brackets.none || this.isBrokenLine(chunk[at]))) this.finish(at + 1);
      } else this.take(chunk[at] as number, at);
    }
    this.offset += chunk.length;
    if (this.start) this.keep(chunk.subarray(this.from));
  }

  /** Hands out what was begun and never closed. */
  end(): void {
    if (!this.start) return;
    this.emit(join(this.kept), this.bare);
  }

  /** A string broke off with the line, and the element began on that line: it is over, the next line has the next one. */
  private isBrokenLine(byte: number | undefined): boolean {
    return byte === LINE_FEED && this.start?.line === this.lines - 1;
  }

  /** One byte outside of strings. */
  private take(byte: number, at: number): void {
    if (byte === LINE_FEED) this.lines++;
    if (this.over) this.follows(byte);
    else if (this.base === null) this.look(byte);
    else {
      if (this.bare && (isSpace(byte) || byte === COMMA || isBracket(byte))) {
        this.bare = false;
        this.finish(at);
      }
      if (this.start === null) this.begin(byte, at);
      else if (!this.bare) this.follow(byte, at);
    }
  }

  /** After the list. */
  private follows(byte: number): void {
    this.trailing ||= !isSpace(byte);
    if (this.rest.length < MAX_REST) this.rest.push(byte);
  }

  /** Between two elements. */
  private begin(byte: number, at: number): void {
    if (isSpace(byte) || byte === COMMA) return;
    if (byte === CLOSE_LIST && this.base !== 0) {
      this.over = true;
      return;
    }
    this.start = { at: this.offset + at, line: this.lines };
    this.from = at;
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.brackets.open(byte);
    // A closing bracket without an opening one is handed out alone.
    else if (isBracket(byte)) this.finish(at + 1);
    else this.bare = true;
  }

  /** Within a list or an object. */
  private follow(byte: number, at: number): void {
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.brackets.open(byte);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      this.brackets.close(byte);
      if (this.brackets.none) this.finish(at + 1);
    }
  }

  /** @returns the place of the byte that ends the string, or -1 when it goes on in the next chunk */
  private skipString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (this.escaped) {
        this.escaped = false;
        continue;
      }
      const byte = chunk[at] as number;
      if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE || byte === LINE_FEED) {
        // No string has a line end in it: one that was never closed must not swallow the rest of the file.
        if (byte === LINE_FEED) this.lines++;
        this.inString = false;
        return at;
      } else if (this.base === null && this.depth === 1 && this.name.length <= 64) this.name.push(byte);
    }
    return -1;
  }

  /** Before the list: finds its opening bracket. */
  private look(byte: number): void {
    const { inside } = this.options;
    if (byte === QUOTE) {
      this.inString = true;
      if (this.depth === 1) this.name = [];
    } else if (byte === COLON && this.depth === 1) {
      this.named = typeof inside === 'object' && new TextDecoder().decode(Uint8Array.from(this.name)) === inside.member;
    } else if (byte === COMMA && this.depth === 1) this.named = false;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      const isList = byte === OPEN_LIST && (inside === 'list' ? this.depth === 0 : this.depth === 1 && this.named);
      this.depth++;
      if (isList) this.base = this.depth;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.depth--;
  }

  private finish(to: number): void {
    const tail = this.chunk.subarray(this.from, to);
    this.keptBytes += tail.length;
    this.emit(this.kept.length === 0 ? tail : join([...this.kept, tail]), true);
  }

  private emit(bytes: Uint8Array | null, closed: boolean): void {
    if (!this.start) return;
    const { at, line } = this.start;
    const tooLong = this.keptBytes > this.options.maxElement;
    this.options.onElement({ bytes: tooLong ? null : bytes, line, offset: at, length: this.keptBytes, closed });
    this.start = null;
    this.brackets.clear();
    this.kept = [];
    this.keptBytes = 0;
  }

  private keep(bytes: Uint8Array): void {
    this.keptBytes += bytes.length;
    if (this.keptBytes > this.options.maxElement) this.kept = [];
    else this.kept.push(bytes.slice());
  }
}

/** Deeper ones are only counted: a line of brackets must not fill the memory. */
const MAX_TRACKED = 4096;

/** The open brackets of one element. A bracket that was never closed ends with the one around it. */
class Brackets {
  private readonly stack: number[] = [];
  private deeper = 0;

  get none(): boolean {
    return this.stack.length === 0;
  }

  open(byte: number): void {
    if (this.stack.length < MAX_TRACKED) this.stack.push(byte);
    else this.deeper++;
  }

  close(byte: number): void {
    if (this.deeper > 0) {
      this.deeper--;
      return;
    }
    // "[" and "]", "{" and "}" are two apart.
    const opener = this.stack.lastIndexOf(byte - 2);
    if (opener >= 0) this.stack.length = opener;
  }

  clear(): void {
    this.stack.length = 0;
    this.deeper = 0;
  }
}

const isBracket = (byte: number): boolean =>
  byte === OPEN_LIST || byte === CLOSE_LIST || byte === OPEN_OBJECT || byte === CLOSE_OBJECT;

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
