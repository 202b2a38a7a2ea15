import { type ClassValue, clsx } from 'clsx';
import { createTailwindMerge } from 'tailwind-merge';

const any = () => true;
/** Classes that start with the name and say something of the same property: `px-2`, `px-[3px]`. */
const named = <T extends string>(...names: T[]) =>
  Object.fromEntries(names.map((name) => [name, [{ [name]: [any] }]])) as Record<T, [Record<string, [() => boolean]>]>;

const DISPLAY = [
  'block',
  'inline-block',
  'inline',
  'flex',
  'inline-flex',
  'grid',
  'inline-grid',
  'contents',
  'hidden',
  'table',
];

/**
 * Which classes contradict each other, of those that this app uses. The library's own table knows all of Tailwind, and was
 * 6 kB of every page. A class that is missing here contradicts nothing: both stay.
 */
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...named('p', 'px', 'py', 'pt', 'pr', 'pb', 'pl', 'm', 'mx', 'my', 'mt', 'mr', 'mb', 'ml'),
    ...named('size', 'w', 'h', 'min-w', 'max-w', 'min-h', 'max-h'),
    ...named('inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left', 'z'),
    ...named(
      'gap',
      'gap-x',
      'gap-y',
      'space-x',
      'space-y',
      'grid-cols',
      'col-span',
      'items',
      'justify',
      'content',
      'self',
      'justify-self',
    ),
    ...named('rounded-t', 'rounded-r', 'rounded-b', 'rounded-l', 'bg', 'opacity', 'cursor', 'whitespace', 'animate'),
    ...named(
      'overflow-x',
      'overflow-y',
      'leading',
      'tracking',
      'resize',
      'select',
      'pointer-events',
      'order',
      'outline-offset',
      'shrink',
      'basis',
    ),
    flex: [{ flex: ['1', 'auto', 'none'] }],
    rounded: [{ rounded: ['', any] }],
    shadow: [{ shadow: ['', any] }],
    overflow: [{ overflow: [any] }],
    display: DISPLAY,
    position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
    decoration: ['underline', 'line-through', 'no-underline'],
    // Sizes and colours share a prefix.
    'font-size': [{ text: ['xs', 'sm', 'base', 'lg', 'xl', '2xl'] }],
    'text-align': [{ text: ['left', 'center', 'right'] }],
    'text-color': [{ text: [any] }],
    'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
    'font-family': [{ font: ['sans', 'mono'] }],
    'border-w': [{ border: ['', '0', '2'] }],
    'border-side-t': [{ 'border-t': ['', '0', '2'] }],
    'border-side-r': [{ 'border-r': ['', '0', '2'] }],
    'border-side-b': [{ 'border-b': ['', '0', '2'] }],
    'border-side-l': [{ 'border-l': ['', '0', '2'] }],
    'border-style': [{ border: ['solid', 'dashed', 'dotted'] }],
    'border-collapse': ['border-collapse', 'border-separate'],
    'border-color': [{ border: [any] }],
  },
  conflictingClassGroups: {
    p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
    px: ['pr', 'pl'],
    py: ['pt', 'pb'],
    m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
    mx: ['mr', 'ml'],
    my: ['mt', 'mb'],
    size: ['w', 'h'],
    inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
    'inset-x': ['right', 'left'],
    'inset-y': ['top', 'bottom'],
    gap: ['gap-x', 'gap-y'],
    flex: ['basis', 'shrink'],
    overflow: ['overflow-x', 'overflow-y'],
    rounded: ['rounded-t', 'rounded-r', 'rounded-b', 'rounded-l'],
    'border-w': ['border-side-t', 'border-side-r', 'border-side-b', 'border-side-l'],
    'font-size': ['leading'],
  },
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: ['before', 'after', 'placeholder', 'file', 'marker', 'selection'],
}));

/** Class names joined; of two that contradict each other the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
