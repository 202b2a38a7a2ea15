'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { showServerErrors } from '@/components/ui/server-errors';
import { trpc } from '@/trpc/client';
import { type ApiKeyCreated, apiKeyCreateInput } from '../workspace.schema';
import { RoleSelect } from './role-select';

export function CreateKeyForm({ onMade }: { onMade: (key: ApiKeyCreated) => void }) {
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(apiKeyCreateInput),
    defaultValues: { name: '', role: 'member' as const },
  });
  const create = trpc.workspaces.createApiKey.useMutation({
    onSuccess: async (key) => {
      onMade(key);
      await utils.workspaces.apiKeys.invalidate();
    },
    onError: (error) => showServerErrors(error, form.setError),
  });
  const { errors } = form.formState;
  return (
    <Form
      id="create-key"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => !create.isPending && create.mutate(values))(event)}
    >
      <Field label="Name" hint="What will use it, e.g. “billing service”." error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <Field
        label="May do what this role may"
        hint="It acts for you: never more than your own role, and only while you are a member here."
        error={errors.role?.message}
      >
        {(control) => (
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RoleSelect {...control} value={field.value ?? 'member'} onValueChange={field.onChange} />
            )}
          />
        )}
      </Field>
      <FormFailure message={errors.root?.message} />
    </Form>
  );
}
