'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { OauthButtons } from './oauth-buttons';
import { signInError } from './sign-in-errors';

// Without a schema library: this page is the first that anybody loads.
const email = {
  validate: (text: string) => /^\S+@\S+$/.test(text.trim()) || 'Write your mail address, like name@example.com.',
};
const password = { required: 'Write your password.' };

interface LoginFormProps {
  /** A path of this site. */
  next: string;
  oauth: ('github' | 'google')[];
  /** Code that an earlier try left in the address. */
  error: string | null;
}

export function LoginForm({ next, oauth, error }: LoginFormProps) {
  const [failure, setFailure] = useState(signInError(error));
  const [pending, setPending] = useState(false);
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors } = form.formState;

  async function submit(values: { email: string; password: string }) {
    setPending(true);
    setFailure(null);
    try {
      const answer = await signIn('credentials', { ...values, redirect: false, callbackUrl: next });
      // `ok` is set together with `error` by the library: only the second one tells.
      if (answer?.ok && !answer.error) return window.location.assign(next);
      setFailure(signInError(answer?.error ?? 'unknown'));
    } catch {
      setFailure('The server did not answer. It may be starting; try again in a moment.');
    }
    setPending(false);
  }

  return (
    <>
      <h1 className="mb-4 font-semibold text-xl">Sign in</h1>
      <noscript className="mb-4 block text-muted">Signing in needs JavaScript, which is switched off here.</noscript>
      <Form onSubmit={(event) => void form.handleSubmit(submit)(event)} noValidate className="flex flex-col gap-4">
        <Field label="Mail address" error={errors.email?.message}>
          {(control) => (
            <Input {...control} {...form.register('email', email)} type="email" autoComplete="username" autoFocus />
          )}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('password', password)}
              type="password"
              autoComplete="current-password"
            />
          )}
        </Field>
        {failure !== null && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {failure}
          </p>
        )}
        <Button type="submit" variant="primary" pending={pending}>
          Sign in
        </Button>
      </Form>
      <OauthButtons offered={oauth} next={next} />
    </>
  );
}
