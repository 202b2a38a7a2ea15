import { describe, expect, it } from 'vitest';
import { PageTrail } from './page-trail';

const walked = (...cursors: string[]): PageTrail => {
  const trail = new PageTrail();
  let before = '';
  for (const cursor of cursors) {
    trail.note(before, cursor);
    before = cursor;
  }
  return trail;
};

describe('the way through the pages', () => {
  it('leads back where a key leads only forward', () => {
    const trail = walked('a', 'b', 'c');
    expect(trail.length).toBe(4);
    expect([trail.before('c'), trail.before('a'), trail.before('')]).toEqual(['b', '', null]);
    expect([trail.indexOf(''), trail.indexOf('c'), trail.indexOf('x')]).toEqual([0, 3, -1]);
    expect([trail.at(-3), trail.at(2), trail.at(99)]).toEqual(['', 'b', 'c']);
  });

  it('stays as it is when a page is seen again', () => {
    const trail = walked('a', 'b', 'c');
    trail.note('', 'a');
    trail.note('a', 'b');
    expect(trail.length).toBe(4);
  });

  it('forgets what lay beyond a page that leads elsewhere now, or nowhere', () => {
    const other = walked('a', 'b', 'c');
    other.note('a', 'B');
    expect([other.length, other.indexOf('b'), other.indexOf('c'), other.before('B')]).toEqual([3, -1, -1, 'a']);
    const ended = walked('a', 'b');
    ended.note('a', null);
    expect([ended.length, ended.indexOf('b')]).toEqual([2, -1]);
  });

  it('takes no note of a page from another way', () => {
    const trail = walked('a');
    trail.note('z', 'y');
    expect(trail.length).toBe(2);
  });
});
