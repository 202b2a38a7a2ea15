import { AppError } from '@/lib/app-error';

export const versionNotReadable = (name: string, number: number, status: string) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'datasets.version_not_ready',
    message: `Version ${number} of "${name}" is ${status}, so it has no rows to read. Wait until its import has ended, or choose another version.`,
    details: { status },
  });

export const holdoutStaysHere = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'datasets.holdout_stays',
    message:
      'A training file has the rows of one side, training or validation: held-out rows are never sent to a provider. Choose one of the two, or export JSONL.',
    details: { fields: { split: 'Choose train or validation.' } },
  });
