import { AppError, notFound } from '@/lib/app-error';

export const agentNotFound = () => notFound('agent', 'agents.not_found');
export const releaseNotFound = () => notFound('release', 'agents.release_not_found');
export const conversationNotFound = () => notFound('conversation', 'agents.conversation_not_found');

export const unknownModelName = (name: string) =>
  new AppError({
    kind: 'not_found',
    reason: 'agents.no_such_model',
    message: `No agent with the slug "${name.slice(0, 80)}" answers here. Use the slug of an agent of this workspace as "model"; GET /api/v1/models lists them.`,
  });

export const slugTaken = (slug: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'agents.slug_taken',
    message: `The slug "${slug}" belongs to another agent of this workspace. Choose another one, or make a new release of that agent.`,
    details: { fields: { slug: 'Already taken.' } },
  });

export const noRelease = (slug: string) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'agents.no_release',
    message: `The agent "${slug}" has no active release, so no model answers. Deploy a model to it first.`,
  });

export const nothingToRelease = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'agents.no_model_chosen',
    message: 'A first release needs a model. Choose a fine-tuned model or a base model.',
    details: { fields: { modelId: 'Choose a model.' } },
  });

export const modelRetired = (label: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'agents.model_retired',
    message: `${label} is retired, so nothing new is put behind it. Choose another model, or take it back into use on its page first.`,
  });

export const releaseModelGone = (number: number, label: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'agents.release_model_gone',
    message: `Release ${number} answered with ${label}, which was deleted here, so it cannot answer again. The active release stays. Choose another release, or deploy another model.`,
  });

export const nothingToImport = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'agents.nothing_to_import',
    message:
      'No conversation matches this choice, so there is nothing to import. Loosen the filter, or talk to the agent first.',
  });
