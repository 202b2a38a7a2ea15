import { describe, expect, it } from 'vitest';
import * as draft from './prepare-draft';

const { addMessage, changeMessage, faultOf, moveMessage, oneLine, readDraft, removeMessage, spread, writeDraft } =
  draft;

const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const row = {
  messages: [
    { role: 'user', content: 'Weather?', name: 'Ann' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c', content: 'Sunny' },
    { role: 'assistant', weight: 0, content: 'Sunny.' },
    { role: 'user', content: [{ type: 'text', text: 'Look' }] },
  ],
  tools: [],
};
const body = JSON.stringify(row);

function opened(text = body): draft.Draft {
  const read = readDraft(text);
  if (!read) throw new Error('not a draft');
  return read;
}
const written = (changed: draft.Draft): typeof row => JSON.parse(writeDraft(changed));

describe('an example as fields', () => {
  it('is written as it was read, byte for byte', () => {
    expect(writeDraft(opened())).toBe(body);
  });

  it('keeps what the fields do not show', () => {
    const changed = written(changeMessage(opened(), 0, { text: 'Rain?' }));
    expect(changed.messages[0]).toEqual({ role: 'user', content: 'Rain?', name: 'Ann' });
    expect(changed.tools).toEqual([]);
    expect(opened().messages.map(({ editable, calls }) => [editable, calls])).toEqual([
      ...[
        [true, 0],
        [true, 1],
        [true, 0],
        [true, 0],
        [false, 0],
      ],
    ]);
  });

  it('turns training on and off by weight', () => {
    const on = written(changeMessage(opened(), 3, { trained: true }));
    expect(on.messages[3]).toEqual({ role: 'assistant', content: 'Sunny.' });
    const off = written(changeMessage(opened(), 1, { trained: false }));
    expect(off.messages[1]).toEqual({ role: 'assistant', content: null, tool_calls: [call], weight: 0 });
    const asked = written(changeMessage(opened(), 3, { role: 'user' }));
    expect(asked.messages[3]).toEqual({ role: 'user', content: 'Sunny.' });
  });

  it('adds, removes and moves messages', () => {
    const added = addMessage(opened());
    expect(written(added).messages.at(-1)).toEqual({ role: 'assistant', content: '' });
    expect(written(removeMessage(added, 1)).messages).toHaveLength(5);
    expect(written(moveMessage(opened(), 3, -1)).messages.map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'assistant', 'tool', 'user'],
    ]);
    expect(moveMessage(opened(), 0, -1).messages.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4]);
    expect(addMessage(added).messages.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('is not made of what has no messages', () => {
    for (const text of ['{', '[]', '{"messages":1}', '{"messages":["x"]}']) expect(readDraft(text)).toBeNull();
  });
});

describe('an example as JSON', () => {
  it('is set out over lines and comes back the same', () => {
    const text = JSON.stringify({ messages: [{ role: 'user', content: 'a\n  b' }] });
    expect(JSON.parse(oneLine(spread(text)))).toEqual(JSON.parse(text));
    expect(oneLine(spread(text))).not.toContain('\n');
    expect(spread('{')).toBe('{');
  });

  it('says on which line it breaks', () => {
    expect(faultOf('{}')).toBeNull();
    expect(faultOf('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({ line: 3, column: 3 });
    expect(faultOf('{\n  "a": tru\n}')?.message).toBe('Line 2, column 8: here stands t, but a value is expected.');
    expect(faultOf('{"a": "b')?.message).toBe(
      'Line 1, column 9: here the text ends where a closing quote should follow.',
    );
    expect(faultOf('['.repeat(200_000))).toMatchObject({ line: 1 });
  });
});
