import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';

/**
 * Puts what the server refused beside the fields it is about; whatever names no field of this form becomes `root`
 * (show it with FormFailure). Call it in a mutation's onError.
 */
export function showServerErrors<T extends FieldValues>(
  error: { message: string; data?: { fields?: Record<string, string> | null } | null | undefined },
  setError: UseFormSetError<T>,
): void {
  const fields = Object.entries(error.data?.fields ?? {});
  for (const [path, message] of fields) setError(path as FieldPath<T>, { message });
  if (fields.length === 0) setError('root', { message: error.message });
}
