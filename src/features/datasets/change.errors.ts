import { AppError } from '@/lib/app-error';

/** Somebody made a newer version in between. */
export const versionOutdated = (looked: number, newest: number) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.version_outdated',
    message: `You looked at version ${looked}, but version ${newest} has come since, so nothing was changed. Look at version ${newest} and make the change there.`,
    details: { newest },
  });

/** A newer version is on its way: what it will hold is not known yet. */
export const versionUnderWay = (number: number, status: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.version_under_way',
    message: `Version ${number} is ${status}, and takes the place of this one when it is ready, so nothing was changed. Wait until it has ended, or cancel it.`,
    details: { number, status },
  });

/** A version that is not ready has no rows that could be changed. */
export const versionNotChangeable = (number: number, status: string) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'datasets.version_not_ready',
    message: `Version ${number} is ${status}, so it cannot be changed. Choose a version that is ready.`,
    details: { status },
  });

const SHOWN = 3;

/** The result of a change would have errors. All of them at once; nothing was changed. */
export const changeRefused = (problems: readonly { path: string | null; message: string }[]) => {
  const said = problems
    .slice(0, SHOWN)
    .map(({ path, message }) => (path && path !== '$' ? `${path}: ${message}` : message))
    .join(' ');
  const rest = problems.length - SHOWN;
  return new AppError({
    kind: 'invalid_input',
    reason: 'datasets.change_refused',
    message: `Nothing was changed. ${said}${rest > 0 ? ` And ${rest} more.` : ''}`,
    details: { problems },
  });
};

export const NOTHING_TO_CHANGE = 'No row would be other than it is, so there is no new version to make.';
export const NO_ROWS_LEFT = 'No row would be left. Delete the dataset instead, or keep at least one row.';
