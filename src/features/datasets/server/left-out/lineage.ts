import { rowName } from '../../left-out.rules';
import type { VersionOrigin } from '../dataset.queries';

/**
 * The versions that one is made of: itself first and the version of a file last. Going back leads on from the version that
 * came back: what was done in between does not count.
 */
export function lineageOf(all: readonly VersionOrigin[], id: string): VersionOrigin[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const byNumber = new Map(all.map((one) => [one.number, one]));
  const lineage: VersionOrigin[] = [];
  for (let at = byId.get(id); at; ) {
    lineage.push(at);
    if (at.kind === null) break;
    at = at.backTo === null ? byId.get(at.parentId ?? '') : byNumber.get(at.backTo);
  }
  return lineage;
}

/** Rows of the file that were set right, by name, with the version to which each was added. */
export const addedRows = (lineage: readonly VersionOrigin[]): Map<string, number> =>
  new Map(
    lineage.flatMap(({ line, element, number }) =>
      line === null ? [] : [[rowName({ line, element }), number] as const],
    ),
  );

/** The same of what came after a version, on the way to the current one. */
export function addedSince(
  all: readonly VersionOrigin[],
  { versionId, currentId }: { versionId: string; currentId: string | null },
): Map<string, number> {
  const lineage = currentId === null ? [] : lineageOf(all, currentId);
  return addedRows(
    lineage.slice(
      0,
      Math.max(
        0,
        lineage.findIndex(({ id }) => id === versionId),
      ),
    ),
  );
}
