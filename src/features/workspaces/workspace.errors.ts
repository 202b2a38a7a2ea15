import { AppError, notFound } from '@/lib/app-error';

export const memberNotFound = () => notFound('member', 'workspaces.member_not_found');
export const apiKeyNotFound = () => notFound('API key', 'workspaces.api_key_not_found');

export const lastOwner = () =>
  new AppError({
    kind: 'conflict',
    reason: 'workspaces.last_owner',
    message: 'This is the only owner, and a workspace always has one. Make somebody else an owner first.',
  });

export const grantTooHigh = (role: string) =>
  new AppError({
    kind: 'forbidden',
    reason: 'workspaces.grant_too_high',
    message: `You cannot give the role "${role}", because it may do more than your own. Ask somebody who holds it.`,
  });

/** The maker of a key was removed between the request and its answer. */
export const membershipEnded = () =>
  new AppError({
    kind: 'forbidden',
    reason: 'workspaces.membership_ended',
    message:
      'No key was made: it would act for somebody who is no longer a member of this workspace. Ask an owner or admin to add them again.',
  });

export const alreadyMember = (email: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'workspaces.already_member',
    message: `${email} is already a member of this workspace. Change the role in the list instead.`,
    details: { fields: { email: 'Already a member.' } },
  });

export const tooManyTries = (retryAfterMs: number) =>
  new AppError({
    kind: 'rate_limited',
    reason: 'auth.too_many_tries',
    message: `Too many passwords were tried, so none is checked for now. Wait ${Math.ceil(retryAfterMs / 1000)} seconds, then try again.`,
    retryAfterMs,
  });

export const wrongPassword = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'workspaces.wrong_password',
    message: 'The current password is not right. Nothing was changed; try again.',
    details: { fields: { current: 'This is not your current password.' } },
  });
