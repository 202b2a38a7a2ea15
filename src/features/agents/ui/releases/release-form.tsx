'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Term } from '@/components/ui/term';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { type AgentDetail, agentParameters } from '../../agent.schema';
import { type ModelOption, toModelChoice, useModelOptions } from '../model-choice';

/** Empty = the provider's own default; the text of a number field becomes a number here. */
const optionalNumber = (schema: z.ZodType<number | undefined, number | undefined>) =>
  z
    .string()
    .trim()
    .transform((text) => (text === '' ? undefined : Number(text)))
    .pipe(schema);

const { temperature, topP, maxTokens } = agentParameters.shape;

const shape = z.object({
  model: z.string().min(1, 'Choose a model.'),
  systemPrompt: z.string().max(20_000, 'At most 20 000 characters.'),
  temperature: optionalNumber(temperature),
  topP: optionalNumber(topP),
  maxTokens: optionalNumber(maxTokens),
  note: z.string().trim().max(300, 'At most 300 characters.'),
});

const KEEP = 'keep';

/** A new release starts as a copy of what answers now; saving it makes it answer. */
export function ReleaseForm({ agent, onDone }: { agent: AgentDetail; onDone: () => void }) {
  const utils = trpc.useUtils();
  const models = useModelOptions() ?? [];
  const { active } = agent;
  const keep: ModelOption[] = active ? [{ value: KEEP, label: active.target.label, hint: 'as now' }] : [];
  const number = (value: number | undefined) => value?.toString() ?? '';
  const form = useForm({
    resolver: zodResolver(shape),
    defaultValues: {
      model: active ? KEEP : '',
      systemPrompt: active?.systemPrompt ?? '',
      temperature: number(active?.parameters.temperature),
      topP: number(active?.parameters.topP),
      maxTokens: number(active?.parameters.maxTokens),
      note: '',
    },
  });
  const { errors } = form.formState;
  const create = trpc.agents.createRelease.useMutation({
    onSuccess: async (release) => {
      await Promise.all([utils.agents.get.invalidate({ id: agent.id }), utils.agents.list.invalidate()]);
      toast.success(`Release ${release.number} answers now`);
      onDone();
    },
    onError: (error) => form.setError('root', { message: error.message }),
  });
  const submit = form.handleSubmit(({ model, systemPrompt, note, ...parameters }) => {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    create.mutate({
      agentId: agent.id,
      systemPrompt,
      parameters: Object.fromEntries(given),
      ...(note && { note }),
      ...(model !== KEEP && toModelChoice(model)),
    });
  });
  return (
    <Form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Field label="Model" error={errors.model?.message}>
        {(control) => (
          <Controller
            control={form.control}
            name="model"
            render={({ field }) => (
              <Select
                {...control}
                options={[...keep, ...models]}
                value={field.value}
                onValueChange={field.onChange}
                placeholder="Choose a model"
              />
            )}
          />
        )}
      </Field>
      <Field label="System prompt" note="optional" error={errors.systemPrompt?.message}>
        {(control) => <Textarea {...control} {...form.register('systemPrompt')} rows={6} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          label={<Term explain="0 always takes the likeliest word; higher varies more, up to 2.">Temperature</Term>}
          error={errors.temperature?.message}
        >
          {(control) => (
            <Input {...control} {...form.register('temperature')} inputMode="decimal" placeholder="default" />
          )}
        </Field>
        <Field
          label={
            <Term explain="Only the likeliest words that together have this probability are drawn from.">Top p</Term>
          }
          error={errors.topP?.message}
        >
          {(control) => <Input {...control} {...form.register('topP')} inputMode="decimal" placeholder="default" />}
        </Field>
        <Field label="Most tokens" error={errors.maxTokens?.message}>
          {(control) => (
            <Input {...control} {...form.register('maxTokens')} inputMode="numeric" placeholder="default" />
          )}
        </Field>
      </div>
      <Field
        label="Note"
        note="optional"
        hint="Why this release, for those who come after."
        error={errors.note?.message}
      >
        {(control) => <Input {...control} {...form.register('note')} />}
      </Field>
      <FormFailure message={errors.root?.message} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Release
        </Button>
      </div>
    </Form>
  );
}
