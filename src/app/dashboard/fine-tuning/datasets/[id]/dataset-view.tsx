'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';
import { DatasetPage } from '@/features/datasets';

const FitTab = dynamic(() => import('./fit-tab').then((file) => file.FitTab), {
  loading: () => <Skeleton className="h-80" />,
});

/** The dataset with what jobs know about it: where each version can be trained. */
export function DatasetView({ id }: { id: string }) {
  return <DatasetPage id={id} renderFit={(open) => <FitTab {...open} />} />;
}
