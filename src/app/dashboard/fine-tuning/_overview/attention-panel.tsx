'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { StatusBadge } from '@/components/ui/status-badge';
import { trpc } from '@/trpc/client';
import { attentionItems } from './attention';
import type { Lists } from './lists';

/** Only there when something is the matter. */
export function AttentionPanel({ datasets, jobs, models }: Lists) {
  const providers = trpc.providers.list.useQuery();
  const summary = trpc.budgets.summary.useQuery();
  const items = attentionItems(
    {
      datasets: datasets?.items ?? [],
      jobs: jobs?.items ?? [],
      models: models?.items ?? [],
      providers: providers.data ?? [],
      budgets: summary.data?.budgets ?? [],
    },
    new Date(),
  );
  if (items.length === 0) return null;
  return (
    <Card flush title="Needs attention">
      <ul className="divide-y border-t">
        {items.map((item) => (
          <li key={item.id}>
            <Link href={item.href} className="flex min-h-10 items-center gap-3 px-4 py-2 hover:bg-sunken">
              <StatusBadge tone={item.tone}>{item.tone === 'bad' ? 'problem' : 'soon'}</StatusBadge>
              <span className="line-clamp-2 min-w-0 flex-1">{item.text}</span>
              <span className="flex shrink-0 items-center gap-1 text-accent text-sm">
                {item.action}
                <ArrowRight aria-hidden className="size-4" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
