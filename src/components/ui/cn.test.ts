import { expect, it } from 'vitest';
import { cn } from './cn';

it.each([
  ['w-full', 'w-40'],
  ['px-2.5', 'px-8'],
  ['px-3', 'p-0'],
  ['h-8', 'size-4'],
  ['text-base', 'text-xs'],
  ['text-muted', 'text-bad'],
  ['rounded-l-md', 'rounded-none'],
  ['border-transparent', 'border-on-accent/25'],
  ['whitespace-nowrap', 'whitespace-normal'],
  ['grid-cols-2', 'grid-cols-[1fr_auto]'],
  ['inline-flex', 'hidden'],
  ['max-sm:w-40', 'max-sm:w-auto'],
  ['hover:bg-hover', 'hover:bg-sunken'],
])('lets the later win: %s, %s', (earlier, later) => {
  expect(cn(earlier, later)).toBe(later);
});

it.each([
  ['text-sm', 'text-muted'],
  ['text-right', 'text-sm'],
  ['border', 'border-line-strong'],
  ['border-b', 'border-accent'],
  ['border-collapse', 'border-line'],
  ['px-2', 'pl-6'],
  ['rounded-md', 'rounded-r-none'],
  ['p-4', 'pt-1'],
  ['hover:bg-sunken', 'bg-raised'],
  ['[&_svg]:size-4', 'size-8'],
  ['font-medium', 'font-mono'],
  ['flex', 'flex-wrap'],
])('keeps what does not contradict: %s, %s', (one, other) => {
  expect(cn(one, other)).toBe(`${one} ${other}`);
});
