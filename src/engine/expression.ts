/**
 * The part of CEL that event matching needs: paths below `event` and `async`, literals, `== != < <= > >= && || ! +`,
 * brackets. Anything else is refused when the expression is compiled, so it never silently means something different.
 */

type Value = unknown;

export interface ExpressionScope {
  /** The event that started the run (or, in a trigger, the incoming event). */
  event: unknown;
  /** The incoming event, where there are two: waits and cancellations. */
  async?: unknown;
}

export type Expression = (scope: ExpressionScope) => Value;

export class ExpressionError extends Error {
  override name = 'ExpressionError';
}

type Token = { kind: 'name' | 'op' | 'literal'; text: string; value?: Value };

const TOKEN =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(==|!=|<=|>=|&&|\|\||[<>!+\-.()[\]]))/y;

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? code;
  });
}

const WORDS: Record<string, Value> = { true: true, false: false, null: null };

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    if (!found) {
      const rest = source.slice(at).trim().slice(0, 12);
      throw new ExpressionError(`"${source}": "${rest}" is not supported by the embedded executor`);
    }
    const [, name, number, string, op] = found;
    if (name !== undefined && name in WORDS) tokens.push({ kind: 'literal', text: name, value: WORDS[name] });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'literal', text: number, value: Number(number) });
    else if (string !== undefined) tokens.push({ kind: 'literal', text: string, value: unquote(string) });
    else tokens.push({ kind: 'op', text: op ?? '' });
  }
  return tokens;
}

const member = (holder: Value, key: Value): Value => {
  if (holder === null || typeof holder !== 'object') return null;
  if (typeof key !== 'string' && typeof key !== 'number') return null;
  return Object.hasOwn(holder, key) ? ((holder as Record<string | number, Value>)[key] ?? null) : null;
};

const same = (a: Value, b: Value): boolean => {
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object')
    return JSON.stringify(a) === JSON.stringify(b);
  return (a ?? null) === (b ?? null); // a field missing on both sides counts as equal, like on the Inngest server
};

function compare(op: string, a: Value, b: Value): boolean {
  if (!((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')))
    return false;
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}

function plus(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const text = (v: Value) =>
    v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v);
  return text(a) + text(b);
}

type Binary = (a: Expression, b: Expression) => Expression;

/** Loosest first. */
const LEVELS: Record<string, Binary>[] = [
  { '||': (a, b) => (s) => a(s) === true || b(s) === true },
  { '&&': (a, b) => (s) => a(s) === true && b(s) === true },
  { '==': (a, b) => (s) => same(a(s), b(s)), '!=': (a, b) => (s) => !same(a(s), b(s)) },
  Object.fromEntries(
    ['<', '<=', '>', '>='].map((op): [string, Binary] => [op, (a, b) => (s) => compare(op, a(s), b(s))]),
  ),
  { '+': (a, b) => (s) => plus(a(s), b(s)) },
];

class Parser {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
    private readonly roots: readonly string[],
  ) {}

  whole(): Expression {
    if (this.tokens.length === 0) throw new ExpressionError('The expression is empty');
    const result = this.level(0);
    if (this.at < this.tokens.length) this.refuse();
    return result;
  }

  private level(depth: number): Expression {
    const operators = LEVELS[depth];
    if (!operators) return this.unary();
    let left = this.level(depth + 1);
    for (;;) {
      const next = this.tokens[this.at];
      const build = next?.kind === 'op' ? operators[next.text] : undefined;
      if (!build) return left;
      this.at++;
      left = build(left, this.level(depth + 1));
    }
  }

  private unary(): Expression {
    if (this.take('!')) {
      const inner = this.unary();
      return (scope) => inner(scope) !== true;
    }
    if (this.take('-')) {
      const inner = this.unary();
      return (scope) => {
        const value = inner(scope);
        return typeof value === 'number' ? -value : null;
      };
    }
    return this.postfix();
  }

  private postfix(): Expression {
    let value = this.primary();
    for (;;) {
      if (this.take('.')) {
        const name = this.tokens[this.at++];
        if (name?.kind !== 'name' && !(name?.kind === 'literal' && name.text in WORDS)) this.refuse(-1);
        const holder = value;
        const key = name?.text;
        value = (scope) => member(holder(scope), key);
      } else if (this.take('[')) {
        const holder = value;
        const key = this.level(0);
        this.expect(']');
        value = (scope) => member(holder(scope), key(scope));
      } else if (this.peek('(')) {
        return this.refuse();
      } else return value;
    }
  }

  private primary(): Expression {
    if (this.take('(')) {
      const inner = this.level(0);
      this.expect(')');
      return inner;
    }
    const token = this.tokens[this.at++];
    if (token?.kind === 'literal') return () => token.value;
    if (token?.kind === 'name' && token.text === 'event' && this.roots.includes('event')) return (scope) => scope.event;
    if (token?.kind === 'name' && token.text === 'async' && this.roots.includes('async')) return (scope) => scope.async;
    return this.refuse(-1);
  }

  private peek(op: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'op' && token.text === op;
  }

  private take(op: string): boolean {
    if (!this.peek(op)) return false;
    this.at++;
    return true;
  }

  private expect(op: string): void {
    if (!this.take(op)) this.refuse();
  }

  private refuse(offset = 0): never {
    const token = this.tokens[this.at + offset];
    const what = token ? `"${token.text}" here` : 'an unfinished expression';
    throw new ExpressionError(`"${this.source}": ${what} is not supported by the embedded executor`);
  }
}

/**
 * Compiles an expression; missing fields evaluate to null, comparisons of different types to false.
 *
 * @param roots which of `event` and `async` exist where the expression stands
 * @throws ExpressionError for anything outside the subset
 */
export function compileExpression(source: string, roots: readonly ('event' | 'async')[]): Expression {
  return new Parser(source, tokenize(source), roots).whole();
}
