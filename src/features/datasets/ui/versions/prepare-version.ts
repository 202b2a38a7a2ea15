import { formatBytes, formatCount } from '@/lib/format';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';

const SOURCES: Record<VersionSummary['source'], string> = {
  upload: 'Uploaded',
  paste: 'Pasted',
  api: 'By API',
  conversations: 'From conversations',
  sample: 'Sample',
  edit: 'Edited',
};

/** What made a version, and out of what: "Row edited", "1 row changed"; "Uploaded", "tickets.jsonl 1.4 MB". */
export function originOf({ source, sourceLabel, fileName, bytes, change }: VersionSummary): {
  what: string;
  about: string;
} {
  if (change) return { what: sourceLabel ?? SOURCES.edit, about: countsOf(change) };
  const file = [sourceLabel ?? fileName, bytes > 0 && formatBytes(bytes)].filter(Boolean);
  return { what: SOURCES[source], about: file.join(' ') };
}

function countsOf({ changed, added, removed }: NonNullable<VersionSummary['change']>): string {
  const parts = [
    { count: changed, verb: 'changed' },
    { count: added, verb: 'added' },
    { count: removed, verb: 'removed' },
  ].filter(({ count }) => count > 0);
  const told = parts.map(
    ({ count, verb }, index) => `${formatCount(count)}${index > 0 ? '' : count === 1 ? ' row' : ' rows'} ${verb}`,
  );
  return told.join(', ') || 'no row changed';
}

/** The ready version before this one: what it is compared with first. */
export function versionBefore(
  { history }: Pick<DatasetDetail, 'history'>,
  { number }: Pick<VersionSummary, 'number'>,
): VersionSummary | null {
  return history.find((one) => one.number < number && one.status === 'ready') ?? null;
}

export interface Descendant {
  id: string;
  kind: 'job' | 'model';
  name: string;
}

interface Jobs {
  usedBy: DatasetDetail['usedBy'];
}
interface ModelLine {
  id: string;
  label: string;
  dataset: { versionId: string };
}

/** What came from a version: models first, because they are what one keeps; then jobs. */
export function descendantsOf(
  version: Pick<VersionSummary, 'id' | 'number'>,
  { usedBy }: Jobs,
  models: readonly ModelLine[],
): Descendant[] {
  return [
    ...models
      .filter(({ dataset }) => dataset.versionId === version.id)
      .map(({ id, label }): Descendant => ({ id, kind: 'model', name: label })),
    ...usedBy
      .filter((job) => job.version === version.number)
      .map(({ id, name }): Descendant => ({ id, kind: 'job', name })),
  ];
}
