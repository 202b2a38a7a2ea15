import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetChange } from './change.schema';
import { labelOf } from './label.rules';
import { isFixable, repairMojibake } from './repair.rules';
import { transformOf } from './transform.rules';

const user = { role: 'user', content: 'Hi' };
const answer = { role: 'assistant', content: 'Hello' };
const row = (...messages: unknown[]) => ({ messages, id: 7 });

function apply(change: DatasetChange, value: unknown) {
  const before = structuredClone(value);
  const result = transformOf(change)?.(value) ?? null;
  expect(value).toEqual(before);
  return result;
}

const prompt = (text: string): DatasetChange => ({ kind: 'replaceSystemPrompt', text, filter: {} });
const fix = (code: string): DatasetChange => ({ kind: 'fix', code });

describe('a system prompt', () => {
  const system = { role: 'system', content: 'Old' };
  const developer = { role: 'developer', content: 'Old', name: 'd' };

  it.each([
    ['comes where there was none', row(user, answer), 'New', row({ role: 'system', content: 'New' }, user, answer)],
    [
      'keeps its role and name',
      row(developer, user, answer),
      'New',
      row({ ...developer, content: 'New' }, user, answer),
    ],
    ['takes the place of several', row(system, developer, user), 'New', row({ ...system, content: 'New' }, user)],
    ['goes when it is empty', row(system, user, system, answer), '', row(user, system, answer)],
    ['stays when it is the same', row(system, user), 'Old', null],
    ['cannot go where there is none', row(user), '', null],
  ])('%s', (_, value, text, expected) => {
    expect(apply(prompt(text), value)).toEqual(expected);
  });
});

describe('trim', () => {
  it('takes white space around each message, within the first and last part, and leaves blank ones to the check', () => {
    const parts = {
      role: 'user',
      content: [
        { type: 'text', text: ' a ' },
        { type: 'text', text: ' b ' },
      ],
    };
    const trimmed = {
      role: 'user',
      content: [
        { type: 'text', text: 'a ' },
        { type: 'text', text: ' b' },
      ],
    };
    const blank = { role: 'system', content: '  ' };
    const value = row(blank, parts, { ...answer, content: '\n Hello\t' });
    expect(apply({ kind: 'trim', filter: {} }, value)).toEqual(row(blank, trimmed, answer));
    expect(apply({ kind: 'trim', filter: {} }, row(blank, user, answer))).toBeNull();
  });
});

describe('redact', () => {
  it('looks into contents, parts and the arguments of calls, which stay JSON', () => {
    const call = {
      role: 'assistant',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '' } }],
    };
    const withArguments = (value: string) => {
      const copy = structuredClone(call);
      for (const one of copy.tool_calls) one.function.arguments = value;
      return copy;
    };
    const before = withArguments('{"to":"a@b.co","card":4111111111111111,"n":1.50}');
    const after = withArguments('{"to":"[mail address]","card":"[card number]","n":1.5}');
    const image = { type: 'image_url', image_url: { url: 'https://a@b.co/x.png' } };
    const part = { role: 'user', content: [{ type: 'text', text: 'a@b.co' }, image] };
    const said = { role: 'user', content: [{ type: 'text', text: '[mail address]' }, image] };
    expect(apply({ kind: 'redact', filter: {} }, row(part, before))).toEqual(row(said, after));
    expect(apply({ kind: 'redact', filter: {} }, row(user, withArguments('{"n":1.50}')))).toBeNull();
  });
});

describe('a repair', () => {
  it.each([
    ['nul_character', row({ ...user, content: 'H\u0000i' }, answer), row(user, answer)],
    ['unknown_key', { ...row(user), source: 'web' }, row(user)],
    [
      'prompt_blank',
      row({ role: 'system', content: ' ' }, user, { ...user, content: ' ' }),
      row(user, { ...user, content: ' ' }),
    ],
    ['mojibake', row({ ...user, content: 'CafÃ© â€“ naÃ¯ve ðŸ˜€' }), row({ ...user, content: 'Café – naïve 😀' })],
    [
      'secret_found',
      row({ ...user, content: 'https://u:p4ssword@h' }),
      row({ ...user, content: 'https://u:[secret]@h' }),
    ],
  ])('of %s changes what is wrong and nothing else, and once is enough', (code, value, expected) => {
    expect(isFixable(code)).toBe(true);
    const repaired = apply(fix(code), value);
    expect(repaired).toEqual(expected);
    expect(apply(fix(code), repaired)).toBeNull();
  });

  it('of secrets leaves personal data as it is, and the other way round', () => {
    const both = (secret: string, mail: string) => row({ ...user, content: `https://u:${secret}@h or ${mail}` });
    const before = both('p4ssword', 'a@b.co');
    expect(apply(fix('secret_found'), before)).toEqual(both('[secret]', 'a@b.co'));
    expect(apply(fix('personal_data'), before)).toEqual(both('p4ssword', '[mail address]'));
    expect(apply(fix('secret_found'), row({ ...user, content: 'a@b.co' }))).toBeNull();
  });

  it('of secrets finds one that only its name gives away in the arguments of a call', () => {
    const call = (password: string) => ({
      role: 'assistant',
      tool_calls: [{ function: { name: 'f', arguments: JSON.stringify({ password }) } }],
    });
    expect(apply(fix('secret_found'), row(call('Abcdefgh12345678')))).toEqual(row(call('[secret]')));
  });

  it('is not offered for what a person has to decide', () => {
    expect(
      ['content_blank', 'last_not_assistant', 'weight_misplaced', 'not_json', 'constructor', 'toString'].filter(
        isFixable,
      ),
    ).toEqual([]);
    expect(transformOf(fix('toString'))).toBeNull();
  });

  it('leaves texts alone that were read rightly', () => {
    for (const text of ['Ünïcödé – “quotes” … €', 'Ärger über Öl', 'naïve façade', '日本語', 'Â', 'Ã la carte'])
      expect(repairMojibake(text)).toBe(text);
  });

  it('undoes a wrong reading of any text', () => {
    const misread = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text));
    fc.assert(
      fc.property(fc.array(fc.constantFrom('é', 'ü', '–', '€', '日', '😀', 'a', ' '), { maxLength: 20 }), (signs) => {
        expect(repairMojibake(misread(signs.join('')))).toBe(signs.join(''));
      }),
      { seed: 17 },
    );
  });
});

describe('labelOf', () => {
  it.each([
    ['Positive ', 'positive'],
    ['{"label":"Spam","score":0.93}', '{"label":"spam","score":"…"}'],
    ['A long answer that explains at length why the sky looks blue today.', null],
    ['two\nlines', null],
    ['{broken', null],
    ['', null],
  ])('%s', (content, label) => {
    expect(labelOf(row(user, { role: 'assistant', content }))).toBe(label);
  });
});
