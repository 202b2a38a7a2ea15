import { addAbortSignal } from 'node:stream';
import type { ChangeInput, DatasetChange } from '../../change.schema';
import { fileGone, leftOutRowNotFound } from '../../dataset.errors';
import { type DatasetFormat, datasetFormat } from '../../formats/format.schema';
import { type RowInFile, rowName } from '../../left-out.rules';
import type { PlaceInFile } from '../change/places';
import type { DatasetDeps } from '../dataset.service';
import { SourceFile } from '../import/source-file';
import { addedRows, lineageOf } from './lineage';
import { type SourceRow, SourceRows } from './source-rows';

type FileDeps = Pick<DatasetDeps, 'repo' | 'queries'>;
export type PlaceDeps = FileDeps & Pick<DatasetDeps, 'storage' | 'exports'>;

export interface LeftOutFile {
  datasetId: string;
  /** Of the version that the file made. */
  number: number;
  name: string;
  fileKey: string;
  format: DatasetFormat;
  /** Whether rows of a list are known by their number, and not by the line they begin on. */
  rowsNumbered: boolean;
  /** Names of rows that have been added since. */
  added: ReadonlyMap<string, number>;
}

/** The file that a version came out of, through all changes since; null when it cannot be read. */
export async function fileOf(
  { repo, queries }: FileDeps,
  workspaceId: string,
  { datasetId, versionId }: { datasetId: string; versionId: string },
): Promise<LeftOutFile | null> {
  const lineage = lineageOf(await queries.origins(workspaceId, datasetId), versionId);
  const first = lineage.at(-1);
  const version = first?.kind === null ? await repo.findVersion(workspaceId, datasetId, first.id) : null;
  const format = datasetFormat.safeParse(version?.format);
  if (version?.status !== 'ready' || !version.fileKey || !format.success) return null;
  const { number, fileName, fileKey, rowsNumbered } = version;
  return {
    ...{ datasetId, number, fileKey, name: fileName ?? 'data.jsonl' },
    ...{ format: format.data, rowsNumbered, added: addedRows(lineage) },
  };
}

export interface Part {
  header: Uint8Array | null;
  rows: SourceRow[];
}

/** The rows of a stored file. Whoever stops asking closes it. */
export async function* sourceRows(
  { storage }: Pick<DatasetDeps, 'storage'>,
  { fileKey, format, rowsNumbered }: LeftOutFile,
): AsyncGenerator<Part> {
  const source = new SourceRows(format.container, rowsNumbered);
  const stop = new AbortController();
  try {
    const stored = addAbortSignal(stop.signal, await storage.read(fileKey)) as AsyncIterable<Uint8Array>;
    for await (const chunk of new SourceFile(() => stored).chunks()) {
      const rows = source.push(chunk);
      yield { header: source.header, rows };
    }
    const rows = source.end();
    yield { header: source.header, rows };
  } finally {
    stop.abort();
  }
}

/** A row of a list by its number, or the first one of a line that is still left out. @throws not_found `datasets.left_out_row_not_found` */
export async function findLeftOut(
  deps: Pick<PlaceDeps, 'storage' | 'exports'>,
  file: LeftOutFile,
  { line, element, version }: RowInFile & { version: number },
): Promise<{ row: SourceRow; header: Uint8Array | null }> {
  const isMeant = (one: SourceRow) => (element ? one.element === element : one.line === line);
  for await (const { header, rows } of sourceRows(deps, file)) {
    const there = rows.filter((one) => isMeant(one) && !file.added.has(rowName(one)));
    const places = there.map(({ ordinal }) => ordinal);
    const kept = places.length > 0 ? await deps.exports.keptAt(file, places) : [];
    const row = there.find(({ ordinal }) => !kept.includes(ordinal));
    if (row) return { row, header };
    const last = rows.at(-1);
    if (last && (element ? (last.element ?? 0) > element : last.line > line)) break;
  }
  throw leftOutRowNotFound(version, rowName({ line, element }));
}

/**
 * A change with the full name of the row of the file that it sets right and adds, and the place of that row there; other
 * changes stay as they are.
 * @throws not_found `datasets.left_out_row_not_found`; precondition_failed `datasets.file_gone`
 */
export async function withPlace(
  deps: PlaceDeps,
  workspaceId: string,
  { datasetId, versionId, change }: ChangeInput,
): Promise<{ change: DatasetChange; place?: PlaceInFile }> {
  if (change.kind !== 'add' || change.line === undefined) return { change };
  const version = await deps.repo.findVersion(workspaceId, datasetId, versionId);
  const file = await fileOf(deps, workspaceId, { datasetId, versionId });
  if (!version || !file) throw fileGone();
  const { row } = await findLeftOut(deps, file, {
    ...{ line: change.line, element: change.element, version: version.number },
  });
  const { line, element } = row;
  return {
    change: { ...change, line, element: element ?? undefined },
    place: { line, element, ordinal: BigInt(row.ordinal) },
  };
}
