'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { SelectProps } from './select';
import { selectLook } from './select-look';

/** A select that has been opened once. */
export function SelectList<V extends string>(props: SelectProps<V>) {
  const { options, value, onValueChange, placeholder = 'Choose', size = 'md', className, disabled, ...aria } = props;
  return (
    <Radix.Root
      defaultOpen
      value={value ?? ''}
      onValueChange={(next) => onValueChange(next as V)}
      disabled={disabled ?? false}
    >
      <Radix.Trigger {...aria} className={selectLook(size, className)}>
        <span className="truncate">
          {/* Said here and not left to the list, which does not exist on the server. */}
          <Radix.Value placeholder={placeholder}>{options.find((option) => option.value === value)?.label}</Radix.Value>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="relative flex min-h-8 flex-col justify-center rounded-md py-1 pr-8 pl-2 text-base outline-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint !== undefined && <span className="text-muted text-sm">{option.hint}</span>}
                <Radix.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="size-4" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
