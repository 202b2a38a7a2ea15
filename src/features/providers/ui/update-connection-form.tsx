'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { showServerErrors } from '@/components/ui/server-errors';
import { type ConnectionSummary, type ConnectionUpdateInput, connectionUpdateInput } from '../provider.schema';
import { blankIsNothing } from './blank-is-nothing';
import type { ConnectionMutations } from './use-connection-mutations';

interface UpdateConnectionFormProps {
  connection: ConnectionSummary;
  update: ConnectionMutations['update'];
}

export function UpdateConnectionForm({ connection, update }: UpdateConnectionFormProps) {
  const form = useForm<ConnectionUpdateInput>({
    resolver: zodResolver(connectionUpdateInput),
    defaultValues: { id: connection.id, label: connection.label, baseUrl: connection.baseUrl ?? undefined },
  });
  const { errors } = form.formState;
  const send = form.handleSubmit((values) =>
    update.mutate(values, { onError: (error) => showServerErrors(error, form.setError) }),
  );
  return (
    <Form id="connection" noValidate className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      <Field label="Name" error={errors.label?.message}>
        {(control) => <Input {...control} {...form.register('label')} autoComplete="off" />}
      </Field>
      {connection.kind === 'openai_compatible' && (
        <Field label="Server address" error={errors.baseUrl?.message}>
          {(control) => (
            <Input {...control} {...form.register('baseUrl', { setValueAs: blankIsNothing })} inputMode="url" />
          )}
        </Field>
      )}
      <Field
        label="New API key"
        note="optional"
        hint={
          connection.hasSecret ? `Leave it empty to keep ${connection.secretHint ?? 'the present one'}.` : undefined
        }
        error={errors.secret?.message}
      >
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
