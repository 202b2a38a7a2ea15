import { describe, expect, it } from 'vitest';
import { checkExample } from '../../../formats/check/check-example';
import { Findings } from '../findings';
import { TokenEngine } from '../o200k/engine';
import { RowEngine } from '../o200k/row-engine';
import { SignReader } from './row-signs';

const reader = new SignReader(new RowEngine(new TokenEngine()));

/** What is said of a row: code and path each. */
function found(messages: { role: string; content: string }[]): string[] {
  const said: string[] = [];
  const report = (code: string, path: string) => void said.push(`${code} ${path}`);
  const example = checkExample({ messages }, report);
  if (example) reader.read(example, report);
  return said;
}

const asked = (question: string, answer = 'That is how it is done.') => [
  { role: 'user', content: question },
  { role: 'assistant', content: answer },
];
const answered = (answer: string) => asked('What do you think about it?', answer);
/** Put together here, so that no scanner of this repository takes an example for a leak. */
const key = (...parts: string[]) => parts.join('');

describe('a text', () => {
  it.each([
    ['UTF-8 read as Latin-1', 'Das MÃ¤dchen isst', 'mojibake'],
    ['a curly quote read as Windows-1252', 'It isnâ€™t here', 'mojibake'],
    ['an emoji read as Windows-1252', 'Great ðŸ˜€ day', 'mojibake'],
    ['Cyrillic read as Latin-1', 'ÐŸÑ€Ð¸Ð²ÐµÑ‚', 'mojibake'],
    ['a tag', 'First line<br>second line', 'markup_residue'],
    ['a tag with attributes', 'See <a href="https://example.org">this</a>', 'markup_residue'],
    ['an entity', 'Salt&nbsp;and pepper', 'markup_residue'],
    ['a key', `Use ${key('sk', '-proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2')} for it`, 'secret_found'],
    ['a private key', `${key('-----BEGIN ', 'PRIVATE KEY-----')}\nMIIE`, 'secret_found'],
    ['a bearer token', `Authorization: Bearer ${key('abcdef0123456789', 'ABCDEFGH')}`, 'secret_found'],
    ['a mail address', 'Write to jane@example.org please', 'personal_data'],
    ['a phone number', 'Call +49 30 901820 today', 'personal_data'],
    ['a card number', 'Pay with 4111 1111 1111 1111 now', 'personal_data'],
    ['an IBAN', 'Send it to DE89 3704 0044 0532 0130 00 today', 'personal_data'],
  ])('with %s', (_, text, code) => {
    expect(found(asked(text))).toEqual([`${code} messages[0].content`]);
    expect(found([{ role: 'system', content: text }, ...asked('Why?')])).toEqual([`${code} messages[0].content`]);
  });

  it.each([
    ['accents and capitals', 'SÃO PAULO, Âge, crème brûlée, «Â»'],
    ['comparisons', 'if a < b && c > d then List<String> and x <= y'],
    ['code in quotes', 'Write `<br>` or\n```html\n<div>&nbsp;</div>\n```'],
    ['an order number', 'My order number is #4111111111111112, placed 2026-05-18'],
    ['code', 'const token = await getToken(user.id); // sha 9f86d081884c7d65'],
    ['a date and a time', 'On 2026-11-25 at 10:30, or 05/11/2023 14:00'],
    ['a handle', 'Ask @maria about the decorator @cached'],
    ['a long number', '123456789012345678901234567890'],
    ['dashes', '-----------------------------\nBEGIN of the story'],
  ])('with %s is fine', (_, text) => {
    expect(found(asked(text))).toEqual([]);
  });

  it('that a tool answered may be markup, and arguments of calls may hold no secret', () => {
    const args = JSON.stringify({ mail: 'jane@example.org' });
    const call = { id: 'a', type: 'function', function: { name: 'send', arguments: args } };
    const messages = [
      { role: 'user', content: 'Send it' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: '<div>done</div>' },
      { role: 'assistant', content: 'It is sent.' },
    ];
    expect(found(messages as never)).toEqual(['personal_data messages[1].tool_calls']);
  });
});

