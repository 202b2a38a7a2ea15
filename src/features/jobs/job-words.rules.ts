// Words of jobs that pages need without the schemas: a list in the browser checks nothing.

export const jobStatuses = [
  'draft',
  'queued',
  'preparing',
  'launching',
  'unknown',
  'running',
  'paused',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
] as const;

export const jobSorts = ['newest', 'name'] as const;

export const MAX_SUFFIX = 64;
/** What may stand in the suffix of a model's name. */
export const SUFFIX_FORM = /^[A-Za-z0-9._-]*$/;
