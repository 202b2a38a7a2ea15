import { describe, expect, it } from 'vitest';
import {
  ALL_SELECTED,
  canDuplicate,
  isSelected,
  MOST_SELECTED,
  NOTHING_SELECTED,
  selectionState,
  toggleRow,
} from './prepare-selection';

const rowsOf = (count: number, first = 0) => ({
  rows: Array.from({ length: count }, (_, i) => ({ id: `r${first + i}` })),
  first,
});

describe('selecting rows', () => {
  it('takes one, another, and gives one back', () => {
    const window = rowsOf(10);
    const one = toggleRow(NOTHING_SELECTED, window, 3, false);
    const two = toggleRow(one, window, 5, false);
    expect([...two.ids]).toEqual(['r3', 'r5']);
    expect([...toggleRow(two, window, 3, false).ids]).toEqual(['r5']);
    expect(selectionState(NOTHING_SELECTED)).toBe(false);
    expect(selectionState(two)).toBe('indeterminate');
  });

  it('takes a range in either direction, by index in the whole list', () => {
    const window = rowsOf(10, 1000);
    const down = toggleRow(toggleRow(NOTHING_SELECTED, window, 1002, false), window, 1005, true);
    expect([...down.ids]).toEqual(['r1002', 'r1003', 'r1004', 'r1005']);
    const up = toggleRow(toggleRow(NOTHING_SELECTED, window, 1005, false), window, 1003, true);
    expect([...up.ids].sort()).toEqual(['r1003', 'r1004', 'r1005']);
    expect([...toggleRow(down, window, 1004, true).ids]).toEqual(['r1002', 'r1003']);
  });

  it('takes of a range what is loaded when its begin has been let go', () => {
    const begun = toggleRow(NOTHING_SELECTED, rowsOf(10), 2, false);
    const far = toggleRow(begun, rowsOf(10, 5000), 5001, true);
    expect([...far.ids]).toEqual(['r2', 'r5000', 'r5001']);
  });

  it('stops at what one change takes', () => {
    const window = rowsOf(MOST_SELECTED + 50);
    const begun = toggleRow(NOTHING_SELECTED, window, 0, false);
    expect(toggleRow(begun, window, MOST_SELECTED + 20, true).ids.size).toBe(MOST_SELECTED);
  });

  it('holds every row once all are selected', () => {
    expect(isSelected(ALL_SELECTED, 'r7')).toBe(true);
    expect(selectionState(ALL_SELECTED)).toBe(true);
    expect(toggleRow(ALL_SELECTED, rowsOf(3), 1, false)).toBe(ALL_SELECTED);
  });
});

describe('duplicating', () => {
  it('is for rows chosen one by one, and for all that match where they are few', () => {
    expect(canDuplicate(NOTHING_SELECTED, null)).toBe(true);
    expect(canDuplicate(ALL_SELECTED, MOST_SELECTED)).toBe(true);
    expect(canDuplicate(ALL_SELECTED, MOST_SELECTED + 1)).toBe(false);
    expect(canDuplicate(ALL_SELECTED, null)).toBe(false);
  });
});
