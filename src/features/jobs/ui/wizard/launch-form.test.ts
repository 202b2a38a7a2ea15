import { expect, it } from 'vitest';
import { launchForm } from './launch-form';
import { paramsOf, settingsOf, textsOf } from './launch-texts';

const empty = { epochs: '', batchSize: '', learningRateMultiplier: '', name: '', suffix: '', seed: '', cap: '' };

it('leaves untouched settings to the base model', () => {
  expect(launchForm.parse(empty)).toEqual({ name: '', suffix: '' });
  expect(settingsOf(empty)).toEqual({});
});

it('reads what was typed into the values of the submit', () => {
  const typed = { ...empty, epochs: '3', batchSize: 'Auto', learningRateMultiplier: '1.8', seed: '7', cap: '$4.20' };
  expect(launchForm.parse(typed)).toMatchObject({
    epochs: 3,
    batchSize: 'auto',
    learningRateMultiplier: 1.8,
    seed: 7,
    cap: 4_200_000_000n,
  });
});

it.each([
  [{ epochs: '0' }, 'epochs'],
  [{ epochs: '2.5' }, 'epochs'],
  [{ batchSize: 'many' }, 'batchSize'],
  [{ learningRateMultiplier: '-1' }, 'learningRateMultiplier'],
  [{ cap: '0' }, 'cap'],
  [{ cap: '4,20' }, 'cap'],
  [{ seed: '-1' }, 'seed'],
  [{ suffix: 'no spaces' }, 'suffix'],
])('says beside the field what is wrong with %o', (typed, field) => {
  const result = launchForm.safeParse({ ...empty, ...typed });
  expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

it('plans with the settings that can be understood while another is half typed', () => {
  expect(settingsOf({ ...empty, epochs: '4', batchSize: '1x' })).toEqual({ epochs: 4 });
});

it('comes back from the address as it was typed', () => {
  const typed = { ...empty, epochs: 'auto', name: 'night run', cap: '5' };
  const params = { dataset: null, version: null, connection: null, model: null, from: null, ...paramsOf(typed) };
  expect(textsOf(params)).toEqual(typed);
  expect(params.batch).toBeNull();
});
