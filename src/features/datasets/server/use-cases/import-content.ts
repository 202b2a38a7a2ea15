import type { Actor } from '@/lib/actor';
import { uploadNameProblem } from '@/lib/upload-file';
import { datasetNotFound, fileRefused } from '../../dataset.errors';
import { fileFromName, fittingName } from '../../dataset.rules';
import type { ImportStarted, ImportTextInput } from '../../dataset.schema';
import type { FormatChoice } from '../../formats/format.schema';
import type { LinesToImport } from '../dataset.service';
import { packingOf } from '../import/unpack';
import { type ImportDeps, type ImportTarget, startImport } from './import-file';

/** What the app writes down itself needs no finding out. */
const CHAT_LINES: FormatChoice = { kind: 'chat', container: { type: 'lines' }, mapping: null };
/** Lines are gathered to about this size before they go to the storage. */
const BATCH_CHARACTERS = 64 * 1024;

/** Streams a request's body into the storage and starts checking it. @throws invalid_input `datasets.file_refused` */
export const importStream =
  (deps: ImportDeps) =>
  (
    actor: Actor,
    input: {
      name?: string;
      fileName: string;
      datasetId?: string;
      format?: FormatChoice;
      body: AsyncIterable<Uint8Array>;
    },
  ): Promise<ImportStarted> => {
    actor.require('datasets:write');
    const { name, fileName, datasetId, format, body } = input;
    return storeAndStart(deps, actor, { fileName, body }, { name, datasetId, format, source: 'api' });
  };

export const importText =
  (deps: ImportDeps) =>
  (actor: Actor, { text, datasetId, name, format }: ImportTextInput): Promise<ImportStarted> => {
    actor.require('datasets:write');
    const target = { datasetId, format, name, suggestedName: 'Pasted examples', source: 'paste' };
    return storeAndStart(deps, actor, { fileName: 'pasted.jsonl', body: once(Buffer.from(text)) }, target);
  };

/** What the app itself writes down, such as conversations and samples, goes the same way as any uploaded file. */
export const createFromLines =
  (deps: ImportDeps) =>
  (actor: Actor, { datasetId, name, source, sourceLabel, lines }: LinesToImport): Promise<ImportStarted> => {
    actor.require('datasets:write');
    const fileName = fileFromName(name ?? sourceLabel ?? source);
    return storeAndStart(
      deps,
      actor,
      { fileName, body: joined(lines) },
      {
        ...{ datasetId, name, source, sourceLabel },
        format: CHAT_LINES,
      },
    );
  };

async function storeAndStart(
  deps: ImportDeps,
  actor: Actor,
  { fileName, body }: { fileName: string; body: AsyncIterable<Uint8Array> },
  target: ImportTarget,
): Promise<ImportStarted> {
  const problem = uploadNameProblem(fileName);
  if (problem) throw fileRefused(problem);
  // Before the bytes: nobody should send a gigabyte to learn that the dataset is not there.
  const { datasetId } = target;
  if (datasetId !== undefined && !(await deps.repo.find(actor.workspaceId, datasetId))) throw datasetNotFound();
  const file = await deps.storage.write(await named(fileName, body));
  try {
    return await startImport(deps, actor, file, target);
  } catch (error) {
    await deps.storage.remove([file.key]).catch(() => undefined);
    throw error;
  }
}

/** By so many first bytes a packing is known; a slow sender may send them one by one. */
const TELLING_BYTES = 4;

/** How a file is packed is told by its bytes: a raw body has no name, and a content type or encoding is easily left out. */
async function named(fileName: string, body: AsyncIterable<Uint8Array>) {
  const pieces = body[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < TELLING_BYTES) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { name: fittingName(fileName, packingOf(head)), body: chain(head, pieces) };
}

async function* chain(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let piece = await rest.next(); !piece.done; piece = await rest.next()) yield piece.value;
  } finally {
    await rest.return?.();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* joined(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let batch = '';
  for await (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}
