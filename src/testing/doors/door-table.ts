import { newId } from '@/lib/new-id';
import { MODEL } from './agent-lab';
import { SLUG, type World } from './world';

/** What is expected at one door. */
export interface Door {
  /** Inputs that name rows of `theirs` (and, where it takes several rows, of `mine` beside them). */
  inputs(theirs: World, mine: World): unknown[];
  /** What a viewer may do here with rows of the own workspace. `own account`: it is about the person, not a workspace. */
  viewer: 'may' | 'may not' | 'own account';
  /** What somebody gets who names another workspace's rows. `nothing`: an answer without any of them. */
  foreign: 'not found' | 'nothing';
}

type Inputs = Door['inputs'];
const page = { limit: 50 };
const reads = (inputs: Inputs): Door => ({ inputs, viewer: 'may', foreign: 'not found' });
const lists = (inputs: Inputs = () => [undefined]): Door => ({ inputs, viewer: 'may', foreign: 'nothing' });
const changes = (inputs: Inputs): Door => ({ inputs, viewer: 'may not', foreign: 'not found' });
/** Names no row: only a viewer is kept from it. */
const makes = (input: unknown): Door => ({ inputs: () => [input], viewer: 'may not', foreign: 'nothing' });
const admins = (inputs: Inputs = () => [page]): Door => ({ inputs, viewer: 'may not', foreign: 'nothing' });

const limit = 1_000_000_000n;
const budget = { name: 'Cap', period: 'month', limit, onBreach: 'warn' };
const plan = ({ versionId, connectionId }: World) => ({
  ...{ datasetVersionId: versionId, connectionId, baseModel: MODEL },
});
const submit = (world: World) => ({ ...plan(world), requestId: newId(), cap: limit });
const version = ({ datasetId, versionId }: World) => ({ datasetId, versionId });
/** Also the version of one dataset under the id of another: each alone would be found. */
const versions = (theirs: World, mine: World) => [
  version(theirs),
  ...(theirs === mine ? [] : [{ ...version(mine), versionId: theirs.versionId }]),
];

/** Two versions: both theirs, or one of theirs beside one of mine. */
const pairs = ({ datasetId, versionId }: World, mine: World) => [
  { datasetId, fromId: versionId, toId: versionId },
  { datasetId: mine.datasetId, fromId: mine.versionId, toId: versionId },
  { datasetId: mine.datasetId, fromId: versionId, toId: mine.versionId },
];

