import type { DatasetDetail, VersionSummary } from '../dataset.schema';
import { containerWord, formatWords } from '../formats/format.rules';
import { originOf } from './versions/prepare-version';

const PACKED = { '.gz': 'gzip', '.zst': 'zstd' } as const;

/** "ShareGPT, JSONL, gzip"; for fields of one's own which of them became what: "CSV, prompt: question, answer: reply". */
export function formatLine({ format, fileName }: Pick<VersionSummary, 'format' | 'fileName'>): string | null {
  if (!format) return null;
  const { kind, container, mapping } = format;
  const ending = /\.[^.]+$/.exec(fileName?.toLowerCase() ?? '')?.[0] ?? '';
  const packed = Object.entries(PACKED).find(([known]) => known === ending)?.[1];
  const fields = [
    mapping?.system ? `system prompt: ${mapping.system}` : null,
    mapping && `prompt: ${mapping.prompt}`,
    mapping && `answer: ${mapping.answer}`,
  ];
  const parts = [kind === 'fields' ? null : formatWords[kind].label, containerWord(container), packed, ...fields];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

/**
 * The version whose file the rows of this one came out of: itself, or the one that its changes began with. Null where an
 * older version came back, because its rows may have come out of another file.
 */
function fileVersion({ history }: Pick<DatasetDetail, 'history'>, version: VersionSummary): VersionSummary | null {
  // Newest first, and each change is made out of the version before it that was ready.
  const before = history.filter(({ number, status }) => number < version.number && status === 'ready');
  for (const one of [version, ...before]) {
    if (!one.change) return one;
    if (one.change.kind === 'goBack') return null;
  }
  return null;
}

/** Where the rows come from and what their file was read as, in one line. */
export function sourceLine(dataset: Pick<DatasetDetail, 'history'>, version: VersionSummary): string {
  const { what, about } = originOf(version);
  const file = fileVersion(dataset, version);
  const format = file && formatLine(file);
  const read = format && (file === version ? format : `file of v${file.number}: ${format}`);
  return [what, about, read].filter(Boolean).join(' · ');
}
