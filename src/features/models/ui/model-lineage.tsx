import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Card } from '@/components/ui/card';
import type { ModelDetail } from '../model.schema';

const BASE = '/dashboard/fine-tuning';

/** Where it came from and who answers with it, as one line: dataset version → job → model → agents. */
export function ModelLineage({ model }: { model: ModelDetail }) {
  const agents = model.usedBy;
  return (
    <Card title="Lineage">
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <Step href={`${BASE}/datasets/${model.dataset.id}`} what="dataset">
          {model.dataset.name} v{model.dataset.version}
        </Step>
        <Step href={`${BASE}/jobs/${model.job.id}`} what="job" arrow>
          {model.job.name}
        </Step>
        <Step what="model" arrow>
          {model.label}
        </Step>
        {agents.length === 0 && (
          <li className="flex items-center gap-2 text-faint">
            <ChevronRight aria-hidden className="size-4" /> no agent yet
          </li>
        )}
        {agents.map((agent) => (
          <Step
            key={agent.id}
            href={`${BASE}/agents/${agent.id}`}
            what={agent.active ? 'agent' : 'agent, earlier'}
            arrow
          >
            {agent.slug}
          </Step>
        ))}
      </ol>
    </Card>
  );
}

interface StepProps {
  href?: string;
  what: string;
  arrow?: boolean;
  children: React.ReactNode;
}

function Step({ href, what, arrow, children }: StepProps) {
  const name = <span className="font-medium">{children}</span>;
  return (
    <li className="flex items-center gap-2">
      {arrow && <ChevronRight aria-hidden className="size-4 text-faint" />}
      <span>
        <span className="text-faint">{what} </span>
        {href ? (
          <Link href={href} className="text-accent hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
    </li>
  );
}
