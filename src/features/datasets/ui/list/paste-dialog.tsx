'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { importTextInput } from '../../dataset.schema';
import type { DatasetFormat } from '../../formats/format.schema';
import type { FileQuestion } from '../import/look-at-file';
import { sampleLines } from '../sample-lines';
import { useFreeName } from '../use-free-name';

const ImportDialog = dynamic(() => import('../import/import-dialog').then((module) => module.ImportDialog), {
  ssr: false,
});

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

interface Draft {
  text: string;
  name: string;
}

const EMPTY: Draft = { text: '', name: '' };

/** Text becomes a dataset like a file does: what is not clearly chat JSONL is asked about first. */
export function PasteDialog({ open, onOpenChange, dataset }: PasteDialogProps) {
  const [draft, setDraft] = useState(EMPTY);
  const [question, setQuestion] = useState<FileQuestion | null>(null);
  const close = () => {
    setDraft(EMPTY);
    setQuestion(null);
    onOpenChange(false);
  };
  const create = useCreate(close, () => setQuestion(null));
  const send = ({ text, name }: Draft, format?: DatasetFormat) =>
    create.mutate({
      text,
      ...(dataset && { datasetId: dataset.id }),
      ...(name && { name }),
      ...(format && { format }),
    });
  const submit = async (values: Draft) => {
    setDraft(values);
    const asked = await look(values);
    if (asked) setQuestion(asked);
    else send(values);
  };
  return (
    <>
      <Dialog
        open={open && question === null}
        onOpenChange={(next) => !next && close()}
        size="lg"
        title={dataset ? `Paste the next version of ${dataset.name}` : 'Paste examples'}
        description="JSON lines, a JSON list, or a table with a header line: what it is, is found out."
      >
        {open && <PasteForm dataset={dataset} draft={draft} create={create} onSubmit={submit} onClose={close} />}
      </Dialog>
      {open && question && (
        <ImportDialog
          question={question}
          asksName={false}
          alike={0}
          pending={create.isPending}
          onImport={({ format }) => send(draft, format)}
          onSkip={() => setQuestion(null)}
        />
      )}
    </>
  );
}

async function look({ text }: Draft): Promise<FileQuestion | null> {
  const { questionAboutText } = await import('../import/look-at-file');
  return questionAboutText('the pasted text', text);
}

function useCreate(onDone: () => void, onFailed: () => void) {
  const router = useRouter();
  const utils = trpc.useUtils();
  return trpc.datasets.createFromText.useMutation({
    onSuccess: ({ datasetId }) => {
      void utils.datasets.invalidate();
      toast.success('Saved, and being checked');
      onDone();
      router.push(`/dashboard/fine-tuning/datasets/${datasetId}`);
    },
    // Back to the text, where the words stand beside what they are about.
    onError: onFailed,
  });
}

interface PasteFormProps {
  dataset: PasteDialogProps['dataset'];
  draft: Draft;
  create: ReturnType<typeof useCreate>;
  onSubmit: (draft: Draft) => Promise<void>;
  onClose: () => void;
}

function PasteForm({ dataset, draft, create, onSubmit, onClose }: PasteFormProps) {
  const form = useForm({ resolver: zodResolver(shape), defaultValues: draft });
  const { errors, isSubmitting } = form.formState;
  const free = useFreeName(form.watch('name'));
  const { setError } = form;
  const failure = create.error;
  useEffect(() => {
    if (!failure) return;
    const { text, name } = failure.data?.fields ?? {};
    if (text) setError('text', { message: text });
    if (name) setError('name', { message: name });
    if (!text && !name) setError('root', { message: failure.message });
  }, [failure, setError]);
  return (
    <Form className="grid gap-4 pb-1" onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}>
      {!dataset && (
        <Field
          label="Name"
          note="optional"
          error={errors.name?.message}
          {...(free !== null && { hint: `There is a dataset of this name. “${free}” is free.` })}
        >
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
          <Button type="submit" variant="primary" pending={create.isPending || isSubmitting}>
            Check and save
          </Button>
        </span>
      </div>
    </Form>
  );
}
