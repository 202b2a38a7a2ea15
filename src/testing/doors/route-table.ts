import { MODEL } from './agent-lab';
import type { Door } from './door-table';
import { SLUG, type World } from './world';

/** What one REST request carries beside its method. */
export interface RestCall {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

export interface RestDoor extends Omit<Door, 'inputs'> {
  calls(theirs: World, mine: World): RestCall[];
}

type Calls = RestDoor['calls'];
const reads = (calls: Calls): RestDoor => ({ calls, viewer: 'may', foreign: 'not found' });
const lists = (calls: Calls): RestDoor => ({ calls, viewer: 'may', foreign: 'nothing' });
const changes = (calls: Calls): RestDoor => ({ calls, viewer: 'may not', foreign: 'not found' });

const dataset = ({ datasetId: id }: World): RestCall => ({ params: { id } });
const job = ({ jobId: id }: World): RestCall => ({ params: { id } });
const model = ({ modelId: id }: World): RestCall => ({ params: { id } });

/** Two versions: both theirs, or one of theirs beside one of mine. */
const pairs = (theirs: World, mine: World) => [
  { params: { id: theirs.datasetId }, query: { fromId: theirs.versionId, toId: theirs.versionId } },
  { params: { id: mine.datasetId }, query: { fromId: mine.versionId, toId: theirs.versionId } },
];
const changeCalls = (theirs: World, mine: World): RestCall[] =>
  [theirs, mine].map((world) => ({
    ...dataset(world),
    body: { versionId: theirs.versionId, change: { kind: 'goBack', number: 1 } },
  }));

const base = '/api/fine-tuning';

/** Every REST route. A new one belongs here on the day it is made. */
export const routeTable: Record<string, RestDoor> = {
  [`POST ${base}/datasets`]: changes(({ fileKey, datasetId }) => [
    { body: { fileKey, fileName: 'data.jsonl' } },
    { body: { fileKey: 'nobody-has-this', fileName: 'data.jsonl', datasetId } },
  ]),
  [`GET ${base}/datasets`]: lists(({ mark }) => [{}, { query: { search: mark } }]),
  [`GET ${base}/datasets/{id}`]: reads((theirs) => [dataset(theirs)]),
  [`GET ${base}/datasets/{id}/export`]: reads((theirs) => [
    dataset(theirs),
    { ...dataset(theirs), query: { version: '1', format: 'training', checksum: 'true' } },
  ]),
  [`GET ${base}/datasets/{id}/left-out`]: reads((theirs) => [{ ...dataset(theirs), query: { version: '1' } }]),
  [`GET ${base}/datasets/{id}/file`]: reads((theirs) => [{ ...dataset(theirs), query: { version: '1' } }]),
  [`GET ${base}/datasets/{id}/examples`]: reads((theirs, mine) => [
    dataset(theirs),
    { ...dataset(theirs), query: { search: theirs.mark, minScore: '1' } },
    ...(theirs === mine ? [] : [{ ...dataset(mine), query: { versionId: theirs.versionId } }]),
  ]),
  [`GET ${base}/datasets/{id}/examples/{exampleId}`]: reads((theirs, mine) => [
    { params: { id: theirs.datasetId, exampleId: theirs.exampleId } },
    { params: { id: mine.datasetId, exampleId: theirs.exampleId } },
  ]),
  [`GET ${base}/datasets/{id}/analysis`]: reads((theirs, mine) => [
    { ...dataset(theirs), query: { versionId: theirs.versionId } },
    { ...dataset(mine), query: { versionId: theirs.versionId } },
  ]),
  [`GET ${base}/datasets/{id}/differences`]: reads((theirs, mine) => pairs(theirs, mine)),
  [`GET ${base}/datasets/{id}/differences/rows`]: reads((theirs, mine) =>
    pairs(theirs, mine).map(({ params, query }) => ({ params, query: { ...query, kind: 'changed' } })),
  ),
  [`POST ${base}/datasets/{id}/changes`]: changes((theirs, mine) => changeCalls(theirs, mine)),
  [`POST ${base}/datasets/{id}/changes/preview`]: changes((theirs, mine) => changeCalls(theirs, mine)),
  [`DELETE ${base}/datasets/{id}`]: changes((theirs) => [dataset(theirs)]),
  [`POST ${base}/datasets/{id}/validate`]: reads((theirs, mine) => [
    dataset(theirs),
    ...(theirs === mine ? [] : [{ ...dataset(mine), body: { versionId: theirs.versionId } }]),
    ...(theirs === mine ? [] : [{ ...dataset(theirs), body: { again: true } }]),
  ]),
  [`POST ${base}/datasets/from-conversations`]: changes((theirs, mine) => [
    { body: { agentId: theirs.agentId } },
    { body: { agentId: mine.agentId, datasetId: theirs.datasetId } },
  ]),
  [`POST ${base}/jobs`]: changes((theirs, mine) => [
    { body: { dataset: theirs.datasetId, connectionId: mine.connectionId, cap: '1' } },
    { body: { datasetVersionId: theirs.versionId, connectionId: mine.connectionId, baseModel: MODEL, cap: '1' } },
    { body: { dataset: mine.datasetId, connectionId: theirs.connectionId, baseModel: MODEL, cap: '1' } },
    { body: { dataset: mine.datasetId, connectionId: theirs.connectionId, cap: '1' } },
  ]),
  [`GET ${base}/jobs`]: lists(({ mark, datasetId }) => [{}, { query: { search: mark } }, { query: { datasetId } }]),
  [`GET ${base}/jobs/{id}`]: reads((theirs) => [job(theirs)]),
  [`POST ${base}/jobs/{id}/cancel`]: changes((theirs) => [job(theirs)]),
  [`GET ${base}/jobs/{id}/events`]: reads((theirs) => [job(theirs)]),
  [`GET ${base}/models`]: lists(({ mark, datasetId }) => [{}, { query: { search: mark } }, { query: { datasetId } }]),
  [`GET ${base}/models/{id}`]: reads((theirs) => [model(theirs)]),
  [`DELETE ${base}/models/{id}`]: changes((theirs) => [model(theirs)]),
  [`POST ${base}/models/{id}/deploy`]: changes((theirs, mine) => [
    { ...model(theirs), body: { agent: SLUG } },
    { ...model(mine), body: { agent: theirs.agentId } },
  ]),
};

export function restRequest(address: string, { params = {}, query = {}, body }: RestCall, apiKey?: string): Request {
  const [method = 'GET', path = ''] = address.split(' ');
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const url = new URL(`${filled}?${new URLSearchParams(query)}`, 'http://app.test');
  const send = method === 'POST';
  return new Request(url, {
    method,
    headers: {
      ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      ...(send && { 'content-type': 'application/json' }),
    },
    ...(send && { body: JSON.stringify(body ?? {}) }),
  });
}
