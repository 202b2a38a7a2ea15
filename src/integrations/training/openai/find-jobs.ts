import type { CallOptions, ProviderJob } from '../training-port';
import type { OpenAiClient } from './client';
import { fieldsOf, text } from './loose';
import { shortTag, TAG_KEY, toJob } from './mapping';

const PAGE = 100;
const MAX_PAGES = 30;

export interface Search extends CallOptions {
  tag: string;
  trainingFileId?: string | undefined;
  /** The server says that it filters by metadata. What comes back is compared all the same. */
  filter: boolean;
}

/**
 * Jobs of one launch: by tag, by the suffix that ends in it, or by the file that was uploaded for it. A server that
 * ignores the filter costs more pages, not a wrong answer.
 */
export async function findJobs(client: OpenAiClient, search: Search): Promise<ProviderJob[]> {
  const { tag, trainingFileId, filter, signal } = search;
  const ending = shortTag(tag);
  const operation = 'look for the job';
  const found = new Map<string, ProviderJob>();
  let after: string | null = null;
  for (let count = 0; count < MAX_PAGES; count++) {
    const query = { limit: PAGE, ...(after && { after }), ...(filter && { metadata: { [TAG_KEY]: tag } }) };
    const page = await client.page(operation, '/fine_tuning/jobs', query, { signal });
    for (const raw of page.data) {
      const job = toJob(raw);
      const suffix = text(fieldsOf(raw).user_provided_suffix) ?? text(fieldsOf(raw).suffix);
      const ours =
        job.tag === tag ||
        suffix?.endsWith(ending) ||
        (trainingFileId !== undefined && job.trainingFileId === trainingFileId);
      if (ours) found.set(job.id, job);
    }
    const last: string | null = text(fieldsOf(page.data.at(-1)).id);
    if (!page.hasMore || last === null) return newestFirst([...found.values()]);
    if (last === after) break;
    after = last;
  }
  if (found.size > 0) return newestFirst([...found.values()]);
  return client.call({ operation }, () =>
    Promise.reject(new Error(`the list of jobs did not end within ${MAX_PAGES * PAGE} entries`)),
  );
}

const newestFirst = (jobs: ProviderJob[]): ProviderJob[] =>
  jobs.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
