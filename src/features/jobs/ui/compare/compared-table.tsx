import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Table, Td, Th } from '@/components/ui/table';
import type { JobDetail } from '../../job.schema';
import { compareJobs, labelsOf } from './prepare-comparison';

export function ComparedTable({ jobs }: { jobs: readonly JobDetail[] }) {
  const labels = labelsOf(jobs);
  return (
    <Card flush>
      <Table aria-label="Settings and results">
        <thead>
          <tr>
            <Th className="w-44">{jobs.length > 1 ? 'What differs first' : 'Setting'}</Th>
            {jobs.map((job, index) => (
              <Th key={job.id} className="max-w-56 truncate">
                {labels[index]}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compareJobs(jobs).map(({ name, values, differs }) => (
            <tr key={name} className="last:[&>td]:border-b-0">
              <Td className="text-muted">{name}</Td>
              {values.map((value, index) => (
                <Td key={jobs[index]?.id} className={cn(differs ? 'font-medium' : 'text-muted')}>
                  {value}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
