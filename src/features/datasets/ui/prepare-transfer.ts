import { formatBytes, formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import type { ImportProgress } from '../dataset.schema';
import type { FileUpload } from './upload/use-file-upload';

export interface TransferFigures {
  /** 0..1, null = under way, the amount is unknown. */
  ratio: number | null;
  /** Amount, rate and time left, as one line. */
  text: string;
}

/** A rate over less than this is noise. Milliseconds. */
const SETTLED_MS = 1000;

/**
 * What a running check of a file shows.
 * @param now this browser's clock, ms; the start came from the server's, so a rate is shown only where both make sense together
 */
export function importFigures(progress: ImportProgress | null, now: number): TransferFigures {
  if (!progress) return { ratio: null, text: 'Waiting for its turn' };
  const { bytes, totalBytes, rows, totalRows, problems } = progress;
  if (totalRows !== undefined) return changeFigures(rows, totalRows);
  const elapsed = now - Date.parse(progress.startedAt);
  const rate = elapsed >= SETTLED_MS && bytes > 0 ? (bytes * 1000) / elapsed : null;
  const done = totalBytes > 0 && bytes >= totalBytes;
  const parts = [
    done ? `${formatBytes(totalBytes)} read, storing` : amount(bytes, totalBytes),
    `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    problems > 0 ? `${formatCount(problems)} ${problems === 1 ? 'problem' : 'problems'}` : null,
    rate === null || done ? null : `${formatBytes(rate)}/s`,
    rate === null || done ? null : timeLeft(((totalBytes - bytes) * 1000) / rate),
  ];
  return { ratio: totalBytes > 0 ? Math.min(1, bytes / totalBytes) : null, text: joined(parts) };
}

/** A change of many rows reads no file: how many of the rows it has been through. */
function changeFigures(rows: number, totalRows: number): TransferFigures {
  const text = `${formatCount(rows)} of ${formatCount(totalRows)} rows`;
  return { ratio: totalRows > 0 ? Math.min(1, rows / totalRows) : null, text };
}

/** What a running upload shows. */
export function uploadFigures(upload: FileUpload): TransferFigures {
  const { bytes, totalBytes, rateBytesPerSecond: rate, remainingMs, attempt, phase, message } = upload;
  const ratio = totalBytes > 0 ? bytes / totalBytes : null;
  if (phase === 'failed') return { ratio: ratio ?? 0, text: message ?? 'The upload stopped.' };
  if (phase === 'waiting')
    return { ratio, text: joined([amount(bytes, totalBytes), message, 'Trying again shortly.']) };
  if (phase === 'done') return { ratio: 1, text: `${formatBytes(totalBytes)} uploaded, now being checked` };
  const parts = [
    amount(bytes, totalBytes),
    rate === null ? null : `${formatBytes(rate)}/s`,
    remainingMs === null ? null : timeLeft(remainingMs),
    attempt > 1 ? `attempt ${attempt}` : null,
  ];
  return { ratio, text: joined(parts) };
}

const amount = (bytes: number, totalBytes: number): string => `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;

const timeLeft = (ms: number): string => (ms < 1000 ? 'almost there' : `about ${formatDuration(ms)} left`);

const joined = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' · ');
