import type { Actor } from '@/lib/actor';
import { datasetNotFound, fileGone, versionNotFound } from '../../dataset.errors';
import { versionNotReadable } from '../../export.errors';
import { rowName } from '../../left-out.rules';
import type { LeftOutRow, LeftOutRowInput } from '../../left-out.schema';
import type { DatasetDeps } from '../dataset.service';
import { exportFileName } from '../export/export-file';
import type { ExportedFile } from '../export/export-version';
import { chooseVersion } from '../use-cases/choose-version';
import { fileOf, findLeftOut, type LeftOutFile, type Part, sourceRows } from './find-left-out';
import type { SourceRow } from './source-rows';

/** A version by its id, or by its number in the dataset. */
type Which = { versionId: string } | { number: number };
type Deps = Pick<DatasetDeps, 'repo' | 'queries' | 'storage' | 'exports'>;

/** Of a row that is shown; more than anybody reads, and little enough to send. */
const SHOWN_BYTES = 200_000;
const LINE_END = Buffer.from('\n');

/**
 * The rows of a file that an import left out because of an error and that no change has added since, read from the stored
 * file: nothing of them is kept elsewhere.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`, `datasets.left_out_row_not_found`;
 *   precondition_failed `datasets.version_not_ready`, `datasets.file_gone`
 */
export function readLeftOut(deps: Deps): {
  /** All of them as a file of the same kind: JSON lines, or a table with its header. In flat memory. */
  leftOutFile(actor: Actor, ref: { datasetId: string; number: number }): Promise<ExportedFile>;
  /** One of them by its number in a list, or the first one of a line. */
  leftOutRow(actor: Actor, input: LeftOutRowInput): Promise<LeftOutRow>;
} {
  async function open(actor: Actor, { datasetId, ...which }: { datasetId: string } & Which) {
    actor.require('datasets:read');
    const dataset = await deps.repo.find(actor.workspaceId, datasetId);
    if (!dataset) throw datasetNotFound();
    const versionId = 'versionId' in which ? which.versionId : await deps.exports.versionId(datasetId, which.number);
    if (versionId === null) throw versionNotFound();
    const { number, status } = await chooseVersion(deps, actor.workspaceId, { datasetId, versionId });
    if (status !== 'ready') throw versionNotReadable(dataset.name, number, status);
    const file = await fileOf(deps, actor.workspaceId, { datasetId, versionId });
    if (!file) throw fileGone();
    // Before the answer begins: a file that is gone is an error then, and not a download that breaks off.
    await deps.storage.size(file.fileKey);
    return { dataset, number, file };
  }

  return {
    leftOutFile: async (actor, ref) => {
      const { dataset, number, file } = await open(actor, ref);
      const { container } = file.format;
      const isTable = container.type === 'table';
      const format = isTable ? 'csv' : 'jsonl';
      const name = exportFileName({ datasetName: dataset.name, number, format, split: 'all', gzip: false });
      return {
        fileName: name.replace(/\.\w+$/, isTable && container.delimiter === '\t' ? '-left-out.tsv' : '-left-out$&'),
        contentType: isTable ? 'text/csv; charset=utf-8' : 'application/jsonl',
        digest: null,
        body: lines(leftOutRows(deps, file)),
      };
    },
    leftOutRow: async (actor, { line, element, ...ref }) => {
      const { number, file } = await open(actor, ref);
      const { row, header } = await findLeftOut(deps, file, { line, element, version: number });
      return shown(row, header);
    },
  };
}

/** Both come in the order of the file, so one walk through each is enough. */
async function* leftOutRows(deps: Deps, file: LeftOutFile): AsyncGenerator<Part> {
  const kept = deps.exports.placesOf(file);
  let places: readonly number[] = [];
  let at = 0;
  let ended = false;
  for await (const { header, rows } of sourceRows(deps, file)) {
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
      if (places[at] !== row.ordinal && !file.added.has(rowName(row))) found.push(row);
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

function shown({ line, element, startsOn, text }: SourceRow, header: Uint8Array | null): LeftOutRow {
  const bytes = text();
  const isWhole = bytes.byteLength <= SHOWN_BYTES;
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  return {
    ...{ line, element, startsOn, isWhole, text: decode(isWhole ? bytes : bytes.subarray(0, SHOWN_BYTES)) },
    header: header && decode(header),
  };
}
