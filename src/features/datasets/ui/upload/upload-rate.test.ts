import { expect, it } from 'vitest';
import { remainingMs, UploadRate } from './upload-rate';

it('measures the last seconds only, says nothing too early, and takes a resume for no speed', () => {
  const rate = new UploadRate();
  expect(rate.add(0, 0)).toBeNull();
  expect(rate.add(100, 100)).toBeNull();
  expect(rate.add(1000, 1000)).toBe(1000);
  for (let second = 2; second <= 10; second++) rate.add(1000 + (second - 1) * 5000, second * 1000);
  expect(rate.add(51_000, 11_000)).toBe(5000);
  rate.restart();
  expect(rate.add(900_000, 12_000)).toBeNull();
  expect(rate.add(900_500, 12_500)).toBe(1000);
});

it('knows the time left only when bytes move', () => {
  expect(remainingMs(500, 1500, 100)).toBe(10_000);
  expect(remainingMs(500, 1500, 0)).toBeNull();
  expect(remainingMs(500, 1500, null)).toBeNull();
});