/** Every procedure of the app router. A new one belongs here on the day it is made. */
export const procedureTable: Record<string, Door> = {
  'workspaces.me': { ...lists(), viewer: 'own account' },
  'workspaces.create': { ...makes({ name: 'Another' }), viewer: 'own account' },
  'workspaces.changePassword': { ...makes({ current: 'wrong', next: 'long enough it is' }), viewer: 'own account' },
  'workspaces.rename': makes({ name: 'Renamed' }),
  'workspaces.members': lists(),
  'workspaces.keysOfMember': changes(({ memberId: id }) => [{ id }]),
  'workspaces.addMember': makes({ email: 'new@example.org' }),
  'workspaces.updateMember': changes(({ memberId: id }) => [{ id, role: 'member' }]),
  'workspaces.removeMember': changes(({ memberId: id }) => [{ id }]),
  'workspaces.apiKeys': admins(),
  'workspaces.createApiKey': makes({ name: 'k', role: 'viewer' }),
  'workspaces.revokeApiKey': changes(({ apiKeyId: id }) => [{ id }]),
  'workspaces.audit': admins(({ mark }) => [page, { ...page, search: mark }]),

  'providers.list': lists(),
  'providers.get': reads(({ connectionId: id }) => [{ id }]),
  'providers.create': makes({ kind: 'openai_compatible', label: 'L', baseUrl: 'http://127.0.0.1:9/v1' }),
  'providers.update': changes(({ connectionId: id }) => [{ id, label: 'Mine' }]),
  'providers.delete': changes(({ connectionId: id }) => [{ id }]),
  'providers.check': changes(({ connectionId: id }) => [{ id }]),
  'providers.baseModels': lists(),

  'datasets.list': lists(({ mark }) => [page, { ...page, search: mark }]),
  'datasets.get': reads(({ datasetId: id }) => [{ id }]),
  'datasets.create': changes(({ datasetId, fileKey }) => [
    { fileKey, fileName: 'data.jsonl' },
    { fileKey: 'nobody-has-this', fileName: 'data.jsonl', datasetId },
  ]),
  'datasets.createFromText': changes(({ datasetId }) => [{ text: '{}', datasetId }]),
  'datasets.update': changes(({ datasetId: id }) => [{ id, name: 'Mine' }]),
  'datasets.delete': changes(({ datasetId: id }) => [{ id }]),
  'datasets.validate': changes(versions),
  'datasets.cancelImport': changes(versions),
  'datasets.report': reads(versions),
  'datasets.problems': reads((theirs, mine) => versions(theirs, mine).map((ref) => ({ ...ref, ...page }))),
  'datasets.examples': reads((theirs, mine) => versions(theirs, mine).map((ref) => ({ ...ref, ...page }))),
  'datasets.example': reads((theirs, mine) => [
    { datasetId: theirs.datasetId, id: theirs.exampleId },
    ...(theirs === mine ? [] : [{ datasetId: mine.datasetId, id: theirs.exampleId }]),
  ]),
  'datasets.exampleTokens': reads((theirs, mine) => [
    { datasetId: theirs.datasetId, id: theirs.exampleId },
    ...(theirs === mine ? [] : [{ datasetId: mine.datasetId, id: theirs.exampleId }]),
  ]),
  'datasets.exampleNow': reads((theirs, mine) =>
    versions(theirs, mine).map((ref) => ({ ...ref, id: theirs.exampleId })),
  ),
  'datasets.firstRows': reads(versions),
  'datasets.scores': reads(({ datasetId }) => [{ datasetId }]),
  'datasets.stats': reads(versions),
  'datasets.analysis': reads(versions),
  'datasets.diff': reads(pairs),
  'datasets.diffRows': reads((theirs, mine) =>
    pairs(theirs, mine).map((ref) => ({ ...ref, ...page, kind: 'changed' })),
  ),
  'datasets.leftOutRow': reads((theirs, mine) => versions(theirs, mine).map((ref) => ({ ...ref, line: 2 }))),
  'datasets.exportDigest': reads(({ datasetId }) => [{ datasetId }, { datasetId, version: 1, format: 'csv' }]),
  'datasets.previewChange': changes((theirs, mine) =>
    versions(theirs, mine).map((ref) => ({ ...ref, change: { kind: 'trim', filter: {} } })),
  ),
  'datasets.change': changes((theirs, mine) =>
    versions(theirs, mine).map((ref) => ({ ...ref, change: { kind: 'goBack', number: 1 } })),
  ),
  'datasets.watch': reads(({ datasetId: id }) => [{ id }]),

  'budgets.summary': lists(),
  'budgets.list': lists(),
  'budgets.create': changes(({ connectionId, agentId }) => [
    { ...budget, scope: 'connection', scopeId: connectionId },
    { ...budget, scope: 'agent', scopeId: agentId },
  ]),
  'budgets.update': changes(({ budgetId: id }) => [{ id, limit }]),
  'budgets.delete': changes(({ budgetId: id }) => [{ id }]),
  'budgets.ledger': lists(({ jobId }) => [page, { ...page, jobId }]),
  'budgets.prices': lists(),
  'budgets.setPrice': makes({ provider: 'openai', model: MODEL, unit: 'output_token', nanoUsdPerUnit: 5n }),
  'budgets.estimate': lists(() => [
    {
      ...{ connectionKind: 'openai', baseModel: MODEL, trainTokens: 10 },
      epochs: { low: 1, expected: 1, high: 1 },
    },
  ]),

  'models.list': lists(({ mark, datasetId }) => [page, { ...page, search: mark }, { ...page, datasetId }]),
  'models.get': reads(({ modelId: id }) => [{ id }]),
  'models.update': changes(({ modelId: id }) => [{ id, status: 'retired' }]),
  'models.delete': changes(({ modelId: id }) => [{ id }]),

  'jobs.list': lists(({ mark, datasetId, connectionId }) => [
    ...[page, { ...page, search: mark }, { ...page, datasetId }, { ...page, connectionId }],
  ]),
  'jobs.get': reads(({ jobId: id }) => [{ id }]),
  'jobs.fit': reads(({ versionId }) => [{ versionId }]),
  'jobs.plan': reads((theirs, mine) => [
    // One foreign row at a time: with two, whichever was looked up first is named.
    { ...plan(mine), connectionId: theirs.connectionId },
    { ...plan(mine), datasetVersionId: theirs.versionId },
  ]),
  'jobs.create': changes((theirs, mine) => [
    { ...submit(mine), connectionId: theirs.connectionId },
    { ...submit(mine), datasetVersionId: theirs.versionId },
  ]),
  'jobs.update': changes(({ jobId: id }) => [{ id, name: 'Mine' }]),
  'jobs.cancel': changes(({ jobId: id }) => [{ id }]),
  'jobs.resolveUnknown': changes(({ jobId: id }) => [{ id, decision: 'give_up' }]),
  'jobs.delete': changes(({ jobId: id }) => [{ id }]),
  'jobs.events': reads(({ jobId: id }) => [{ id, ...page }]),
  'jobs.metrics': reads(({ jobId: id }) => [{ id }]),
  'jobs.watch': reads(({ jobId: id }) => [{ id }]),

  'agents.list': lists(({ mark }) => [page, { ...page, search: mark }]),
  'agents.get': reads(({ agentId: id }) => [{ id }]),
  'agents.create': changes(({ modelId, connectionId }) => [
    { slug: 'new-one', name: 'New', modelId },
    { slug: 'new-one', name: 'New', baseModel: { connectionId, id: MODEL } },
  ]),
  'agents.update': changes(({ agentId: id }) => [{ id, name: 'Mine' }]),
  'agents.delete': changes(({ agentId: id }) => [{ id }]),
  'agents.createRelease': changes((theirs, mine) => [
    { agentId: theirs.agentId, systemPrompt: 'Mine.' },
    { agentId: mine.agentId, modelId: theirs.modelId },
    { agentId: mine.agentId, baseModel: { connectionId: theirs.connectionId, id: MODEL } },
  ]),
  'agents.activateRelease': changes((theirs, mine) => [
    { agentId: theirs.agentId, releaseId: theirs.releaseId },
    { agentId: mine.agentId, releaseId: theirs.releaseId },
  ]),
  'agents.deployModel': changes((theirs, mine) => [
    { modelId: theirs.modelId, agent: SLUG },
    { modelId: mine.modelId, agent: theirs.agentId },
  ]),
  'agents.conversations': lists(({ agentId }) => [{ agentId, ...page }]),
  'agents.conversation': reads(({ conversationId: id }) => [{ id }]),
  'agents.rate': changes(({ conversationId }) => [{ conversationId, rating: -1 }]),
  'agents.importConversations': changes((theirs, mine) => [
    { agentId: theirs.agentId },
    { agentId: mine.agentId, datasetId: theirs.datasetId },
  ]),
  'agents.analytics': reads(({ agentId }) => [{ agentId }]),

  'ops.overview': admins(() => [undefined]),
  'ops.runs': admins(),
  'ops.run': admins(({ runId: id }) => [{ id }]),
};
