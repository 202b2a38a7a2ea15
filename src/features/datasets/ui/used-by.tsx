import { Workflow } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, Td, Th } from '@/components/ui/table';
import type { DatasetDetail } from '../dataset.schema';

export function UsedBy({ dataset }: { dataset: DatasetDetail }) {
  if (dataset.usedBy.length === 0) {
    return (
      <Card flush>
        <EmptyState
          icon={<Workflow />}
          actions={
            dataset.version.status === 'ready' && (
              <Button asChild>
                <Link href={`/dashboard/fine-tuning/jobs/new?dataset=${dataset.id}`}>Fine-tune a model on it</Link>
              </Button>
            )
          }
        >
          No job was trained on this dataset yet.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <Table aria-label="Jobs trained on this dataset">
        <thead>
          <tr>
            <Th>Job</Th>
            <Th>State</Th>
            <Th numeric>Version</Th>
          </tr>
        </thead>
        <tbody>
          {dataset.usedBy.map((job) => (
            <tr key={job.id} className="last:[&>td]:border-b-0 hover:bg-sunken">
              <Td>
                <Link
                  href={`/dashboard/fine-tuning/jobs/${job.id}`}
                  className="font-medium text-fg hover:text-accent hover:underline"
                >
                  {job.name}
                </Link>
              </Td>
              <Td className="text-muted">{job.status}</Td>
              <Td numeric>v{job.version}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