describe('an answer', () => {
  it.each([
    ['I’m sorry, but I can’t help with that.', 'answer_refuses'],
    ["I'm sorry, but I cannot assist with that request.", 'answer_refuses'],
    ['I cannot provide medical advice.', 'answer_refuses'],
    ['As an AI language model, I am not able to have opinions.', 'answer_refuses'],
    ['Es tut mir leid, aber ich kann dabei nicht helfen.', 'answer_refuses'],
    ['Désolé, je ne peux pas répondre à cela.', 'answer_refuses'],
    ['Lo siento, pero no puedo ayudar con eso.', 'answer_refuses'],
    ['Desculpe, mas não posso ajudar com isso.', 'answer_refuses'],
    ['К сожалению, я не могу помочь.', 'answer_refuses'],
    ['抱歉，我不能回答这个问题。', 'answer_refuses'],
    ['“很抱歉，我无法回答。', 'answer_refuses'],
    ['すみませんが、その質問にはお答えできません。', 'answer_refuses'],
    ['죄송합니다만 그 질문에는 답변드릴 수 없습니다.', 'answer_refuses'],
    ['К сожалению, я не могу ответить на этот вопрос.', 'answer_refuses'],
    ['私はAIとして、そのような意見を持ちません。', 'answer_boilerplate'],
    ['好的。作为一个AI语言模型，我没有个人意见。', 'answer_boilerplate'],
    ['好的。作为人工智能，我没有个人意见。', 'answer_boilerplate'],
    ['As an artificial intelligence I have no opinion on this.', 'answer_boilerplate'],
    ['申し訳ありませんが、その質問にはお答えできません。', 'answer_refuses'],
    ['It is warm. As an AI language model I have no skin, though.', 'answer_boilerplate'],
    ['That was after my knowledge cutoff, so look it up.', 'answer_boilerplate'],
    ['What do you think about it? I like it a lot.', 'answer_repeats_question'],
    ['The best way to begin is to choose the right kind of soil, and', 'answer_cut_off'],
    ['First you open the window, then you look at the', 'answer_cut_off'],
    ['{"name": "tent", "price": 12', 'answer_cut_off'],
    ['Run this:\n```python\nprint("hello world")', 'answer_cut_off'],
  ])('%s', (answer, code) => {
    expect(found(answered(answer))).toEqual([`${code} messages[1].content`]);
  });

  it.each([
    'I’m sorry to hear that your parcel is late. We send a new one.',
    'I can’t recommend it enough!',
    'I cannot wait to see you.',
    'The language of the model is English.',
    'What a nice day it is.',
    '{"name": "tent"}',
    '[1] See the list below [2].',
    'Use a list:\n```js\nconst a = [1, 2];\n```',
    'billing',
    'Take the blue one',
  ])('%s: is fine', (answer) => {
    expect(found(answered(answer))).toEqual([]);
  });
});

it('never puts a secret into the report, not even cut in two', () => {
  const secret = key('sk', '-proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2');
  const findings = new Findings();
  const report = (code: 'secret_found', path: string, message: string, excerpt?: unknown) =>
    void findings.add(code, { line: 1, path, message, excerpt: String(excerpt) });
  for (let before = 0; before < 300; before += 7) {
    const example = checkExample(
      { messages: asked(`${'word '.repeat(before)}${secret} and jane@example.org`) },
      () => undefined,
    );
    if (example) reader.read(example, report as never);
  }
  expect(findings.kept.length).toBeGreaterThan(40);
  for (const { excerpt, message } of findings.kept) expect(`${excerpt}${message}`).not.toMatch(/a1B2c3|jane@/);
});

it('takes texts of 5 MB in its stride', () => {
  const started = performance.now();
  for (const unit of ['a@', '0 ', '<', '&#', '`', 'Ã', '{"', 'password: ', '+1 ', '-----BEGIN ', 'I can’t '])
    found(asked(unit.repeat(5_000_000 / unit.length), unit.repeat(5_000_000 / unit.length)));
  expect(performance.now() - started).toBeLessThan(20_000);
});
