'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { type DatasetDetail, datasetName } from '../dataset.schema';

const shape = z.object({ name: datasetName, description: z.string().trim().max(500, 'At most 500 characters.') });

export function RenameDatasetForm({ dataset, onClose }: { dataset: DatasetDetail; onClose: () => void }) {
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(shape),
    defaultValues: { name: dataset.name, description: dataset.description ?? '' },
  });
  const { errors } = form.formState;
  const update = trpc.datasets.update.useMutation({
    onSuccess: (updated) => {
      utils.datasets.get.setData({ id: dataset.id }, updated);
      void utils.datasets.list.invalidate();
      toast.success('Saved');
      onClose();
    },
    onError: (error) => form.setError(error.data?.fields?.name ? 'name' : 'root', { message: error.message }),
  });
  return (
    <Form
      className="grid gap-4 pb-1"
      onSubmit={form.handleSubmit(({ name, description }) =>
        update.mutate({ id: dataset.id, name, description: description || null }),
      )}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} />}
      </Field>
      <Field label="Description" note="optional" error={errors.description?.message}>
        {(control) => <Textarea {...control} {...form.register('description')} rows={3} />}
      </Field>
      <FormFailure message={errors.root?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="primary" pending={update.isPending}>
          Save
        </Button>
      </div>
    </Form>
  );
}
