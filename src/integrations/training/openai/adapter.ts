import { isProviderFailure, ProviderFailure } from '../../provider-failure';
import type { ProviderSettings } from '../../provider-settings';
import { isTerminalState, type TrainingProvider } from '../training-port';
import type { TrainingFactory } from '../training-registry';
import { checkAccess } from './check-access';
import { makeClient } from './client';
import { readEvents } from './event-reader';
import { findJobs } from './find-jobs';
import { fieldsOf, text } from './loose';
import { shortTag, toBaseModel, toCheckpoint, toCreateBody, toJob, toSuffix } from './mapping';
import type { OpenAiProfile } from './profile';
import { toFileForm } from './upload-file';

/** Milliseconds until the whole answer must be here. */
export interface Patience {
  read: number;
  create: number;
  upload: number;
}

const usual: Patience = { read: 20_000, create: 60_000, upload: 60 * 60_000 };
const PAGE = 100;
const MAX_PAGES = 50;

/** Everything that speaks OpenAI's shape; the profile says how one of them differs. */
export const openAiTraining = (profile: OpenAiProfile, patience = usual): TrainingFactory => ({
  caps: profile.caps,
  baseUrl: profile.baseUrl,
  make: (settings) => makeAdapter(profile, settings, patience),
});

function makeAdapter(profile: OpenAiProfile, settings: ProviderSettings, patience: Patience): TrainingProvider {
  const client = makeClient(settings, profile.name, patience.read);
  const { caps } = profile;
  const filter = caps.dedupe === 'metadata-filter';
  const job = (id: string, rest = '') => `/fine_tuning/jobs/${encodeURIComponent(id)}${rest}`;

  const listBaseModels: TrainingProvider['listBaseModels'] = async (options) => {
    const { data } = await client.page('list the models', '/models', {}, options);
    const models = data.map(toBaseModel).filter((model) => model !== null);
    if (profile.baseModels === 'listed') return models.filter(({ tunable }) => tunable !== false);
    return models.filter(({ id }) => profile.tunablePrefixes.some((prefix) => id.startsWith(prefix)));
  };

  const getJob: TrainingProvider['getJob'] = (id, options) =>
    client.call({ operation: 'read the job', ...options }, async (signal) =>
      toJob(await client.sdk.get(job(id), { signal })),
    );

  return {
    caps,
    listBaseModels,
    getJob,

    checkAccess: ({ probe = false, signal } = {}) =>
      checkAccess({ client, profile, probe, signal, listBaseModels: () => listBaseModels({ signal }) }),

    uploadFile: async (file, options) => {
      if (file.bytes !== undefined && file.bytes > caps.maxFileBytes) throw tooLarge(profile, file.bytes);
      const stalled = new AbortController();
      const { body, headers } = toFileForm(file, () => stalled.abort());
      const signal = options?.signal ? AbortSignal.any([options.signal, stalled.signal]) : stalled.signal;
      const request = { operation: 'upload the file', withinMs: patience.upload, signal };
      return client.call(request, async (inner) => {
        const timeout = patience.upload;
        const answer = fieldsOf(await client.sdk.post('/files', { body, headers, signal: inner, timeout }));
        const fileId = text(answer.id);
        if (fileId === null) throw new Error('the answer holds no file id');
        return { fileId };
      });
    },

    createJob: async (spec, tag, options) => {
      if (spec.hyperparameters.learningRate.kind === 'absolute') throw absoluteRate(profile);
      // Where nothing filters by metadata it may not be kept either: then the end of the suffix carries the tag.
      const body = toCreateBody(spec, tag, toSuffix(spec.suffix, caps.suffixMax, filter ? undefined : shortTag(tag)));
      const request = { operation: 'create the job', hasEffect: true, withinMs: patience.create, ...options };
      return client.call(request, async (signal) =>
        toJob(await client.sdk.post('/fine_tuning/jobs', { body, signal, maxRetries: 0 })),
      );
    },

    findJobs: (tag, options) => findJobs(client, { tag, filter, ...options }),

    listJobs: async (cursor, options) => {
      const query = { limit: PAGE, ...(cursor && { after: cursor }) };
      const { data, hasMore } = await client.page('list the jobs', '/fine_tuning/jobs', query, options);
      const items = data.map(toJob);
      return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null };
    },

    listEvents: (jobId, cursor, options) =>
      readEvents(cursor, (query) => client.page('read the events', job(jobId, '/events'), query, options)),

    listCheckpoints: async (jobId, options) => {
      const found = new Map<string, NonNullable<ReturnType<typeof toCheckpoint>>>();
      let after: string | null = null;
      for (let count = 0; count < MAX_PAGES; count++) {
        const query = { limit: PAGE, ...(after && { after }) };
        const page = await client.page('read the checkpoints', job(jobId, '/checkpoints'), query, options);
        for (const each of page.data.map(toCheckpoint)) if (each) found.set(each.id, each);
        const last: string | null = text(fieldsOf(page.data.at(-1)).id);
        if (!page.hasMore || last === null || last === after) break;
        after = last;
      }
      return [...found.values()].sort((a, b) => a.step - b.step);
    },

    cancelJob: async (id, options) => {
      try {
        return await client.call({ operation: 'cancel the job', ...options }, async (signal) =>
          toJob(await client.sdk.post(job(id, '/cancel'), { signal })),
        );
      } catch (error) {
        if (!isProviderFailure(error) || error.class !== 'invalid') throw error;
        const now = await getJob(id, options);
        if (isTerminalState(now.state)) return now;
        throw error;
      }
    },

    deleteFile: async (fileId, options) => {
      const path = `/files/${encodeURIComponent(fileId)}`;
      const request = { operation: 'delete the file', ...options };
      await client
        .call(request, (signal) => client.sdk.delete(path, { signal }))
        .catch((error) => {
          if (!isProviderFailure(error) || error.class !== 'not_found') throw error;
        });
    },
  };
}

/** What we know the provider would not take is not even sent. */
const refused = (operation: string, param: string, message: string): ProviderFailure =>
  new ProviderFailure({
    class: 'invalid',
    message,
    raw: { operation, status: null, code: null, type: null, param, requestId: null, body: null },
  });

function tooLarge({ name, caps }: OpenAiProfile, bytes: number): ProviderFailure {
  const [has, most] = [Math.ceil(bytes / 1e6), Math.floor(caps.maxFileBytes / 1e6)];
  const message = `The file has ${has} MB, and ${name} takes at most ${most} MB. Use fewer or shorter examples.`;
  return refused('upload the file', 'file', message);
}

const absoluteRate = ({ name }: OpenAiProfile): ProviderFailure =>
  refused(
    'create the job',
    'learning_rate',
    `${name} takes a multiplier of its own learning rate, not an absolute rate. Choose a multiplier, for example 1.`,
  );
