import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import { analysisInput, versionAnalysis } from '../analysis.schema';
import { changeInput, changeMade, changePreview } from '../change.schema';
import { exampleDetail, exampleListInput, exampleSummary } from '../dataset.schema';
import { diffInput, diffRowPage, diffRowsInput, versionDiff } from '../diff.schema';
import type { DatasetService } from './dataset.service';

const params = z.object({ id: idSchema });
const wholeNumber = z.coerce.number().int().nonnegative();

/** The filters of the page. In an address numbers are text; rows are named by their own address in place of a list. */
const examplesQuery = exampleListInput.omit({ datasetId: true, ids: true, off: true }).extend({
  /** Left out: the version that is worked with. */
  versionId: idSchema.optional(),
  minScore: wholeNumber.max(100).optional(),
  maxScore: wholeNumber.max(100).optional(),
  minTokens: wholeNumber.optional(),
  maxTokens: wholeNumber.optional(),
  line: z.coerce.number().int().positive().optional(),
});

type Service = Pick<
  DatasetService,
  'get' | 'examples' | 'example' | 'analysis' | 'diff' | 'diffRows' | 'previewChange' | 'change'
>;

/** What the data room does with the rows of a version. */
export const createRowRoutes = (datasets: Service): RestRoute[] => [
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/examples',
    tag: 'Datasets',
    summary: 'Rows of a version in file order or sorted, all or those that match',
    description:
      'Of the version that is worked with, or of `versionId`. `search` looks for words; `split`, `flag`, `role`, `minScore`, `maxScore`, `minTokens`, `maxTokens` and `line` narrow the list; `sort` orders it by score (`worst`, `best`) or tokens (`longest`, `shortest`). Texts are cut: read one example for all of it, or export the version.',
    permission: 'datasets:read',
    params,
    query: examplesQuery,
    output: pageOf(exampleSummary),
    handle: async ({ actor, params: { id }, query }) => {
      const versionId = query.versionId ?? (await datasets.get(actor, id)).version.id;
      return datasets.examples(actor, { ...query, datasetId: id, versionId });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/examples/{exampleId}',
    tag: 'Datasets',
    summary: 'One row with its messages, and why it has its score',
    permission: 'datasets:read',
    params: params.extend({ exampleId: idSchema }),
    output: exampleDetail,
    handle: ({ actor, params: { id, exampleId } }) => datasets.example(actor, { datasetId: id, id: exampleId }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/analysis',
    tag: 'Datasets',
    summary: 'What is in the examples of a version: lengths, labels, languages, copies, unusual rows',
    permission: 'datasets:read',
    params,
    query: analysisInput.pick({ versionId: true }),
    output: versionAnalysis,
    handle: ({ actor, params: { id }, query: { versionId } }) => datasets.analysis(actor, { datasetId: id, versionId }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/differences',
    tag: 'Datasets',
    summary: 'How two versions differ, in numbers',
    permission: 'datasets:read',
    params,
    query: diffInput.omit({ datasetId: true }),
    output: versionDiff,
    handle: ({ actor, params: { id }, query }) => datasets.diff(actor, { ...query, datasetId: id }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/datasets/{id}/differences/rows',
    tag: 'Datasets',
    summary: 'The rows in which two versions differ, of one kind',
    permission: 'datasets:read',
    params,
    query: diffRowsInput.omit({ datasetId: true }),
    output: diffRowPage,
    handle: ({ actor, params: { id }, query }) => datasets.diffRows(actor, { ...query, datasetId: id }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/datasets/{id}/changes',
    tag: 'Datasets',
    summary: 'Change rows, or go back to an older version: makes the next version',
    description:
      '`versionId` is the version that was looked at; when a newer one has come in between this is a 409. `change` is one of the kinds of the page, such as `{"kind": "goBack", "number": 1}` or `{"kind": "delete", "ids": […]}`. A large change goes on in the background: read the dataset until its version is ready.',
    permission: 'datasets:write',
    params,
    body: changeInput.omit({ datasetId: true }),
    output: changeMade,
    handle: ({ actor, params: { id }, body }) => datasets.change(actor, { ...body, datasetId: id }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/datasets/{id}/changes/preview',
    tag: 'Datasets',
    summary: 'What a change would do; nothing is changed',
    permission: 'datasets:write',
    params,
    body: changeInput.omit({ datasetId: true }),
    output: changePreview,
    handle: ({ actor, params: { id }, body }) => datasets.previewChange(actor, { ...body, datasetId: id }),
  }),
];
