import type { Container } from '../../formats/format.schema';
import type { FileRefusal } from './file-kind';
import type { Findings } from './findings';
import type { RowIntake } from './row-intake';

/** Far more text than any model reads at once, and little enough to hold in memory a few times over. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Cuts a file into rows. Fed chunk by chunk; says by `refuse` when nothing of the file can be used. */
export interface RowReader {
  push(chunk: Buffer): void;
  end(): void;
}

export interface ReaderParts<C extends Container = Container> {
  container: C;
  findings: Findings;
  rows: RowIntake;
  refuse(refusal: FileRefusal): void;
}

export function tooLong(what: string, bytes: number): string {
  return `This ${what} has ${(bytes / 1e6).toFixed(1)} MB; at most ${(MAX_LINE_BYTES / 1e6).toFixed(1)} MB are possible.`;
}
