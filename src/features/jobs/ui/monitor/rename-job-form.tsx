'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { type JobDetail, jobUpdateInput } from '../../job.schema';

const shape = z.object({ name: jobUpdateInput.shape.name.unwrap() });

export function RenameJobForm({ job, onClose }: { job: JobDetail; onClose: () => void }) {
  const utils = trpc.useUtils();
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { name: job.name } });
  const update = trpc.jobs.update.useMutation({
    onSuccess: () => {
      void utils.jobs.list.invalidate();
      toast.success('Renamed');
      onClose();
    },
    onError: (error) => form.setError('name', { message: error.message }),
  });
  return (
    <Form className="grid gap-4 pb-1" onSubmit={form.handleSubmit(({ name }) => update.mutate({ id: job.id, name }))}>
      <Field label="Name" error={form.formState.errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} />}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="primary" pending={update.isPending}>
          Rename
        </Button>
      </div>
    </Form>
  );
}
