import { addAbortSignal } from 'node:stream';
import type { Actor } from '@/lib/actor';
import { datasetNotFound, fileGone, leftOutRowNotFound, versionNotFound } from '../../dataset.errors';
import { versionNotReadable } from '../../export.errors';
import { datasetFormat } from '../../formats/format.schema';
import type { LeftOutRow, LeftOutRowInput } from '../../left-out.schema';
import type { DatasetDeps } from '../dataset.service';
import { exportFileName } from '../export/export-file';
import type { ExportedFile } from '../export/export-version';
import { SourceFile } from '../import/source-file';
import { chooseVersion } from '../use-cases/choose-version';
import { type SourceRow, SourceRows } from './source-rows';

/** A version by its id, or by its number in the dataset. */
type Which = { versionId: string } | { number: number };
type Deps = Pick<DatasetDeps, 'repo' | 'storage' | 'exports'>;

/** Of a row that is shown; more than anybody reads, and little enough to send. */
const SHOWN_BYTES = 200_000;
const LINE_END = Buffer.from('\n');

/**
 * The rows of a file that an import left out because of an error, read from the stored file: nothing of them is kept elsewhere.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`, `datasets.left_out_row_not_found`;
 *   precondition_failed `datasets.version_not_ready`, and `datasets.file_gone` also for a version that was made by a change
 */
export function readLeftOut(deps: Deps): {
  /** All of them as a file of the same kind: JSON lines, or a table with its header. In flat memory. */
  leftOutFile(actor: Actor, ref: { datasetId: string; number: number }): Promise<ExportedFile>;
  /** The first one that begins on a line. */
  leftOutRow(actor: Actor, input: LeftOutRowInput): Promise<LeftOutRow>;
} {
  async function open(actor: Actor, { datasetId, ...which }: { datasetId: string } & Which) {
    actor.require('datasets:read');
    const dataset = await deps.repo.find(actor.workspaceId, datasetId);
    if (!dataset) throw datasetNotFound();
    const versionId = 'versionId' in which ? which.versionId : await deps.exports.versionId(datasetId, which.number);
    if (versionId === null) throw versionNotFound();
    const version = await chooseVersion(deps, actor.workspaceId, { datasetId, versionId });
    const { number, status, fileKey, format } = version;
    if (status !== 'ready') throw versionNotReadable(dataset.name, number, status);
    const read = datasetFormat.safeParse(format);
    if (!fileKey || !read.success) throw fileGone();
    // Before the answer begins: a file that is gone is an error then, and not a download that breaks off.
    await deps.storage.size(fileKey);
    const { container } = read.data;
    return { dataset, version, container, parts: () => allRows(deps, fileKey, new SourceRows(container)) };
  }

  return {
    leftOutFile: async (actor, ref) => {
      const { dataset, version, container, parts } = await open(actor, ref);
      const isTable = container.type === 'table';
      const format = isTable ? 'csv' : 'jsonl';
      const name = exportFileName({
        datasetName: dataset.name,
        number: version.number,
        format,
        split: 'all',
        gzip: false,
      });
      return {
        fileName: name.replace(/\.\w+$/, isTable && container.delimiter === '\t' ? '-left-out.tsv' : '-left-out$&'),
        contentType: isTable ? 'text/csv; charset=utf-8' : 'application/jsonl',
        digest: null,
        body: lines(leftOutRows(deps, version, parts())),
      };
    },
    leftOutRow: async (actor, { line, ...ref }) => {
      const { version, parts } = await open(actor, ref);
      for await (const { header, rows } of parts()) {
        const there = rows.filter((one) => one.line === line);
        const kept =
          there.length > 0
            ? await deps.exports.keptAt(
                version,
                there.map(({ ordinal }) => ordinal),
              )
            : [];
        const row = there.find(({ ordinal }) => !kept.includes(ordinal));
        if (row) return shown(row, header);
        if ((rows.at(-1)?.line ?? 0) > line) break;
      }
      throw leftOutRowNotFound(version.number, line);
    },
  };
}

interface Part {
  header: Uint8Array | null;
  rows: SourceRow[];
}

/** Whoever stops asking closes the stored file. */
async function* allRows({ storage }: Deps, fileKey: string, source: SourceRows): AsyncGenerator<Part> {
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

/** Both come in the order of the file, so one walk through each is enough. */
async function* leftOutRows(
  { exports }: Deps,
  version: { datasetId: string; number: number },
  parts: AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  const kept = exports.placesOf(version);
  let places: readonly number[] = [];
  let at = 0;
  let ended = false;
  for await (const { header, rows } of parts) {
    const found: SourceRow[] = [];
    for (const row of rows) {
      for (;;) {
        while (at < places.length && (places[at] ?? 0) < row.ordinal) at++;
        if (at < places.length || ended) break;
        const next = await kept.next();
        ended = next.done === true;
        places = next.done ? [] : next.value;
        at = 0;
      }
      if (places[at] !== row.ordinal) found.push(row);
    }
    yield { header, rows: found };
  }
}

async function* lines(parts: AsyncGenerator<Part>): AsyncGenerator<Uint8Array> {
  let headed = false;
  for await (const { header, rows } of parts) {
    const pieces = header && !headed ? [header, LINE_END] : [];
    headed ||= header !== null;
    for (const { text } of rows) pieces.push(text(), LINE_END);
    if (pieces.length > 0) yield Buffer.concat(pieces);
  }
}

function shown({ line, text }: SourceRow, header: Uint8Array | null): LeftOutRow {
  const bytes = text();
  const isWhole = bytes.byteLength <= SHOWN_BYTES;
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  return {
    ...{ line, isWhole, text: decode(isWhole ? bytes : bytes.subarray(0, SHOWN_BYTES)) },
    header: header && decode(header),
  };
}
