'use client';

import { ChevronDown } from 'lucide-react';
import { type ComponentType, type KeyboardEvent, type ReactNode, useState } from 'react';
import { fetchAhead } from './opener';
import { selectLook } from './select-look';

const load = () => import('./select-list').then((file) => file.SelectList);

export interface SelectOption<V extends string = string> {
  value: V;
  label: string;
  /** Second line, muted. */
  hint?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<V extends string> {
  options: readonly SelectOption<V>[];
  value: V | undefined;
  onValueChange: (value: V) => void;
  placeholder?: string;
  /** Needed when no Field labels it. */
  'aria-label'?: string;
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  disabled?: boolean;
  size?: 'sm' | 'md';
  className?: string;
}

/**
 * An empty string is not a value here: give "all" a value of its own. Until it is opened it is a button that looks and
 * sounds like the closed list; the list and all it needs come then.
 */
export function Select<V extends string>(props: SelectProps<V>) {
  const { options, value, onValueChange, placeholder = 'Choose', size = 'md', className, ...rest } = props;
  const [List, setList] = useState<ComponentType<SelectProps<V>> | null>(null);
  if (List) return <List {...props} />;
  const chosen = options.find((option) => option.value === value);
  const open = () => void load().then((loaded) => setList(() => loaded));

  function type(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      open();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const next = options.find(
        ({ label, disabled }) => disabled !== true && label.toLowerCase().startsWith(event.key.toLowerCase()),
      );
      if (next) onValueChange(next.value);
    }
  }

  return (
    <button
      {...rest}
      type="button"
      role="combobox"
      aria-expanded={false}
      aria-autocomplete="none"
      data-placeholder={chosen ? undefined : ''}
      className={selectLook(size, className)}
      onClick={open}
      onKeyDown={type}
      onPointerEnter={() => fetchAhead(load)}
      onFocus={() => fetchAhead(load)}
    >
      <span className="truncate">{chosen?.label ?? placeholder}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
    </button>
  );
}
