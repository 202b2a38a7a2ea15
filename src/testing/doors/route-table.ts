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
