import { newId } from '@/lib/new-id';
import type { FormatChoice } from '../../formats/format.schema';

const STORE = 'tuneloop.uploads';
/** The server keeps what has arrived of an unfinished upload for 24 hours. */
const KEEP_MS = 24 * 3600 * 1000;
const MAX_KEPT = 50;

type Kept = Record<string, { id: string; at: number }>;

export interface UploadTarget {
  datasetId?: string;
  name?: string;
  /** What the file is, when somebody said so. */
  format?: FormatChoice;
}

const labelOf = (file: File, target: UploadTarget): string =>
  JSON.stringify([
    file.name,
    file.size,
    file.lastModified,
    target.datasetId ?? '',
    target.name ?? '',
    target.format ?? '',
  ]);

/**
 * The upload id of a file and its target: the same one until the upload is done, also after the page was closed, so that choosing
 * the file again goes on where it stopped.
 */
export function uploadIdOf(file: File, target: UploadTarget, now = Date.now()): string {
  const kept = read();
  const label = labelOf(file, target);
  const known = kept[label];
  const id = known && now - known.at < KEEP_MS ? known.id : newId();
  kept[label] = { id, at: now };
  write(kept, now);
  return id;
}

/** The next upload of the same file is a new one. */
export function forgetUpload(file: File, target: UploadTarget): void {
  const kept = read();
  delete kept[labelOf(file, target)];
  write(kept, Date.now());
}

function read(): Kept {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORE) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Kept) : {};
  } catch {
    // Storage may be forbidden, or hold something else: then uploads resume within the page only.
    return {};
  }
}

function write(kept: Kept, now: number): void {
  const fresh = Object.entries(kept)
    .filter(([, { at }]) => now - at < KEEP_MS)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MAX_KEPT);
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(fresh)));
  } catch {
    // As above.
  }
}
