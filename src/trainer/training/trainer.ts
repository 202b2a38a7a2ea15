import path from 'node:path';
import type { EncodedChat } from '../model/chat-template';
import { parameterCount, parameterLayout, parseModelConfig } from '../model/model-config';
import { loadTensors, saveTensors } from '../model/safetensors';
import { AdamW } from './adam-w';
import type { Score } from './evaluator';
import { BASE_LEARNING_RATE, learningRate } from './hyperparameters';
import type { StepReport, TrainingReport, TrainingSpec } from './job-messages';
import { Journal } from './journal';
import { Lanes } from './lanes';
import { makePlan, type TrainingPlan } from './plan';
import { restoreState, saveState, type TrainingState } from './training-state';

/** The state is saved at least this often; a crash costs no more work than that. */
const SAVE_EVERY_MS = 8_000;

/** The loss left the numbers: a problem of the data or the learning rate that a restart would meet again. */
export class DivergedError extends Error {}

/** One job's training run: restores, steps, reports, saves. */
export class Trainer {
  private readonly config;
  private readonly layout;
  private readonly plan: TrainingPlan;
  private readonly state: TrainingState;
  private readonly optimizer: AdamW;
  private readonly lanes: Lanes;
  private readonly journal: Journal;
  private readonly stateFile: string;
  private trainedTokens = 0;

  constructor(
    private readonly spec: TrainingSpec,
    train: readonly EncodedChat[],
    validation: readonly EncodedChat[],
    private readonly report: (report: TrainingReport) => void,
  ) {
    const base = loadTensors(spec.baseCheckpoint);
    this.config = parseModelConfig(base.metadata.config);
    this.layout = parameterLayout(this.config);
    const size = parameterCount(this.layout);
    const shared = new SharedArrayBuffer(size * Float32Array.BYTES_PER_ELEMENT);
    this.state = {
      step: 0,
      parameters: new Float32Array(shared),
      firstMoment: new Float32Array(size),
      secondMoment: new Float32Array(size),
    };
    for (const { name, offset } of this.layout) this.state.parameters.set(base.tensors.get(name)?.values ?? [], offset);
    const { parameters, firstMoment, secondMoment } = this.state;
    this.optimizer = new AdamW(this.layout, parameters, firstMoment, secondMoment);
    this.plan = makePlan(train, validation, spec.hyperparameters, spec.seed);
    const { trainShape, validationShape } = this.plan;
    this.lanes = new Lanes(
      { config: this.config, train, validation, trainShape, validationShape, parameters: shared },
      spec.threads,
    );
    this.stateFile = path.join(spec.folder, 'state.safetensors');
    this.journal = new Journal(path.join(spec.folder, 'journal.jsonl'));
  }

  /** Trains to the end. Throws {@link DivergedError}, a file system error, or what a lane failed with. */
  async run(): Promise<void> {
    this.resume();
    if (this.state.step === 0) await this.reportBase();
    let savedAt = performance.now();
    while (this.state.step < this.plan.totalSteps) {
      await this.step();
      const epochEnds = this.state.step % this.plan.stepsPerEpoch === 0;
      if (epochEnds) this.saveCheckpoint();
      if (!epochEnds && performance.now() - savedAt < SAVE_EVERY_MS) continue;
      this.save();
      savedAt = performance.now();
    }
    await this.lanes.end();
    this.report({ type: 'succeeded', at: Date.now(), trainedTokens: this.trainedTokens });
  }

  /** Saves the last finished step. Safe at any time between two turns of the event loop. */
  save(): void {
    this.journal.flush();
    saveState(this.stateFile, this.state);
  }

  private resume(): void {
    const resumed = restoreState(this.stateFile, this.state);
    const { step } = this.state;
    for (const report of this.journal.rewindTo(resumed ? step : -1)) this.report(report);
    this.trainedTokens = this.plan.stepTokens.slice(0, step).reduce((sum, tokens) => sum + tokens, 0);
    if (resumed) this.report({ type: 'resumed', at: Date.now(), step });
  }

  private async reportBase(): Promise<void> {
    if (this.plan.validation.length === 0) return;
    const [slice, whole] = await this.validate(true);
    this.publish({ ...this.figures(), ...validFigures(slice), ...fullFigures(whole) });
  }

  private async step(): Promise<void> {
    const { plan, state } = this;
    const started = performance.now();
    const score = await this.lanes.gradient(plan.steps[state.step] ?? []);
    if (!Number.isFinite(score.loss))
      throw new DivergedError(`The loss is no number any more at step ${state.step + 1}.`);
    const peak = BASE_LEARNING_RATE * this.spec.hyperparameters.learning_rate_multiplier;
    const rate = learningRate(state.step, plan.totalSteps, peak);
    this.optimizer.apply(this.lanes.gradients, 1 / score.weight, state.step, rate);
    const tokens = plan.stepTokens[state.step] ?? 0;
    state.step++;
    this.trainedTokens += tokens;
    const epochEnds = state.step % plan.stepsPerEpoch === 0;
    const [slice, whole] = await this.validate(epochEnds);
    this.publish({
      ...this.figures(),
      trainLoss: score.loss / score.weight,
      trainAccuracy: score.correct / score.weight,
      ...validFigures(slice),
      ...fullFigures(whole),
      learningRate: rate,
      tokensPerSecond: Math.round((tokens / (performance.now() - started)) * 1000),
    });
  }

  /** Scores of the slice and, when wanted, of the whole validation set. */
  private async validate(whole: boolean): Promise<[Score | null, Score | null]> {
    const { validation, validationSlice } = this.plan;
    if (validation.length === 0) return [null, null];
    const slice = await this.lanes.score(validation.slice(0, validationSlice));
    return [slice, whole ? await this.lanes.score(validation) : null];
  }

  private figures(): StepReport {
    const { step } = this.state;
    return {
      type: 'step',
      at: Date.now(),
      step,
      totalSteps: this.plan.totalSteps,
      epoch: Math.ceil(step / this.plan.stepsPerEpoch),
      trainLoss: null,
      trainAccuracy: null,
      ...validFigures(null),
      ...fullFigures(null),
      learningRate: null,
      tokensPerSecond: null,
      trainedTokens: this.trainedTokens,
    };
  }

  private saveCheckpoint(): void {
    const { step, parameters } = this.state;
    const file = path.join(this.spec.folder, `checkpoint-${step}.safetensors`);
    const tensors = this.layout.map(({ name, shape, offset, size }) => ({
      name,
      shape,
      values: parameters.subarray(offset, offset + size),
    }));
    saveTensors(file, tensors, { config: JSON.stringify(this.config), step: String(step) }, 'F16');
    this.publish({ type: 'checkpoint', at: Date.now(), step, epoch: step / this.plan.stepsPerEpoch, file });
  }

  private publish(report: Parameters<Journal['add']>[0]): void {
    this.journal.add(report);
    this.report(report);
  }
}

function validFigures(score: Score | null) {
  return {
    validLoss: score ? score.loss / score.weight : null,
    validAccuracy: score ? score.correct / score.weight : null,
  };
}

function fullFigures(score: Score | null) {
  return {
    fullValidLoss: score ? score.loss / score.weight : null,
    fullValidAccuracy: score ? score.correct / score.weight : null,
  };
}
