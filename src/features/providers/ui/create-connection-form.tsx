'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { showServerErrors } from '@/components/ui/server-errors';
import { type ConnectionCreateInput, connectionCreateInput } from '../provider.schema';
import { blankIsNothing } from './blank-is-nothing';
import { kindLabels } from './connection-words';
import type { ConnectionMutations } from './use-connection-mutations';

const kinds = [
  { value: 'openai', label: kindLabels.openai, hint: 'api.openai.com, with a key of your project' },
  { value: 'openai_compatible', label: kindLabels.openai_compatible, hint: 'Anything that speaks its fine-tuning API' },
] as const;

export function CreateConnectionForm({ create }: { create: ConnectionMutations['create'] }) {
  const form = useForm<ConnectionCreateInput>({
    resolver: zodResolver(connectionCreateInput),
    defaultValues: { kind: 'openai', label: '' },
  });
  const { errors } = form.formState;
  const kind = form.watch('kind');
  const send = form.handleSubmit((values) =>
    create.mutate(values, { onError: (error) => showServerErrors(error, form.setError) }),
  );
  return (
    <Form id="connection" noValidate className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      <Field label="Kind">
        {(control) => (
          <Controller
            control={form.control}
            name="kind"
            render={({ field }) => (
              <Select {...control} options={kinds} value={field.value} onValueChange={field.onChange} />
            )}
          />
        )}
      </Field>
      <Field label="Name" hint="As it will stand in lists: “OpenAI, research project”." error={errors.label?.message}>
        {(control) => <Input {...control} {...form.register('label')} autoComplete="off" />}
      </Field>
      {kind === 'openai_compatible' && (
        <Field label="Server address" error={errors.baseUrl?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('baseUrl', { setValueAs: blankIsNothing })}
              placeholder="https://host/v1"
              inputMode="url"
            />
          )}
        </Field>
      )}
      <Field label="API key" {...(kind === 'openai_compatible' && { note: 'optional' })} error={errors.secret?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('secret', { setValueAs: blankIsNothing })}
            type="password"
            autoComplete="off"
          />
        )}
      </Field>
      <FormFailure message={errors.root?.message} />
    </Form>
  );
}
