import type { Metadata } from 'next';
import { PageBody } from '@/components/layout/page-body';
import { PageHeader } from '@/components/ui/page-header';
import { UrlTabs } from '@/components/ui/url-tabs';
import { BudgetFigures, CapsPanel, LedgerPanel, PricesPanel } from '@/features/budgets';
import { requireUser } from '@/server/session';
import { serverTrpc } from '../../server-trpc';

export const metadata: Metadata = { title: 'Budgets' };

export default async function BudgetsPage() {
  const { actor } = await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await Promise.all([trpc.budgets.summary.prefetch(), trpc.budgets.prices.prefetch()]);
  const manages = actor.can('budgets:manage');
  const spending = (
    <div className="space-y-5">
      <BudgetFigures />
      <CapsPanel manages={manages} />
    </div>
  );
  return (
    <HydrateClient>
      <PageBody>
        <PageHeader title="Budgets" summary="What was spent, what may be spent, and what things cost." />
        <UrlTabs
          aria-label="Budgets"
          tabs={[
            { value: 'spending', label: 'Spending and caps', content: spending },
            { value: 'ledger', label: 'Ledger', content: <LedgerPanel /> },
            { value: 'prices', label: 'Prices', content: <PricesPanel manages={manages} /> },
          ]}
        />
      </PageBody>
    </HydrateClient>
  );
}
