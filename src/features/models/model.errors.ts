import { AppError, notFound } from '@/lib/app-error';

export const modelNotFound = () => notFound('model', 'models.not_found');

export const modelInUse = (label: string, agents: readonly string[]) =>
  new AppError({
    kind: 'conflict',
    reason: 'models.in_use',
    message: `${label} answers for ${agents.join(', ')}. Activate another release of ${agents.length === 1 ? 'this agent' : 'these agents'} first, then delete the model.`,
    details: { agents },
  });
