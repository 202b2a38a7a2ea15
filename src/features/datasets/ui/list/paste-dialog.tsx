'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { trpc } from '@/trpc/client';
import { importTextInput } from '../../dataset.schema';
import { sampleLines } from '../sample-lines';

/** An empty name is no name: the server then chooses one. */
const shape = importTextInput.pick({ text: true }).extend({
  name: z.union([z.literal(''), importTextInput.shape.name.unwrap()]),
});

interface PasteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The text becomes the next version of this dataset. */
  dataset?: { id: string; name: string };
}

export function PasteDialog({ open, onOpenChange, dataset }: PasteDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={dataset ? `Paste the next version of ${dataset.name}` : 'Paste examples'}
      description="One JSON object per line, each with the messages of one example."
    >
      {open && <PasteForm dataset={dataset} onClose={() => onOpenChange(false)} />}
    </Dialog>
  );
}

interface PasteFormProps {
  dataset: PasteDialogProps['dataset'];
  onClose: () => void;
}

function PasteForm({ dataset, onClose }: PasteFormProps) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { text: '', name: '' } });
  const { errors } = form.formState;
  const create = trpc.datasets.createFromText.useMutation({
    onSuccess: ({ datasetId }) => {
      void utils.datasets.invalidate();
      toast.success('Saved, and being checked');
      onClose();
      router.push(`/dashboard/fine-tuning/datasets/${datasetId}`);
    },
    onError: (error) => {
      const { text, name } = error.data?.fields ?? {};
      if (text) form.setError('text', { message: text });
      if (name) form.setError('name', { message: name });
      if (!text && !name) form.setError('root', { message: error.message });
    },
  });
  return (
    <form
      className="grid gap-4 pb-1"
      onSubmit={form.handleSubmit(({ text, name }) =>
        create.mutate({ text, ...(dataset && { datasetId: dataset.id }), ...(name && { name }) }),
      )}
    >
      {!dataset && (
        <Field label="Name" note="optional" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} placeholder="support-tickets" autoFocus />}
        </Field>
      )}
      <Field label="Examples" error={errors.text?.message}>
        {(control) => (
          <Textarea
            {...control}
            {...form.register('text')}
            rows={12}
            spellCheck={false}
            className="whitespace-pre font-mono text-xs"
            placeholder={'{"messages":[{"role":"user","content":"…"},{"role":"assistant","content":"…"}]}'}
          />
        )}
      </Field>
      {errors.root && (
        <p role="alert" className="text-bad text-sm">
          {errors.root.message}
        </p>
      )}
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" onClick={() => form.setValue('text', sampleLines(), { shouldValidate: true })}>
          Fill in a sample
        </Button>
        <span className="flex gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant="primary" pending={create.isPending}>
            Check and save
          </Button>
        </span>
      </div>
    </form>
  );
}
