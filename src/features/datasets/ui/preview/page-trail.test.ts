import { describe, expect, it } from 'vitest';
import { CountedTrail, PageTrail } from './page-trail';

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

describe('pages of a list whose rows are counted', () => {
  it('are all known from the start, each with those beside it', () => {
    const trail = new CountedTrail(1001, 200);
    expect(trail.length).toBe(6);
    expect([trail.at(0), trail.at(5), trail.at(99)]).toEqual(['', 'row:1000', 'row:1000']);
    expect([trail.before(''), trail.before('row:200'), trail.after('row:800')]).toEqual([null, '', 'row:1000']);
    expect([trail.after(''), trail.after('row:1000')]).toEqual(['row:200', null]);
    expect([trail.indexOf('row:1000'), trail.indexOf('other')]).toEqual([5, -1]);
    expect(new CountedTrail(0, 200).after('')).toBeNull();
  });
});
