import { addAbortSignal } from 'node:stream';
import type { ChangeInput } from '../../change.schema';
import { fileGone, leftOutRowNotFound } from '../../dataset.errors';
import { type DatasetFormat, datasetFormat } from '../../formats/format.schema';
import type { Place } from '../change/places';
import type { DatasetDeps } from '../dataset.service';
import { SourceFile } from '../import/source-file';
import { addedLines, lineageOf } from './lineage';
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
  /** Lines whose rows have been added since. */
  added: ReadonlyMap<number, number>;
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
  const { number, fileName, fileKey } = version;
  return {
    ...{ datasetId, number, fileKey, name: fileName ?? 'data.jsonl' },
    ...{ format: format.data, added: addedLines(lineage) },
  };
}

export interface Part {
  header: Uint8Array | null;
  rows: SourceRow[];
}

/** The rows of a stored file. Whoever stops asking closes it. */
export async function* sourceRows(
  { storage }: Pick<DatasetDeps, 'storage'>,
  { fileKey, format }: LeftOutFile,
): AsyncGenerator<Part> {
  const source = new SourceRows(format.container);
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

/** The first row that begins on a line and is still left out. @throws not_found `datasets.left_out_row_not_found` */
export async function findLeftOut(
  deps: Pick<PlaceDeps, 'storage' | 'exports'>,
  file: LeftOutFile,
  { line, version }: { line: number; version: number },
): Promise<{ row: SourceRow; header: Uint8Array | null }> {
  const missing = leftOutRowNotFound(version, line);
  if (file.added.has(line)) throw missing;
  for await (const { header, rows } of sourceRows(deps, file)) {
    const there = rows.filter((one) => one.line === line);
    const places = there.map(({ ordinal }) => ordinal);
    const kept = places.length > 0 ? await deps.exports.keptAt(file, places) : [];
    const row = there.find(({ ordinal }) => !kept.includes(ordinal));
    if (row) return { row, header };
    if ((rows.at(-1)?.line ?? 0) > line) break;
  }
  throw missing;
}

/**
 * Where the row stands in the file that a change sets right and adds; nothing for other changes.
 * @throws not_found `datasets.left_out_row_not_found`; precondition_failed `datasets.file_gone`
 */
export async function placeOf(
  deps: PlaceDeps,
  workspaceId: string,
  { datasetId, versionId, change }: ChangeInput,
): Promise<Place | undefined> {
  if (change.kind !== 'add' || change.line === undefined) return undefined;
  const version = await deps.repo.findVersion(workspaceId, datasetId, versionId);
  const file = await fileOf(deps, workspaceId, { datasetId, versionId });
  if (!version || !file) throw fileGone();
  const { line } = change;
  const { row } = await findLeftOut(deps, file, { line, version: version.number });
  return { line, ordinal: BigInt(row.ordinal) };
}
