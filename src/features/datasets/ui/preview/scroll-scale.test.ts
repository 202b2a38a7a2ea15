import { describe, expect, it } from 'vitest';
import { boxHeight, follow, MAX_BOX_PX, type Place, placeAt, reveal, settle } from './scroll-scale';

const ROW = 36;
const view = 540;
const extentOf = (rows: number) => ({ content: rows * ROW, view });
const lastBox = (rows: number) => boxHeight(extentOf(rows)) - view;
const COUNTS = [930_000, 1_000_000, 2_000_000, 10_000_000];

describe('a list that fits', () => {
  it('scrolls as it is', () => {
    const extent = extentOf(400_000);
    expect(boxHeight(extent)).toBe(400_000 * ROW);
    expect(follow({ box: 0, top: 0 }, 9_000_000, extent)).toEqual({ box: 9_000_000, top: 9_000_000 });
    expect(settle({ box: 77, top: 77 }, extent)).toEqual({ box: 77, top: 77 });
    expect(placeAt(1e9, extentOf(3))).toEqual({ box: 0, top: 0 });
  });
});

describe.each(COUNTS)('a list of %i rows', (rows) => {
  const extent = extentOf(rows);
  const start: Place = { box: 0, top: 0 };
  const lastTop = rows * ROW - view;

  it('is in a box that browsers can show, and both ends are reached', () => {
    expect(boxHeight(extent)).toBe(MAX_BOX_PX);
    const end = follow(start, lastBox(rows), extent);
    expect(end.top).toBe(lastTop);
    expect(follow(end, 0, extent)).toEqual(start);
    // The browser rounds, so that the very last pixel may never be told.
    expect(follow(start, lastBox(rows) - 0.4, extent).top).toBeGreaterThan(lastTop - 1);
  });

  it('has every row in sight at some position, and rows only ever follow each other', () => {
    let last = -1;
    for (let box = 0; box <= lastBox(rows); box += 99_991) {
      const { top } = follow({ box: -1e9, top: 0 }, box, extent);
      expect(top).toBeGreaterThan(last);
      last = top;
    }
    for (let row = 0; row < rows; row += Math.ceil(rows / 997)) {
      const place = placeAt(row * ROW, extent);
      expect(place.top).toBe(Math.min(row * ROW, lastTop));
      expect(place.box).toBeGreaterThanOrEqual(0);
      expect(place.box).toBeLessThanOrEqual(lastBox(rows));
    }
  });

  it('moves pixel for pixel in small steps, wherever it is', () => {
    for (const from of [0, 999_900, lastTop / 3, lastTop - 1_000_100]) {
      let place = placeAt(from, extent);
      const { top } = place;
      for (let i = 0; i < 300; i++) place = follow(place, place.box + 100, extent);
      expect(place.top).toBe(Math.min(top + 30_000, lastTop));
      const still = settle(place, extent);
      expect(still.top).toBe(place.top);
      expect(settle(still, extent)).toBe(still);
      // After that the box is where a jump would have taken it, to within what a pixel of it stands for.
      expect(Math.abs(placeAt(still.top, extent).box - still.box)).toBeLessThanOrEqual(2000);
    }
  });

  it('comes to both ends in small steps without a halt or a leap', () => {
    let place = placeAt(60_000, extent);
    let steps = 0;
    for (; place.top > 0; steps++) place = settle(follow(place, place.box - 100, extent), extent);
    expect([steps, place.box]).toEqual([600, 0]);
    place = placeAt(lastTop - 60_000, extent);
    for (steps = 0; place.top < lastTop; steps++) place = settle(follow(place, place.box + 100, extent), extent);
    expect([steps, place.box]).toEqual([600, lastBox(rows)]);
  });

  it('brings a row into sight by as little as it takes', () => {
    const row = (index: number) => ({ start: index * ROW, height: ROW });
    const last = reveal(start, row(rows - 1), extent);
    expect(last).toEqual({ box: lastBox(rows), top: lastTop });
    expect(reveal(last, row(rows - 2), extent)).toBe(last);
    expect(reveal(last, row(0), extent)).toEqual(start);
    expect(reveal(last, row(500_000), extent).top).toBe(500_000 * ROW);
  });
});
