import { expect, it } from 'vitest';
import { readable, roleName } from './prepare-message';

it('sets JSON out over lines and leaves other texts alone', () => {
  expect(readable('{"label": "billing"}')).toEqual({ text: '{\n  "label": "billing"\n}', json: true });
  expect(readable('{not json')).toEqual({ text: '{not json', json: false });
  expect(readable('42')).toEqual({ text: '42', json: false });
  expect(readable('  indented text')).toEqual({ text: '  indented text', json: false });
});

it('names who speaks', () => {
  expect(roleName({ role: 'assistant', name: null })).toBe('Assistant');
  expect(roleName({ role: 'tool', name: 'lookup' })).toBe('Tool · lookup');
  expect(roleName({ role: 'critic', name: null })).toBe('critic');
});
