'use client';

import { PageBody } from '@/components/layout/page-body';
import { ErrorPanel } from '@/components/ui/error-panel';

/** In place of a page that failed while it was drawn; rail and top bar stay. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <PageBody>
      <ErrorPanel title="This page could not be shown" error={error} onRetry={retry} />
    </PageBody>
  );
}
