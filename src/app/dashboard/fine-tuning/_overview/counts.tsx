import { Skeleton } from '@/components/ui/skeleton';
import { Stat } from '@/components/ui/stat';
import { formatCount } from '@/lib/format';
import type { Lists } from './lists';
import { LISTED } from './overview-queries';

const ROOT = '/dashboard/fine-tuning';

export function Counts({ datasets, jobs, models, agents }: Lists) {
  const rows = datasets?.items.reduce((sum, dataset) => sum + dataset.version.rows, 0) ?? 0;
  const running = jobs?.items.filter((job) => job.endedAt === null && job.status !== 'draft').length ?? 0;
  const proven = models?.items.filter((model) => model.proof !== null).length ?? 0;
  const calls = agents?.items.reduce((sum, agent) => sum + agent.conversations, 0) ?? 0;
  return (
    <div className="grid grid-cols-2 gap-3 rail:grid-cols-4">
      <Count label="Datasets" place="datasets" list={datasets} note={`${formatCount(rows)} rows`} />
      <Count label="Jobs" place="jobs" list={jobs} note={`${formatCount(running)} running`} />
      <Count label="Models" place="models" list={models} note={`${formatCount(proven)} with proof`} />
      <Count label="Agents" place="agents" list={agents} note={`${formatCount(calls)} conversations`} />
    </div>
  );
}

interface CountProps {
  label: string;
  place: string;
  list: { items: readonly unknown[]; nextCursor: string | null } | undefined;
  note: string;
}

function Count({ label, place, list, note }: CountProps) {
  if (!list) return <Skeleton className="h-[102px]" />;
  const value = list.nextCursor === null ? formatCount(list.items.length) : `${LISTED}+`;
  return <Stat label={label} value={value} note={note} href={`${ROOT}/${place}`} />;
}
