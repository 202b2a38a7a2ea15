import { type Ref, type RefCallback, useCallback, useEffect, useRef } from 'react';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * What was typed into a field before the scripts of the page arrived: React takes the field over as it is and tells nobody.
 * The field tells it again, as if it were typed now, so that states, forms and searches hear of it.
 */
export function useEarlyText<T extends TextField>(ref: Ref<T> | undefined): RefCallback<T> {
  const met = useRef<{ field: T; early: string | null }>(null);
  const attach = useCallback<RefCallback<T>>(
    (field) => {
      if (!field || met.current) return hand(field, ref);
      const { value, defaultValue, selectionStart: caret } = field;
      met.current = { field, early: value === defaultValue ? null : value };
      if (value === defaultValue) return hand(field, ref);
      // A form library gets hold of the field as it came from the server; it hears of the text together with all others.
      field.value = defaultValue;
      const detach = hand(field, ref);
      writeUnnoticed(field, value);
      if (caret !== null) field.setSelectionRange(caret, caret);
      return detach;
    },
    [ref],
  );
  useEffect(() => {
    const { field, early } = met.current ?? {};
    if (!field || typeof early !== 'string') return;
    // After the effects of all around it, which may set the field back to what they know.
    const timer = setTimeout(() => tell(field, early));
    return () => clearTimeout(timer);
  }, []);
  return attach;
}

function hand<T>(field: T | null, ref: Ref<T> | undefined): ReturnType<RefCallback<T>> {
  if (typeof ref === 'function') return ref(field);
  if (ref) ref.current = field;
}

function tell(field: TextField, text: string): void {
  if (field.value !== text) writeUnnoticed(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (field.ownerDocument.activeElement !== field) field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}

/** React takes for a change what differs from the value it knows. It watches the field's own setter, not that of its kind. */
function writeUnnoticed(field: TextField, text: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
}
