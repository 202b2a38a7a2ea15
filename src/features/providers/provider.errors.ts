import { AppError, notFound } from '@/lib/app-error';

export const connectionNotFound = () => notFound('connection', 'providers.not_found');

export const baseModelUnknown = (id: string) =>
  new AppError({
    kind: 'not_found',
    reason: 'providers.base_model_unknown',
    message: `This connection does not offer a base model "${id.slice(0, 100)}". Choose one of the list; check the connection if it should be there.`,
  });

export const trainerMissing = () =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'providers.trainer_missing',
    message:
      'This installation has no built-in trainer: TRAINER_URL is not set. Start with `npm start`, which brings one up, or choose another connection.',
  });

export const addressMissing = () =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'providers.address_missing',
    message: 'This connection has no server address. Write one, like https://host/v1, and save it.',
  });

export interface ConnectionUses {
  jobs: number;
  models: number;
  releases: number;
}

/** Null when nothing depends on the connection. */
export function connectionInUse(label: string, uses: ConnectionUses): AppError | null {
  const parts = [
    count(uses.jobs, 'job', 'jobs'),
    count(uses.models, 'model', 'models'),
    count(uses.releases, 'agent release', 'agent releases'),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return new AppError({
    kind: 'conflict',
    reason: 'providers.in_use',
    message: `${label} is needed by ${parts.join(', ')}, which could no longer be explained or called without it. Delete those first; to stop using the key, revoke it at the provider or replace it here.`,
    details: { ...uses },
  });
}

const count = (number: number, one: string, many: string): string | null =>
  number === 0 ? null : `${number} ${number === 1 ? one : many}`;

export const builtinIsFixed = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'providers.builtin_is_fixed',
    message:
      'Address and key of the built-in trainer come from the environment (TRAINER_URL, TRAINER_API_KEY). Only its name can be changed here.',
  });

/** A saved key goes only where it was saved for: whoever moves the address has to know the key. */
export const secretNeeded = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'providers.secret_needed',
    message: 'The address changed, and a saved key is never sent to another address. Enter the key again.',
    details: { fields: { secret: 'Enter the key again: the address changed.' } },
  });
