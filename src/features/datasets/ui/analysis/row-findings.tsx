'use client';

import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { VersionAnalysis } from '../../analysis.schema';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { rowWord } from '../../left-out.rules';
import { Duplicates } from './duplicates';
import { Labels } from './labels';
import { Languages } from './languages';
import { Outliers } from './outliers';
import { SystemPrompts, Tools } from './prompts-and-tools';
import { Openings, Vocabulary } from './words';

/** What the texts of the examples say: looked up when somebody opens this, once per version. */
export function RowFindings({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  const query = trpc.datasets.analysis.useQuery(
    { datasetId: dataset.id, versionId: version.id },
    // Alone: on a large version it takes seconds, and nothing else on the page should wait for it.
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, trpc: { context: { alone: true } } },
  );
  if (query.error) {
    return (
      <ErrorPanel
        title="The examples could not be looked at"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const found = query.data;
  if (!found) {
    return (
      <div className="grid gap-4" aria-busy>
        <p role="status" className="text-muted text-sm">
          Looking at the examples. The first time this can take some seconds, then it is kept.
        </p>
        <div className="grid gap-4 lg:grid-cols-2">
          {['labels', 'words', 'openings', 'prompts'].map((part) => (
            <Skeleton key={part} className="h-80" />
          ))}
        </div>
      </div>
    );
  }
  const word = rowWord(version.rowsNumbered);
  const hrefOf = (id: string) => {
    const query = new URLSearchParams({ example: id });
    if (version.id !== dataset.version.id) query.set('version', String(version.number));
    return `?${query}`;
  };
  return (
    <section aria-labelledby="what-texts-say" className="grid gap-4">
      <div>
        <h2 id="what-texts-say" className="font-semibold text-lg">
          What the texts say
        </h2>
        <p className="text-muted text-sm">{basis(found)}</p>
      </div>
      {found.labels.length > 0 && <Labels fields={found.labels} answers={found.answers} />}
      <Vocabulary vocabulary={found.vocabulary} answers={found.answers} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Openings openings={found.openings} answers={found.answers} />
        <Languages found={found} />
        <SystemPrompts prompts={found.systemPrompts} examples={found.read - found.skipped} />
        {found.lengths && <Outliers lengths={found.lengths} word={word} hrefOf={hrefOf} />}
      </div>
      <Duplicates duplicates={found.duplicates} rows={found.rows} word={word} hrefOf={hrefOf} />
      {found.tools.length > 0 && <Tools tools={found.tools} />}
    </section>
  );
}

function basis({ rows, read, skipped }: VersionAnalysis): string {
  const all = read >= rows;
  const from = all
    ? `From all ${formatCount(rows)} examples.`
    : `From a sample of ${formatCount(read)} of ${formatCount(rows)} examples, the same ones every time. Duplicates are counted over all of them.`;
  if (skipped === 0) return from;
  return `${from} ${formatCount(skipped)} of them ${skipped === 1 ? 'is' : 'are'} longer than 64 kB and ${skipped === 1 ? 'was' : 'were'} not read.`;
}
