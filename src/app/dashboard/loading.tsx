import { PageBody } from '@/components/layout/page-body';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageBody>
      <div role="status" aria-label="Loading">
        <Skeleton className="h-8 w-48" />
        <Skeleton className="mt-2 h-4 w-72" />
        <Skeleton className="mt-6 h-72 w-full" />
      </div>
    </PageBody>
  );
}
