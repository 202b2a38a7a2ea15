import fs from 'node:fs';
import os from 'node:os';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from './model/tokenizer';
import { readChatData } from './training/chat-data';
import { type CheckRequest, checkTrainingFiles } from './training/check-files';
import type { TrainingReport, TrainingSpec } from './training/job-messages';
import { type LaneSetup, serveLane } from './training/lane-worker';
import { DivergedError, Trainer } from './training/trainer';

/**
 * The training process: `node train-job.mjs <spec.json>`. Reports are JSON lines on standard output. SIGTERM saves the
 * state and ends with code 0 and no end report; SIGKILL loses at most the work since the last save. It ends when its
 * standard input closes, because then its server is gone and the next server starts it anew.
 *
 * The same file serves as worker thread: it computes a lane of gradients, or checks files for the server.
 */
async function main(specFile: string): Promise<void> {
  const spec = JSON.parse(fs.readFileSync(specFile, 'utf8')) as TrainingSpec;
  // threads inherit it, so this comes before any is started: the web must stay responsive while training runs
  os.setPriority(10);
  const report = (line: TrainingReport) => {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  process.stdout.on('error', () => process.exit(0));
  process.stdin.on('end', () => process.exit(0)).resume();

  let trainer: Trainer | undefined;
  process.on('SIGTERM', () => {
    trainer?.save();
    process.exit(0);
  });
  try {
    const tokenizer = Tokenizer.fromFile(spec.tokenizer);
    const train = await readChatData(spec.trainingFile, tokenizer, 1);
    const validation = spec.validationFile ? await readChatData(spec.validationFile, tokenizer, 1) : null;
    trainer = new Trainer(spec, train.examples, validation?.examples ?? [], report);
    await trainer.run();
    finish(0);
  } catch (error) {
    report({ type: 'failed', at: Date.now(), ...explain(error) });
    finish(1);
  }
}

/** Ends once everything reported has left the process. */
function finish(code: number): void {
  process.stdout.write('', () => process.exit(code));
}

function explain(error: unknown): { code: string; message: string } {
  if (error instanceof DivergedError) {
    return { code: 'training_diverged', message: `${error.message} Try a lower learning_rate_multiplier.` };
  }
  const message = error instanceof Error ? error.message : String(error);
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return { code: 'disk_full', message: 'The disk of the trainer is full. Free some space and create the job again.' };
  }
  return { code: 'training_failed', message };
}

if (isMainThread) await main(process.argv[2] ?? '');
else if (parentPort) {
  const request = workerData as LaneSetup | CheckRequest;
  if (request.role === 'lane') await serveLane(parentPort, request);
  else parentPort.postMessage(await checkTrainingFiles(request));
}
