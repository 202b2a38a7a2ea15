import { type Detection, detectFormat } from '../../formats/detect-format';
import { containerWord } from '../../formats/format.rules';
import { type Container, layouts } from '../../formats/format.schema';
import type { FileQuestion } from './look-at-file';

const LAYOUTS: readonly Container[] = Object.values(layouts);

/** How rows are packed, as the value of a choice. */
export const layoutOf = (container: Container): string => JSON.stringify(container);

/**
 * Every way in which rows may be packed.
 * @param found  the one that was found: it may be a list with a name, which is beside the list without one then
 */
export function layoutOptions(found: Container): { value: string; label: string }[] {
  const known = LAYOUTS.some((one) => layoutOf(one) === layoutOf(found));
  const offered = known ? LAYOUTS : LAYOUTS.flatMap((one) => (one.type === 'list' ? [one, found] : [one]));
  return offered.map((one) => ({ value: layoutOf(one), label: containerWord(one) }));
}

/**
 * What the file is when its rows are packed in that way, by the rows that are found then.
 * @param layout  a value of `layoutOptions`
 */
export function readAs({ bytes, whole, detection }: FileQuestion, layout: string): Detection {
  const found = detection.format.container;
  const container = [found, ...LAYOUTS].find((one) => layoutOf(one) === layout) ?? found;
  return detectFormat(bytes, whole, { container });
}
