'use client';

import dynamic from 'next/dynamic';
import { useQueryState } from 'nuqs';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, Th } from '@/components/ui/table';
import { trpc } from '@/trpc/client';
import type { DatasetDetail } from '../../dataset.schema';
import { comparisonParser } from '../diff/compare-address';
import { useVersionScores } from '../use-version-scores';
import { descendantsOf } from './prepare-version';
import { VersionRow } from './version-row';

// The comparison brings what tells words apart; a list of versions needs none of it.
const DiffView = dynamic(() => import('../diff/diff-view').then((file) => file.DiffView), {
  loading: () => <Skeleton className="mb-4 h-64" />,
});

/** Columns that a narrow screen has no room for. */
const WIDE = 'max-sm:hidden';

const MODELS = 200;

/** Who made which version, when, how, and what came from it. Versions never change, so each row stays true. */
export function VersionHistory({ dataset }: { dataset: DatasetDetail }) {
  const [comparison] = useQueryState('compare', comparisonParser);
  const models = trpc.models.list.useQuery({ datasetId: dataset.id, limit: MODELS });
  const scores = useVersionScores(dataset);
  return (
    <>
      {comparison && <DiffView dataset={dataset} comparison={comparison} />}
      <Card flush>
        <Table aria-label="Versions">
          <thead>
            <tr>
              <Th>Version</Th>
              <Th className={WIDE}>State</Th>
              <Th className={WIDE}>How it was made</Th>
              <Th numeric>Rows</Th>
              <Th numeric className="max-lg:hidden">
                Tokens
              </Th>
              <Th numeric className="max-lg:hidden">
                <span title="Mean score of the rows, of 100">Score</span>
              </Th>
              <Th numeric className="max-2xl:hidden">
                <span title="Rows left out because of an error, and warnings; remarks are not counted here">
                  Problems
                </span>
              </Th>
              <Th className="max-md:hidden">What came from it</Th>
              <Th className={WIDE}>By whom, when</Th>
              <Th className="relative">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {dataset.history.map((version) => (
              <VersionRow
                key={version.id}
                dataset={dataset}
                version={version}
                score={scores.of(version)?.mean}
                descendants={descendantsOf(version, dataset, models.data?.items ?? [])}
              />
            ))}
          </tbody>
        </Table>
      </Card>
    </>
  );
}
