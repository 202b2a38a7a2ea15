import fs from 'node:fs';
import { readJsonLines } from '../files/atomic-file';
import type { CheckpointReport, StepReport } from './job-messages';

type Kept = StepReport | CheckpointReport;

/**
 * The training process's own record of what it reported, on disk before the state that follows from it. After a
 * restart it is told again up to the restored step: whoever listens may have died with the pipe.
 */
export class Journal {
  private descriptor: number;

  constructor(private readonly file: string) {
    this.descriptor = fs.openSync(file, 'a');
  }

  add(report: Kept): void {
    fs.writeSync(this.descriptor, `${JSON.stringify(report)}\n`);
  }

  /** Makes everything added so far survive a crash of the machine. */
  flush(): void {
    fs.fsyncSync(this.descriptor);
  }

  /** Forgets what was reported after `step`, which will be computed again, and returns the rest. */
  rewindTo(step: number): Kept[] {
    const kept = (readJsonLines(this.file) as Kept[]).filter((report) => report.step <= step);
    fs.closeSync(this.descriptor);
    fs.writeFileSync(this.file, kept.map((report) => `${JSON.stringify(report)}\n`).join(''));
    this.descriptor = fs.openSync(this.file, 'a');
    return kept;
  }
}
