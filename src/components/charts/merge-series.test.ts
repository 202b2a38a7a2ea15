import { expect, it } from 'vitest';
import { mergeSeries } from './merge-series';

it('puts points of the same x into one row, in order of x, and leaves gaps open', () => {
  const rows = mergeSeries([
    {
      id: 'train',
      label: 'train',
      points: [
        { x: 2, y: 0.5 },
        { x: 1, y: 0.9 },
        { x: 3, y: 0.4 },
      ],
    },
    {
      id: 'valid',
      label: 'valid',
      points: [
        { x: 2, y: 0.6 },
        { x: 3, y: null },
      ],
    },
  ]);
  expect(rows).toEqual([
    { x: 1, train: 0.9 },
    { x: 2, train: 0.5, valid: 0.6 },
    { x: 3, train: 0.4, valid: null },
  ]);
});

it('keeps the newest value of a step that was reported twice', () => {
  const rows = mergeSeries([
    {
      id: 'train',
      label: 'train',
      points: [
        { x: 1, y: 0.9 },
        { x: 1, y: 0.8 },
      ],
    },
  ]);
  expect(rows).toEqual([{ x: 1, train: 0.8 }]);
});
