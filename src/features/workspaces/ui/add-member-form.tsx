'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { showServerErrors } from '@/components/ui/server-errors';
import { trpc } from '@/trpc/client';
import { type MemberAdded, memberAddInput } from '../workspace.schema';
import { RoleSelect } from './role-select';

export function AddMemberForm({ onAdded }: { onAdded: (member: MemberAdded) => void }) {
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(memberAddInput),
    defaultValues: { email: '', role: 'member' as const },
  });
  const add = trpc.workspaces.addMember.useMutation({
    onSuccess: async (member) => {
      onAdded(member);
      await utils.workspaces.members.invalidate();
    },
    onError: (error) => showServerErrors(error, form.setError),
  });
  const { errors } = form.formState;
  return (
    <Form
      id="add-member"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => !add.isPending && add.mutate(values))(event)}
    >
      <Field label="Mail address" error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" />}
      </Field>
      <Field label="Role" error={errors.role?.message}>
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
