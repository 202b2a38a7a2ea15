import { isProviderFailure, type ProviderFailure } from '../../provider-failure';
import type { AccessReport, ProviderBaseModel } from '../training-port';
import type { OpenAiClient } from './client';
import { fieldsOf, text } from './loose';
import type { OpenAiProfile } from './profile';

/** No provider makes such an id, so a create call that names it cannot succeed. */
const NO_SUCH_FILE = 'file-tuneloop-access-check';

interface Check {
  client: OpenAiClient;
  profile: OpenAiProfile;
  probe: boolean;
  signal: AbortSignal | undefined;
  listBaseModels(): Promise<ProviderBaseModel[]>;
}

/**
 * Whether the key works, and whether jobs may be created. OpenAI tells the latter only by the answer to a create call:
 * 403 `training_not_available` for a closed organisation, before it looks at the file.
 */
export async function checkAccess(check: Check): Promise<AccessReport> {
  const { name, mayCreate } = check.profile;
  try {
    const baseModels = await check.listBaseModels();
    if (mayCreate === 'yes') return { ok: true, mayCreate, message: `${name} answers and can train.`, baseModels };
    if (!check.probe) return { ok: true, mayCreate: 'unknown', message: `${name} answers.`, baseModels };
    return { ...(await askToCreate(check, baseModels[0]?.id)), baseModels };
  } catch (error) {
    if (!isProviderFailure(error)) throw error;
    return { ok: false, mayCreate: 'unknown', reason: error.class, message: error.message, baseModels: null };
  }
}

type Answer = Omit<AccessReport, 'baseModels'>;

async function askToCreate(check: Check, model: string | undefined): Promise<Answer> {
  const { client, signal } = check;
  const { name } = check.profile;
  const operation = 'check whether jobs may be created';
  try {
    await client.page('list the jobs', '/fine_tuning/jobs', { limit: 1 }, { signal });
  } catch (error) {
    const failure = asFailure(error);
    if (failure.raw.status === 404 || failure.raw.status === 405 || failure.raw.status === 501)
      return no('no_training', `${name} answers, but offers no fine-tuning at this address. Its models can be used.`);
    throw error;
  }
  if (!model) return no('no_base_model', `${name} answers, but lists no model that can be tuned.`);
  try {
    const body = { model, training_file: NO_SUCH_FILE };
    const job = await client.call({ operation, signal }, (inner) =>
      client.sdk.post<unknown>('/fine_tuning/jobs', { body, signal: inner }),
    );
    await stop(check, text(fieldsOf(job).id));
  } catch (error) {
    const failure = asFailure(error);
    if (failure.class === 'forbidden' || failure.class === 'quota')
      return no(failure.reason ?? failure.class, failure.message);
    if (failure.class !== 'invalid' && failure.class !== 'not_found')
      return { ok: true, mayCreate: 'unknown', reason: failure.class, message: failure.message };
  }
  return { ok: true, mayCreate: 'yes', message: `${name} answers and takes training jobs.` };
}

/** A server that does not look at the file at once has made a job of our question. */
async function stop({ client, signal }: Check, jobId: string | null): Promise<void> {
  if (jobId === null) return;
  const path = `/fine_tuning/jobs/${encodeURIComponent(jobId)}/cancel`;
  await client
    .call({ operation: 'cancel the job', signal }, (inner) => client.sdk.post(path, { signal: inner }))
    .catch(() => undefined); // it names a file that does not exist, so it ends by itself
}

const no = (reason: string, message: string): Answer => ({ ok: true, mayCreate: 'no', reason, message });

function asFailure(error: unknown): ProviderFailure {
  if (isProviderFailure(error)) return error;
  throw error;
}
