'use client';

import { ArrowUp, Eraser, Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { IconButton } from '@/components/ui/icon-button';
import { Textarea } from '@/components/ui/textarea';

interface ComposerProps {
  busy: boolean;
  canClear: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  onClear: () => void;
}

/** Enter sends, Shift+Enter makes a new line. */
export function Composer({ busy, canClear, onSend, onStop, onClear }: ComposerProps) {
  const [text, setText] = useState('');
  const ready = text.trim() !== '' && !busy;

  function send() {
    if (!ready) return;
    onSend(text.trim());
    setText('');
  }

  return (
    <Form className="flex items-end gap-2 border-t p-3" onSubmit={send}>
      <Textarea
        aria-label="Message"
        rows={2}
        value={text}
        placeholder="Ask something a caller would ask"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton label="Start over" variant="ghost" disabled={!canClear} onClick={onClear}>
        <Eraser />
      </IconButton>
      {busy ? (
        <Button onClick={onStop}>
          <Square /> Stop
        </Button>
      ) : (
        <Button type="submit" variant="primary" disabled={!ready}>
          <ArrowUp /> Send
        </Button>
      )}
    </Form>
  );
}
