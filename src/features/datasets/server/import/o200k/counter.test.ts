import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { TokenCounter } from './counter';
import { loadEngine } from './engine';
import { ranksFile } from './ranks-file';

const counter = new TokenCounter(loadEngine(ranksFile()));
const oracle = get_encoding('o200k_base');
afterAll(() => oracle.free());

const edges = [
  '',
  'a',
  ' ',
  '\n',
  '\r\n\r\n  \n',
  '   leading and trailing   ',
  "I'll don't WE'RE they've it's I'M he'd O'Neil ſ it'ſ IT'S",
  'camelCase PascalCase SCREAMING_SNAKE XMLHttpRequest aB AbC ABc',
  '1234567890 3.14159 1,000,000 ١٢٣٤ Ⅷ ½',
  '<|endoftext|><|im_start|>system<|fim_prefix|>',
  'def f(x):\n\treturn x ** 2  # comment\n\n\nclass A:\n    pass\n',
  '{"a": [1, 2, {"b": null}], "c": "\\u00e9"}',
  'https://example.com/a/b?c=d&e=f#g // path/\n/\n',
  '漢字かな交じり文、한국어 텍스트 与 中文。',
  '😀👩‍👩‍👧‍👦🇩🇪🏳️‍🌈 \u{1F600}\u{10FFFF}',
  'e\u0301 a\u0308\u0323 \u0301alone A\u0301B ก็ नमस्ते สวัสดี',
  '\ufeffBOM\ufeff inside',
  '\u0085next line\u00a0nbsp\u2028sep\u3000wide\u200bzero',
  'Ǆ ǅ ǆ ﬁ ß ẞ ʰʷ ª º',
  '\ud800 lone \udc00 x\ud83d',
  'Donaudampfschifffahrtsgesellschaftskapitän',
  'a'.repeat(5000),
  'ab '.repeat(2000),
  'Xy9'.repeat(1500),
  '漢'.repeat(3000),
  '='.repeat(700),
  ' '.repeat(900),
  `${' '.repeat(13)}x`,
  'aaaaaaaaaaaa aaaaaaaaaaaaa AAAAAAAAAAAA AAAAAAAAAAAAa',
  '............ ............. !?!?!?!?!?!?\n',
];

/** tiktoken's WASM takes UTF-8, in which a lone surrogate is U+FFFD. */
const expected = (text: string): number => oracle.encode_ordinary(Buffer.from(text).toString()).length;

describe('TokenCounter', () => {
  it.each(edges.map((text) => [text.slice(0, 40), text]))('counts %j as tiktoken does', (_, text) => {
    expect(counter.count(text)).toBe(expected(text));
    expect(counter.count(`x${text} y`)).toBe(expected(`x${text} y`));
  });

  it('gives the stored counts of OpenAI’s o200k_base', () => {
    const known: [string, number][] = [
      ['hello world', 2],
      ['tiktoken is great!', 6],
      ['<|endoftext|>', 7],
      ['お誕生日おめでとう', 8],
      ['antidisestablishmentarianism', 6],
    ];
    expect(known.map(([text]) => [text, counter.count(text)])).toEqual(known);
  });

  it('equals tiktoken on random text from every corner of Unicode', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
      fc.constantFrom(...edges.filter((text) => text.length < 80)),
      fc.constantFrom(
        "'s",
        "'LL",
        "'ſ",
        '\r\n',
        ' ',
        '  ',
        '\t',
        '/',
        '\u0085',
        '\ufeff',
        '\u0301',
        'A',
        'a',
        '7',
        'ʰ',
      ),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (list) => {
        const text = list.join('');
        expect(counter.count(text)).toBe(expected(text));
      }),
      { numRuns: 1500, seed: 42 },
    );
  }, 30_000);

  it('counts a 40 kB word in a fraction of a second', () => {
    const word = Array.from({ length: 40_000 }, (_, i) => String.fromCharCode(97 + ((i * i * 7 + i) % 26))).join('');
    const started = performance.now();
    const count = counter.count(word);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(count).toBeGreaterThan(10_000);
  });
});
