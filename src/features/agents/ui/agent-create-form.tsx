'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { agentCreateInput } from '../agent.schema';
import { slugFrom } from '../chat.rules';
import { toModelChoice, useModelOptions } from './model-choice';

const shape = agentCreateInput
  .pick({ name: true, slug: true })
  .extend({ systemPrompt: z.string().max(20_000), model: z.string() });

export function AgentCreateForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const options = useModelOptions();
  const form = useForm({
    resolver: zodResolver(shape),
    defaultValues: { name: '', slug: '', systemPrompt: '', model: '' },
  });
  const { errors, dirtyFields } = form.formState;
  // Prompt and model make a release together, so a prompt alone would have nowhere to go.
  const chosen = useWatch({ control: form.control, name: 'model' });
  const create = trpc.agents.create.useMutation({
    onSuccess: async (agent) => {
      await utils.agents.list.invalidate();
      toast.success(`${agent.name} is there`);
      router.push(`/dashboard/fine-tuning/agents/${agent.id}`);
    },
    onError: (error) => {
      const taken = error.data?.fields?.slug;
      if (taken) form.setError('slug', { message: taken });
      else form.setError('root', { message: error.message });
    },
  });
  const submit = form.handleSubmit(({ model, ...agent }) =>
    create.mutate({ ...agent, ...(model && toModelChoice(model)) }),
  );
  const name = form.register('name', {
    onChange: ({ target }: { target: { value: string } }) => {
      if (!dirtyFields.slug) form.setValue('slug', target.value.trim() ? slugFrom(target.value) : '');
    },
  });
  return (
    <Form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...name} placeholder="Support router" autoFocus />}
        </Field>
        <Field label="Slug" hint="What callers write as model." error={errors.slug?.message}>
          {(control) => <Input {...control} {...form.register('slug')} placeholder="support-router" />}
        </Field>
      </div>
      <Field label="Answers with" note="optional" hint="You can deploy a model later.">
        {(control) => (
          <Controller
            control={form.control}
            name="model"
            render={({ field }) => (
              <Select
                {...control}
                options={options ?? []}
                value={field.value}
                onValueChange={field.onChange}
                placeholder={options ? 'Choose a model' : 'Loading models…'}
              />
            )}
          />
        )}
      </Field>
      {chosen !== '' && (
        <Field label="System prompt" note="optional" error={errors.systemPrompt?.message}>
          {(control) => (
            <Textarea
              {...control}
              {...form.register('systemPrompt')}
              rows={5}
              placeholder="You sort support tickets. Answer with the label only."
            />
          )}
        </Field>
      )}
      <FormFailure message={errors.root?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Make agent
        </Button>
      </div>
    </Form>
  );
}
