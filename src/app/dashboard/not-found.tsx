import Link from 'next/link';
import { PageBody } from '@/components/layout/page-body';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';

export default function NotFound() {
  return (
    <PageBody>
      <PageHeader title="Nothing here" />
      <EmptyState
        actions={
          <Button asChild variant="primary">
            <Link href="/dashboard/fine-tuning">Go to the overview</Link>
          </Button>
        }
      >
        This was not found here. It may have been deleted, or it belongs to another workspace: choose one at the bottom
        left.
      </EmptyState>
    </PageBody>
  );
}
