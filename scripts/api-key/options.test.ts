import { describe, expect, it } from 'vitest';
import { readKeyOptions } from './options';

describe('readKeyOptions', () => {
  it('takes the role of a member unless told otherwise', () => {
    expect(readKeyOptions(['--name', 'ci'])).toEqual({ name: 'ci', role: 'member' });
    expect(readKeyOptions(['--name', 'ci', '--role=viewer', '--workspace', 'lab'])).toEqual({
      name: 'ci',
      role: 'viewer',
      workspace: 'lab',
    });
  });

  it.each([
    [[], /--name: Say what the key is for.*npm run api-key/s],
    [['--name', 'x', '--role', 'king'], /no role "king".*owner\|admin\|member\|viewer/s],
    [['--nam', 'x'], /--nam/],
  ])('explains %j', (args, message) => {
    expect(() => readKeyOptions(args)).toThrow(message);
  });
});
