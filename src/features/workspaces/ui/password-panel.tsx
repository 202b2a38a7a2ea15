'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { signIn } from 'next-auth/react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { showServerErrors } from '@/components/ui/server-errors';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { passwordChangeInput } from '../workspace.schema';

const empty = { current: '', next: '' };

export function PasswordPanel() {
  const form = useForm({ resolver: zodResolver(passwordChangeInput), defaultValues: empty });
  const { data: me } = trpc.workspaces.me.useQuery();
  const change = trpc.workspaces.changePassword.useMutation({
    onSuccess: async (_done, { next }) => {
      form.reset(empty);
      // The change has ended every session: only the one that made it goes on.
      if (me) await signIn('credentials', { email: me.user.email, password: next, redirect: false });
      toast.success('Your password is changed. Everywhere else you are signed out now.');
    },
    onError: (error) => showServerErrors(error, form.setError),
  });
  const { errors } = form.formState;
  return (
    <Card title="Your password" className="max-w-xl">
      <Form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => change.mutate(values))(event)}
      >
        <Field label="Current password" error={errors.current?.message}>
          {(control) => (
            <Input {...control} {...form.register('current')} type="password" autoComplete="current-password" />
          )}
        </Field>
        <Field label="New password" hint="At least 10 characters." error={errors.next?.message}>
          {(control) => <Input {...control} {...form.register('next')} type="password" autoComplete="new-password" />}
        </Field>
        <FormFailure message={errors.root?.message} />
        <div>
          <Button type="submit" pending={change.isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  );
}
