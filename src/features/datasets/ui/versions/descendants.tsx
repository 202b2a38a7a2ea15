import { Box, Workflow } from 'lucide-react';
import Link from 'next/link';
import { Popover } from '@/components/ui/popover';
import type { Descendant } from './prepare-version';

const ADDRESSES = { job: '/dashboard/fine-tuning/jobs', model: '/dashboard/fine-tuning/models' } as const;
const SHOWN = 2;

/** Models and jobs that came from a version, each one click away. */
export function Descendants({ of: all, number }: { of: readonly Descendant[]; number: number }) {
  if (all.length === 0) return <span className="text-faint">nothing yet</span>;
  const rest = all.length - SHOWN;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {all.slice(0, SHOWN).map((one) => (
        <DescendantLink key={one.id} one={one} />
      ))}
      {rest > 0 && (
        <Popover
          align="end"
          trigger={
            <button
              type="button"
              aria-label={`All ${all.length} that came from v${number}`}
              className="shrink-0 rounded-sm text-muted hover:text-fg hover:underline"
            >
              +{rest}
            </button>
          }
        >
          <ul className="grid max-h-72 gap-1.5 overflow-y-auto text-sm">
            {all.map((one) => (
              <li key={one.id} className="flex min-w-0">
                <DescendantLink one={one} />
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </span>
  );
}

function DescendantLink({ one: { id, kind, name } }: { one: Descendant }) {
  return (
    <Link
      href={`${ADDRESSES[kind]}/${id}`}
      title={`${kind === 'job' ? 'Job' : 'Model'} ${name}`}
      className="inline-flex min-w-0 items-center gap-1 hover:text-accent hover:underline"
    >
      {kind === 'job' ? (
        <Workflow aria-label="Job" className="size-3.5 shrink-0 text-faint" />
      ) : (
        <Box aria-label="Model" className="size-3.5 shrink-0 text-faint" />
      )}
      <span className="truncate">{name}</span>
    </Link>
  );
}
