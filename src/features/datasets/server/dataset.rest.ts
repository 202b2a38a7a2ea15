import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { uploadNameProblem } from '@/lib/upload-file';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import { readUpload } from '@/platform/upload/read-upload';
import { mappingIncomplete } from '../dataset.errors';
import { fileFromName, nameFromFile } from '../dataset.rules';
import {
  datasetDetail,
  datasetListInput,
  datasetName,
  datasetSummary,
  importFileInput,
  validationReport,
} from '../dataset.schema';
import { formatOf, formatQuery } from '../formats/format.schema';
import type { DatasetService } from './dataset.service';
import { createRowRoutes } from './dataset-rows.rest';
import { createExportRoute, createFileRoute, createLeftOutRoute } from './export/export.rest';

const params = z.object({ id: idSchema });

/** Bodies that are the file itself. */
const FILE_TYPES = [
  'multipart/form-data',
  'application/jsonl',
  'application/x-ndjson',
  'application/gzip',
  'application/octet-stream',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'application/zstd',
] as const;

const started = z.object({ id: idSchema, versionId: idSchema, status: z.literal('pending') });

const createQuery = formatQuery.extend({ name: datasetName.optional(), datasetId: idSchema.optional() });

const answer = ({ datasetId, versionId }: { datasetId: string; versionId: string }) => ({
  ...{ id: datasetId, versionId, status: 'pending' as const },
});

export const createDatasetRoutes = (datasets: DatasetService): RestRoute[] => [
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/datasets',
    tag: 'Datasets',
    summary: 'Upload a file of training examples',
    description:
      'The file is the body (`?name=` names the dataset), the part "file" of a form, or one that was uploaded before, named by its key in JSON. With `datasetId` it becomes the next version of that dataset. Chat JSONL, prompt/completion, ShareGPT, Alpaca, preference pairs, stored completions, Langfuse items, CSV, TSV and JSON lists are told apart by themselves, also within gzip or zstd; `format`, `layout` (how rows are packed), and for fields of your own `prompt`, `answer` and `system`, say it outright. The answer comes before the check: read the dataset until its version is ready or failed.',
    permission: 'datasets:write',
    query: createQuery,
    body: importFileInput,
    rawBody: FILE_TYPES,
    status: 202,
    output: started,
    handle: async ({ actor, query, body, request }) => {
      if (body !== undefined) {
        const { name = query.name, datasetId = query.datasetId, format = choiceOf(query), ...file } = body;
        const target = {
          ...(name !== undefined && { name }),
          ...(datasetId !== undefined && { datasetId }),
          ...(format !== undefined && { format }),
        };
        return answer(await datasets.importFile(actor, { ...file, ...target, source: 'api' }));
      }
      const { name, datasetId } = query;
      const format = choiceOf(query);
      const upload = await readUpload(request, fileNameFor(name));
      const target = {
        ...(name !== undefined && { name: nameFromFile(name) }),
        ...(datasetId !== undefined && { datasetId }),
        ...(format !== undefined && { format }),
      };
      return answer(await datasets.importStream(actor, { ...upload, ...target }));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets',
    tag: 'Datasets',
    summary: 'List datasets, newest first',
    permission: 'datasets:read',
    query: datasetListInput,
    output: pageOf(datasetSummary),
    handle: ({ actor, query }) => datasets.list(actor, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}',
    tag: 'Datasets',
    summary: 'One dataset with its versions and statistics',
    permission: 'datasets:read',
    params,
    output: datasetDetail,
    handle: ({ actor, params: { id } }) => datasets.get(actor, id),
  }),
  createExportRoute(datasets),
  createLeftOutRoute(datasets),
  createFileRoute(datasets),
  ...createRowRoutes(datasets),
  defineRoute({
    method: 'DELETE',
    path: '/api/fine-tuning/datasets/{id}',
    tag: 'Datasets',
    summary: 'Delete a dataset that no running job and no model comes from',
    permission: 'datasets:write',
    params,
    status: 204,
    output: z.void(),
    handle: ({ actor, params: { id } }) => datasets.delete(actor, id),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/datasets/{id}/validate',
    tag: 'Datasets',
    summary: 'What is wrong with a version, line by line',
    description:
      'Answers the report of the newest version, or of `versionId`. With `again` the stored file is read once more first; the report then says `pending` until that has ended.',
    permission: 'datasets:read',
    params,
    body: z.object({ versionId: idSchema.optional(), again: z.boolean().default(false) }),
    output: validationReport,
    handle: async ({ actor, params: { id }, body: { versionId, again } }) => {
      const ref = { datasetId: id, ...(versionId !== undefined && { versionId }) };
      return datasets.report(actor, again ? await datasets.validate(actor, ref) : ref);
    },
  }),
];

/** @throws invalid_input `datasets.mapping_incomplete` when only one of prompt and answer is named */
function choiceOf(query: z.infer<typeof formatQuery>) {
  const { prompt, answer, system } = query;
  if ((prompt === undefined) !== (answer === undefined) || (system !== undefined && prompt === undefined))
    throw mappingIncomplete();
  return formatOf(query);
}

/** `?name=` may be a file's name or a plain one. */
const fileNameFor = (name = 'upload'): string => (uploadNameProblem(name) === null ? name : fileFromName(name));
