'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const Name = createContext<string | null>(null);
const SetName = createContext<(name: string | null) => void>(() => undefined);

/** Lets a page below name itself in the top bar above. */
export function CrumbNameProvider({ children }: { children: ReactNode }) {
  const [name, setName] = useState<string | null>(null);
  return (
    <SetName value={setName}>
      <Name value={name}>{children}</Name>
    </SetName>
  );
}

export const useCrumbName = (): string | null => useContext(Name);

/** Put it into the page of one thing: the last breadcrumb becomes the thing's name, and the browser tab too. */
export function CrumbName({ name }: { name: string }) {
  const setName = useContext(SetName);
  useEffect(() => {
    setName(name);
    return () => setName(null);
  }, [name, setName]);
  return <title>{`${name} · Tuneloop`}</title>;
}
