import { Flag } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount } from '@/lib/format';
import type { JobDetail } from '../../job.schema';
import { three } from './prepare-loss-chart';

export function Checkpoints({ job }: { job: JobDetail }) {
  if (job.checkpoints.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={<Flag />}>
          A checkpoint is the model as it was at one step. Providers that make them usually do so after each epoch.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <Table aria-label="Checkpoints">
        <thead>
          <tr>
            <Th numeric className="w-24">
              Step
            </Th>
            <Th>Name at the provider</Th>
            <Th>Measured</Th>
          </tr>
        </thead>
        <tbody>
          {job.checkpoints.map((checkpoint) => (
            <tr key={checkpoint.providerModelId} className="last:[&>td]:border-b-0">
              <Td numeric>{formatCount(checkpoint.step)}</Td>
              <Td>
                <span className="inline-flex items-center gap-1">
                  <span className="break-all font-mono text-xs">{checkpoint.providerModelId}</span>
                  <CopyButton value={checkpoint.providerModelId} label="Copy name" />
                </span>
              </Td>
              <Td className="text-muted">{measured(checkpoint.metrics)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

const NAMES: Record<string, string> = {
  trainLoss: 'train loss',
  validLoss: 'validation loss',
  fullValidLoss: 'full validation loss',
  trainAccuracy: 'train accuracy',
  validAccuracy: 'validation accuracy',
};

function measured(metrics: Record<string, unknown>): string {
  const known = Object.entries(NAMES).flatMap(([key, name]) => {
    const value = metrics[key];
    return typeof value === 'number' ? [`${name} ${three(value)}`] : [];
  });
  return known.join(' · ') || '–';
}
