import { expect, it } from 'vitest';
import { preparePhases, progressOf } from './prepare-phases';

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 10, 0, second));
const none = { queuedAt: null, preparingAt: null, launchingAt: null, runningAt: null, endedAt: null };

it('gives each phase the time until the next one began, and lets the present one run on', () => {
  const phases = preparePhases({
    status: 'running',
    phases: { ...none, queuedAt: at(0), preparingAt: at(3), launchingAt: at(5), runningAt: at(6) },
  });
  expect(phases.map(({ name, state }) => [name, state])).toEqual([
    ['queued', 'done'],
    ['preparing', 'done'],
    ['launching', 'done'],
    ['training', 'now'],
  ]);
  expect(phases[0]).toMatchObject({ since: at(0), until: at(3) });
  expect(phases[3]?.until).toBeNull();
});

it('shows what is ahead of a waiting job', () => {
  const phases = preparePhases({ status: 'queued', phases: { ...none, queuedAt: at(0) } });
  expect(phases.map(({ state }) => state)).toEqual(['now', 'ahead', 'ahead', 'ahead']);
});

it('ends the last phase with the job and promises nothing more', () => {
  const phases = preparePhases({
    status: 'cancelled',
    phases: { ...none, queuedAt: at(0), preparingAt: at(2), endedAt: at(9) },
  });
  expect(phases.map(({ name, state }) => [name, state])).toEqual([
    ['queued', 'done'],
    ['preparing', 'done'],
  ]);
  expect(phases[1]?.until).toEqual(at(9));
});

it('leaves out a phase that was skipped', () => {
  const phases = preparePhases({ status: 'running', phases: { ...none, queuedAt: at(0), runningAt: at(4) } });
  expect(phases.map(({ name }) => name)).toEqual(['queued', 'training']);
  expect(phases[0]?.until).toEqual(at(4));
});

it('knows progress only where the number of steps is known', () => {
  expect(progressOf({ status: 'running', lastStep: 148, totalSteps: 310 })).toBeCloseTo(0.477, 3);
  expect(progressOf({ status: 'running', lastStep: 5, totalSteps: null })).toBeNull();
  expect(progressOf({ status: 'running', lastStep: 320, totalSteps: 310 })).toBe(1);
  expect(progressOf({ status: 'succeeded', lastStep: 0, totalSteps: null })).toBe(1);
});
