'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

// A tab comes when it is opened.
const loading = () => <Skeleton className="h-64" />;

export const LedgerPanel = dynamic(() => import('./ledger-panel').then((file) => file.LedgerPanel), { loading });
export const PricesPanel = dynamic(() => import('./prices-panel').then((file) => file.PricesPanel), { loading });
