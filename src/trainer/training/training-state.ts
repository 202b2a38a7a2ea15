import fs from 'node:fs';
import { loadTensors, saveTensors } from '../model/safetensors';

/** Everything a job needs to go on where it was. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

const PARTS = ['parameters', 'firstMoment', 'secondMoment'] as const;

/** Saves the state whole or not at all. */
export function saveState(file: string, state: TrainingState): void {
  const tensors = PARTS.map((name) => ({ name, shape: [state[name].length], values: state[name] }));
  saveTensors(file, tensors, { step: String(state.step) }, 'F32');
}

/** Fills `state` from the file. Returns false, with `state` untouched, when there is none or it cannot be read. */
export function restoreState(file: string, state: TrainingState): boolean {
  if (!fs.existsSync(file)) return false;
  const { tensors, metadata } = loadTensors(file);
  const saved = PARTS.map((name) => tensors.get(name)?.values);
  const step = Number(metadata.step);
  if (!Number.isInteger(step) || saved.some((values) => values?.length !== state.parameters.length)) return false;
  PARTS.forEach((name, index) => {
    state[name].set(saved[index] as Float32Array);
  });
  state.step = step;
  return true;
}
