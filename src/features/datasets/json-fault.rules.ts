const BACKSLASH = 0x5c;

/** Index of the quote that closes the string opened at `open`, or -1. */
export function stringEnd(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at - 1;
    while (text.charCodeAt(slashes) === BACKSLASH) slashes--;
    if ((at - slashes) % 2 === 1) return at;
  }
  return -1;
}

export interface JsonFault {
  /** Index of the first sign that does not fit; the length of the text when it ends too early. */
  at: number;
  expected: string;
}

const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what JSON forbids in a string
const CONTROL = /[\u0000-\u001f]/;
/** Escapes that JSON knows, one after another; the first backslash that is left over starts one that it does not know. */
const KNOWN_ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/g;

/**
 * Where a text stops being JSON. The engine's own message has no position for most faults.
 * Only for text that JSON.parse refused and whose nesting is known to be shallow: it calls itself for each level.
 */
export function findJsonFault(text: string): JsonFault {
  const reader = new Reader(text);
  const fault = reader.value() ?? reader.end();
  return fault ?? { at: text.length, expected: 'something else' };
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): JsonFault | null {
    this.skipSpace();
    const sign = this.text[this.at];
    if (sign === '{') return this.list('}', () => this.member());
    if (sign === '[') return this.list(']', () => this.value());
    if (sign === '"') return this.string();
    LITERAL.lastIndex = this.at;
    const match = LITERAL.exec(this.text);
    if (!match) return this.fault('a value');
    this.at = LITERAL.lastIndex;
    return null;
  }

  end(): JsonFault | null {
    this.skipSpace();
    return this.at < this.text.length ? this.fault('the end of the line') : null;
  }

  private member(): JsonFault | null {
    this.skipSpace();
    if (this.text[this.at] !== '"') return this.fault('a name in double quotes');
    const fault = this.string();
    if (fault) return fault;
    this.skipSpace();
    if (this.text[this.at] !== ':') return this.fault('a colon');
    this.at++;
    return this.value();
  }

  private list(close: string, element: () => JsonFault | null): JsonFault | null {
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === close) return this.step();
    for (;;) {
      const fault = element();
      if (fault) return fault;
      this.skipSpace();
      const sign = this.text[this.at];
      if (sign === close) return this.step();
      if (sign !== ',') return this.fault(`a comma or ${close}`);
      this.at++;
    }
  }

  private string(): JsonFault | null {
    const end = stringEnd(this.text, this.at);
    const inside = this.text.slice(this.at + 1, end < 0 ? this.text.length : end);
    const control = CONTROL.exec(inside)?.index ?? -1;
    const unknown = inside.replace(KNOWN_ESCAPE, (known) => ' '.repeat(known.length)).indexOf('\\');
    const bad = [control, unknown].filter((place) => place >= 0).sort((a, b) => a - b)[0];
    if (bad !== undefined)
      return { at: this.at + 1 + bad, expected: bad === control ? '\\n, \\t or another escape' : 'a known escape' };
    if (end < 0) return { at: this.text.length, expected: 'a closing quote' };
    this.at = end + 1;
    return null;
  }

  private step(): null {
    this.at++;
    return null;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text[this.at] as string)) this.at++;
  }

  private fault(expected: string): JsonFault {
    return { at: this.at, expected };
  }
}
