import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import { exportQuery } from '../../export.schema';
import { leftOutQuery } from '../../left-out.schema';
import type { DatasetService } from '../dataset.service';
import { contentDisposition, contentTypes } from './export-file';
import type { ExportedFile } from './export-version';

export const createExportRoute = (datasets: Pick<DatasetService, 'exportFile'>): RestRoute =>
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/export',
    tag: 'Datasets',
    summary: 'Download a version as a file',
    description:
      'Rows in file order, as a stream. `format`: `jsonl` are the lines as they are stored, `training` is the file that a provider gets of one side, `csv` and `parquet` are tables with the conversation as JSON in the column `messages`, and all fields of a row that have no column of their own as one JSON object in `other_fields`. In a CSV, text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in front; the columns from `messages` on are exact (whole numbers beyond 2^53 aside), and import again as the same examples. The same version gives the same bytes every time: with `checksum` the rows are read once more before the answer, and its headers tell `content-length` and `repr-digest` (SHA-256, RFC 9530). Works with a signed-in session too.',
    permission: 'datasets:read',
    session: true,
    params: z.object({ id: idSchema }),
    query: exportQuery,
    rawOutput: [...new Set(Object.values(contentTypes)), 'application/gzip'],
    output: z.instanceof(Response),
    handle: async ({ actor, params: { id }, query }) => toResponse(await datasets.exportFile(actor, id, query)),
  });

export const createLeftOutRoute = (datasets: Pick<DatasetService, 'leftOutFile'>): RestRoute =>
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/left-out',
    tag: 'Datasets',
    summary: 'Download the rows of a file that its import left out',
    description:
      'Rows with an error, as they stand in the stored file that `version` came out of and in its order: JSON lines, or a table with its header. Set right, they can be uploaded or added; what was added by its line is no longer among them, and neither are blank lines and what was too long to be read. Works with a signed-in session too.',
    permission: 'datasets:read',
    session: true,
    params: z.object({ id: idSchema }),
    query: leftOutQuery,
    rawOutput: ['application/jsonl', contentTypes.csv],
    output: z.instanceof(Response),
    handle: async ({ actor, params: { id }, query: { version } }) =>
      toResponse(await datasets.leftOutFile(actor, { datasetId: id, number: version })),
  });

export const createFileRoute = (datasets: Pick<DatasetService, 'file'>): RestRoute =>
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/file',
    tag: 'Datasets',
    summary: 'Download the file of a version as it was uploaded',
    description:
      'The very bytes, whatever became of them, under a name whose ending fits them: also what no example has room for, such as the other answers of preference pairs. Versions that were made by a change have no file of their own. Works with a signed-in session too.',
    permission: 'datasets:read',
    session: true,
    params: z.object({ id: idSchema }),
    query: leftOutQuery,
    rawOutput: ['application/octet-stream'],
    output: z.instanceof(Response),
    handle: async ({ actor, params: { id }, query: { version } }) =>
      toResponse(await datasets.file(actor, { datasetId: id, number: version })),
  });

function toResponse({ fileName, contentType, digest, body }: ExportedFile): Response {
  const headers = new Headers({
    ...{ 'content-type': contentType, 'content-disposition': contentDisposition(fileName) },
    ...{ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
  });
  if (digest) {
    headers.set('content-length', String(digest.bytes));
    headers.set('etag', `"${digest.sha256}"`);
    headers.set('repr-digest', `sha-256=:${Buffer.from(digest.sha256, 'hex').toString('base64')}:`);
  }
  return new Response(toStream(body), { headers });
}

/** Reads no faster than the client takes. A client that goes away ends the reading of the database with it. */
function toStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
