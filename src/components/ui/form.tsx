'use client';

import { type ComponentProps, type SubmitEvent, useRef } from 'react';

type FormProps = Omit<ComponentProps<'form'>, 'action' | 'method' | 'onReset' | 'onSubmit' | 'ref'> & {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
};

/**
 * A form that only scripts send. Left to itself, the browser would answer a press that comes before them with a GET, and
 * put all fields, passwords too, into the address. As the action is a function, React has the page hold such a press back
 * until the scripts are there; it is then sent like any other, with what the fields say by then.
 */
export function Form({ onSubmit, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const isSentLate = useRef(false);
  // Called for what was held back alone: each press since is prevented from doing more than `onSubmit` does.
  const sendLate = () => {
    // Somebody who waited may have pressed more than once.
    if (isSentLate.current) return;
    isSentLate.current = true;
    // After the fields have told what was typed into them: see use-early-text.ts.
    setTimeout(() => form.current?.requestSubmit());
  };
  return (
    <form
      {...rest}
      ref={form}
      action={sendLate}
      // React empties a form whose action was called.
      onReset={(event) => isSentLate.current && event.preventDefault()}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event);
      }}
    />
  );
}
