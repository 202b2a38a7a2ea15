import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../json-fault.rules';
import { parseLine } from './parse-line';
import { countKeys, findDuplicateKey, scanJson } from './scan-json';

const problemOf = (line: string | Buffer) => {
  const parsed = parseLine(Buffer.from(line));
  return 'problem' in parsed ? parsed.problem : null;
};

describe('parseLine', () => {
  it('gives every JSON value back, whatever its characters', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const parsed = parseLine(Buffer.from(text));
        expect('row' in parsed && parsed.row).toEqual(JSON.parse(Buffer.from(text).toString()));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('never throws, and takes exactly what JSON takes', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"', '\\', '1', '-', 'true', ' ', '\u0000'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = Buffer.from(pieces.join('')).toString();
        const problem = problemOf(text);
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(problem === null || problem.code === 'duplicate_key').toBe(valid);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it.each([
    ['{"a":1}}', 'at column 8 stands }, but the end of the line is expected'],
    ['{"a":1', 'it ends where a comma or } should follow'],
    ['{"a" 1}', 'at column 6 stands 1, but a colon is expected'],
    ["{'a':1}", "at column 2 stands ', but a name in double quotes is expected"],
    ['{"a":[1,]}', 'at column 9 stands ], but a value is expected'],
    ['{"a":"tab\there"}', 'at column 10 \\n, \\t or another escape is expected'],
    ['{"a":"\\x"}', 'at column 7 stands \\, but a known escape is expected'],
    ['{"a":"open', 'it ends where a closing quote should follow'],
    ['{"a":01}', 'at column 6 stands 0, but a value is expected'],
    ['{"a":NaN}', 'at column 6 stands N, but a value is expected'],
  ])('says where %s stops being JSON', (line, said) => {
    expect(problemOf(line)).toMatchObject({ code: 'not_json', message: expect.stringContaining(said) });
  });

  it('finds the place of a single damaged sign', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (text, place) => {
        const at = place % (text.length + 1);
        const broken = `${text.slice(0, at)}\u0001${text.slice(at)}`;
        const fault = findJsonFault(broken);
        expect(fault.at).toBeLessThanOrEqual(at);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('refuses what is nested too deeply without walking it', () => {
    expect(problemOf(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeNull();
    expect(problemOf(`${'['.repeat(65)}${']'.repeat(65)}`)?.code).toBe('too_deep');
    expect(problemOf('{"a":'.repeat(1_000_000))?.code).toBe('too_deep');
    expect(problemOf('"[[[[[["')).toBeNull();
  });

  it('refuses bytes that are not UTF-8', () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0x80]])
      expect(problemOf(Buffer.from([0x22, ...bytes, 0x22]))?.code).toBe('not_utf8');
  });

  it('names the path of a key that stands twice', () => {
    const line = '{"messages":[{"role":"user"},{"role":"user","content":"a","role":"tool"}]}';
    expect(problemOf(line)).toMatchObject({ code: 'duplicate_key', path: 'messages[1].role' });
    expect(problemOf('{"a":{"b":1},"c":{"b":2},"b":3}')).toBeNull();
    expect(problemOf('{"a":1,"\\u0061":2}')?.code).toBe('duplicate_key');
    expect(problemOf('{"a:\\"b\\":":1}')).toBeNull();
    expect(problemOf(`{"a"${' '.repeat(100)}:1,"a":2}`)?.code).toBe('duplicate_key');
    expect(problemOf('{"__proto__":1,"__proto__":2}')?.code).toBe('duplicate_key');
  });
});

describe('scanJson and countKeys', () => {
  it('agree on every text without repeated names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(scanJson(text).keys).toBe(countKeys(JSON.parse(text)));
        expect(findDuplicateKey(text)).toBeNull();
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
