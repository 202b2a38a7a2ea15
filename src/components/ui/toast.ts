export interface Toast {
  tone: 'success' | 'info' | 'error';
  text: string;
  action?: { label: string; onClick: () => void };
  /** How long it stays, in milliseconds. */
  duration?: number;
}

type Options = Pick<Toast, 'action' | 'duration'>;

const waiting: Toast[] = [];
const listeners = new Set<() => void>();

function say(toast: Toast): void {
  waiting.push(toast);
  for (const listener of listeners) listener();
}

/** A toast says that something is done, with a link to it; failures stay where they happened. */
export const toast = {
  success: (text: string, options?: Options): void => say({ tone: 'success', text, ...options }),
  info: (text: string, options?: Options): void => say({ tone: 'info', text, ...options }),
  error: (text: string, options?: Options): void => say({ tone: 'error', text, ...options }),
};

/** For what draws them: `listener` is called when there are new ones. Answers with the way to stop it. */
export function listenForToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const toastsWait = (): boolean => waiting.length > 0;

/** Those that nobody has drawn yet; whoever takes them draws them. */
export const takeToasts = (): Toast[] => waiting.splice(0);
