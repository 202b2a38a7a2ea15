import type { FileLocation } from '@/integrations/storage/storage-port';
import type { FileRefusal } from '../import/file-kind';
import type { ImportCounts, ImportOutcome } from '../import/import-outcome';
import type { ImportClaim } from '../import.repository';

/** To the process: read this file, and write its rows. One at a time. */
export interface ImportOrder {
  databaseUrl: string;
  claim: ImportClaim;
  location: FileLocation;
}

/** What became of a file. */
export interface ImportReport {
  outcome: ImportOutcome;
  /** Of the stored bytes, hex; null when not all of them were read. */
  sha256: string | null;
  bytes: number;
}

/** Why a file could not be read, in a form that goes from process to process. */
export type ImportFailure =
  | { type: 'unreadable'; refusal: FileRefusal }
  | { type: 'missing' }
  | { type: 'fault'; message: string };

export type ImportEnd = { type: 'done'; report: ImportReport } | { type: 'failed'; failure: ImportFailure };

/** How far a file is read: `bytes` are stored ones. */
export type ImportStep = ImportCounts & { bytes: number };

/** From the process: how far it is, some times a second, and then how it ended. */
export type FromProcess = { type: 'progress'; step: ImportStep } | ImportEnd;
