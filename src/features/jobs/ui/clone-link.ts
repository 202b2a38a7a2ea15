import { toDecimalUsd } from '@/lib/money';
import { type JobDetail, jobSubmitInput } from '../job.schema';

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
  if (job.suffix && jobSubmitInput.shape.suffix.safeParse(job.suffix).success) query.set('suffix', job.suffix);
  if (job.cap !== null) query.set('cap', toDecimalUsd(job.cap));
  return `/dashboard/fine-tuning/jobs/new?${query}`;
}
