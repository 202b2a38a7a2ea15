import type { Actor } from '@/lib/actor';
import { datasetNotFound, versionNotFound } from '../../dataset.errors';
import { holdoutStaysHere, versionNotReadable } from '../../export.errors';
import type { ExportChoice, ExportDigest, ExportDigestInput, ExportSplit } from '../../export.schema';
import type { DatasetDeps } from '../dataset.service';
import { readSplitFile } from '../use-cases/read-version';
import { contentTypes, digesting, exportFileName, type FileDigest, gzipped } from './export-file';
import { writeCsv } from './write-csv';
import { writeParquet } from './write-parquet';

type Deps = Pick<DatasetDeps, 'repo' | 'queries' | 'examples' | 'exports'>;

export interface ExportedFile {
  fileName: string;
  contentType: string;
  /** Known once the same file was read to its end before. */
  digest: FileDigest | null;
  body: AsyncIterable<Uint8Array>;
}

/** Digests are small, and a version never changes. */
const KEPT_DIGESTS = 1000;

/**
 * A version as a file, in flat memory; the same bytes every time.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`; precondition_failed `datasets.version_not_ready`;
 *   invalid_input `datasets.holdout_stays` for a training file with held-out rows
 */
export function exportVersion(deps: Deps): {
  exportFile(actor: Actor, datasetId: string, choice: ExportChoice & { checksum?: boolean }): Promise<ExportedFile>;
  exportDigest(actor: Actor, input: ExportDigestInput, signal?: AbortSignal): Promise<ExportDigest>;
} {
  const digests = new Map<string, FileDigest>();

  async function open(actor: Actor, datasetId: string, choice: ExportChoice) {
    actor.require('datasets:read');
    const dataset = await deps.repo.find(actor.workspaceId, datasetId);
    if (!dataset) throw datasetNotFound();
    const version = await chosen(deps, actor.workspaceId, dataset, choice.version);
    const { format, gzip } = choice;
    const split = choice.split ?? (format === 'training' ? 'train' : 'all');
    if (format === 'training' && (split === 'all' || split === 'holdout')) throw holdoutStaysHere();
    const plain = () => write(deps, actor.workspaceId, version, { ...choice, split });
    // A version that was checked again may have other rows than before: its attempt is another one then.
    const key = [version.id, version.attempt, format, split, gzip, format === 'csv' && choice.bom].join(' ');
    const fileName = exportFileName({ datasetName: dataset.name, number: version.number, format, split, gzip });
    const keep = (digest: FileDigest) => {
      if (digests.size >= KEPT_DIGESTS)
        for (const oldest of [...digests.keys()].slice(0, KEPT_DIGESTS / 2)) digests.delete(oldest);
      digests.set(key, digest);
    };
    const body = () => digesting(gzip ? gzipped(plain()) : plain(), keep);
    return { version, split, fileName, body, known: () => digests.get(key) ?? null };
  }

  async function readOnce(
    { body, known }: Awaited<ReturnType<typeof open>>,
    signal?: AbortSignal,
  ): Promise<FileDigest> {
    const before = known();
    if (before) return before;
    for await (const _ of body()) signal?.throwIfAborted();
    const digest = known();
    if (!digest) throw new Error('a file was read to its end without a digest');
    return digest;
  }

  return {
    exportFile: async (actor, datasetId, { checksum = false, ...choice }) => {
      const opened = await open(actor, datasetId, choice);
      if (checksum) await readOnce(opened);
      const { fileName, known, body } = opened;
      const contentType = choice.gzip ? 'application/gzip' : contentTypes[choice.format];
      return { fileName, contentType, digest: known(), body: body() };
    },
    exportDigest: async (actor, { datasetId, ...choice }, signal) => {
      const opened = await open(actor, datasetId, choice);
      const rows = rowsOf(opened.version, opened.split);
      return { fileName: opened.fileName, rows, ...(await readOnce(opened, signal)) };
    },
  };
}

type Version = NonNullable<Awaited<ReturnType<Deps['repo']['findVersion']>>>;

async function chosen(
  { repo, exports }: Deps,
  workspaceId: string,
  dataset: { id: string; name: string; currentVersionId: string | null },
  number: number | undefined,
): Promise<Version> {
  const id = number === undefined ? dataset.currentVersionId : await exports.versionId(dataset.id, number);
  if (id === null && number !== undefined) throw versionNotFound();
  const version = await repo.findVersion(workspaceId, dataset.id, id ?? undefined);
  if (!version) throw versionNotFound();
  if (version.status !== 'ready') throw versionNotReadable(dataset.name, version.number, version.status);
  return version;
}

function write(
  deps: Deps,
  workspaceId: string,
  version: Version,
  { format, split, bom }: ExportChoice & { split: ExportSplit },
): AsyncIterable<Uint8Array> {
  const side = split === 'all' ? null : split;
  if (format === 'training') return readSplitFile(deps)(workspaceId, version.id, side ?? 'train');
  const rows = deps.exports.rows(version, side);
  if (format === 'csv') return writeCsv(rows, bom);
  return format === 'parquet' ? writeParquet(rows) : lines(rows);
}

/** Each line as it is stored, ended by one LF whatever the file had. */
async function* lines(batches: ReturnType<Deps['exports']['rows']>): AsyncGenerator<Buffer> {
  for await (const rows of batches) yield Buffer.from(rows.map(({ body }) => `${body}\n`).join(''));
}

const rowsOf = (version: Version, split: ExportSplit): number =>
  ({ all: version.rows, train: version.trainRows, validation: version.validationRows, holdout: version.holdoutRows })[
    split
  ];
