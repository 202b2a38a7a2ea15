import { toDecimalUsd } from '@/lib/money';
import type { JobDetail } from '../job.schema';
import { MAX_SUFFIX, SUFFIX_FORM } from '../job-words.rules';

type Cloned = Pick<
  JobDetail,
  'name' | 'dataset' | 'connection' | 'baseModel' | 'hyperparameters' | 'suffix' | 'seed' | 'cap'
>;

/** The wizard with the settings of a job: same data, model and values, to be looked at and launched again. */
export function cloneHref(job: Cloned): string {
  const { epochs, batchSize, learningRateMultiplier } = job.hyperparameters;
  const query = new URLSearchParams({
    dataset: job.dataset.id,
    version: job.dataset.versionId,
    connection: job.connection.id,
    model: job.baseModel,
    epochs: String(epochs),
    batch: String(batchSize),
    lr: String(learningRateMultiplier),
    seed: String(job.seed),
    from: job.name,
  });
  // Where nobody typed one, the job took the dataset's name, which need not be one that can be typed.
  const { suffix } = job;
  if (suffix && suffix.length <= MAX_SUFFIX && SUFFIX_FORM.test(suffix)) query.set('suffix', suffix);
  if (job.cap !== null) query.set('cap', toDecimalUsd(job.cap));
  return `/dashboard/fine-tuning/jobs/new?${query}`;
}
