import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '../testing/start-trainer';
import { fromHalf, toHalf } from './half-float';
import { loadTensors, saveTensors } from './safetensors';

it('gives tensors and metadata back, in 32 bits exactly and in 16 bits nearly', () => {
  const folder = dataFolder();
  const values = Float32Array.from([0, 1, -2.5, 0.1, 1e-7, 65_504]);
  for (const dtype of ['F32', 'F16'] as const) {
    const file = path.join(folder, `${dtype}.safetensors`);
    saveTensors(file, [{ name: 'a', shape: [2, 3], values }], { step: '7' }, dtype);
    const { tensors, metadata } = loadTensors(file);
    expect(metadata).toEqual({ step: '7' });
    expect(tensors.get('a')?.shape).toEqual([2, 3]);
    for (const [index, value] of values.entries()) {
      const error = Math.abs((tensors.get('a')?.values[index] ?? Number.NaN) - value);
      expect(error).toBeLessThanOrEqual(dtype === 'F32' ? 0 : Math.max(6e-8, Math.abs(value) * 2 ** -11));
    }
  }
  expect(fs.readdirSync(folder)).toEqual(['F16.safetensors', 'F32.safetensors']);
  fs.rmSync(folder, { recursive: true });
});

it('refuses a file that was cut short', () => {
  const folder = dataFolder();
  const file = path.join(folder, 'cut.safetensors');
  saveTensors(file, [{ name: 'a', shape: [4], values: new Float32Array(4) }], {}, 'F32');
  fs.truncateSync(file, fs.statSync(file).size - 4);
  expect(() => loadTensors(file)).toThrow('cut short');
  fs.rmSync(folder, { recursive: true });
});

it('turns every half into the number it stands for and back', () => {
  for (let bits = 0; bits < 0x7c00; bits++) expect(toHalf(fromHalf(bits))).toBe(bits);
  expect(fromHalf(0x3c00)).toBe(1);
  expect(fromHalf(0x7c00)).toBe(Number.POSITIVE_INFINITY);
});
