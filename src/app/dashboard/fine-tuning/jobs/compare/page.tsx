import { PageBody } from '@/components/layout/page-body';
import { JobCompare } from '@/features/jobs';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Compare jobs' };

export default async function Page() {
  await requireUser();
  return (
    <PageBody>
      <JobCompare />
    </PageBody>
  );
}
