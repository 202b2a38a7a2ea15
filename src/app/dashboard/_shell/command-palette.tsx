'use client';

import { Command } from 'cmdk';
import { CornerDownLeft, Plus, Search, SunMoon, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useFocusBack } from '@/components/ui/use-focus-back';
import { useMay } from '@/trpc/use-may';
import { places } from './places';
import { useFound } from './use-found';

/** One field that finds every page, thing and action. Enter goes there. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const focusBack = useFocusBack();
  const { resolvedTheme, setTheme } = useTheme();
  const [text, setText] = useState('');
  const launches = useMay('jobs:launch');
  const uploads = useMay('datasets:write');
  const makesAgents = useMay('agents:write');
  const makesKeys = useMay('keys:manage');
  const { found, pending } = useFound(text);

  function go(href: string) {
    onClose();
    router.push(href);
  }

  function switchTheme() {
    setTheme(resolvedTheme === 'dark' ? 'light' : 'dark');
    onClose();
  }

  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          {...focusBack}
          aria-describedby={undefined}
          className="appear fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border bg-raised shadow-float"
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <Command loop label="Search">
            <div className="flex items-center gap-2 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-faint" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="A page, a dataset, a job, a model, an agent, or what to do"
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
              />
            </div>
            <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted">
                {pending ? 'Looking…' : `Nothing here is called “${text}”.`}
              </Command.Empty>
              {found.length > 0 && (
                <Group heading="Found">
                  {found.map((one) => (
                    <Item
                      key={one.href}
                      value={`${one.kind} ${one.name} ${one.href}`}
                      keywords={[text]}
                      onSelect={() => go(one.href)}
                      hint={one.kind}
                    >
                      {one.name}
                    </Item>
                  ))}
                </Group>
              )}
              <Group heading="Do">
                {launches && (
                  <Item icon={<Plus />} onSelect={() => go('/dashboard/fine-tuning/jobs/new')}>
                    New job
                  </Item>
                )}
                {uploads && (
                  <Item icon={<Upload />} onSelect={() => go('/dashboard/fine-tuning/datasets?upload=1')}>
                    Upload dataset
                  </Item>
                )}
                {makesAgents && (
                  <Item icon={<Plus />} onSelect={() => go('/dashboard/fine-tuning/agents?new=1')}>
                    New agent
                  </Item>
                )}
                {makesKeys && (
                  <Item icon={<Plus />} onSelect={() => go('/dashboard/settings?tab=keys')}>
                    New API key
                  </Item>
                )}
                <Item icon={<SunMoon />} onSelect={switchTheme}>
                  Switch between light and dark
                </Item>
              </Group>
              <Group heading="Go to">
                {places.map((place) => (
                  <Item key={place.href} icon={place.icon} onSelect={() => go(place.href)} hint={`g ${place.key}`}>
                    {place.label}
                  </Item>
                ))}
              </Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-sm"
  >
    {children}
  </Command.Group>
);

interface ItemProps {
  children: string;
  value?: string;
  keywords?: string[];
  icon?: ReactNode;
  hint?: string;
  onSelect: () => void;
}

const Item = ({ children, value, keywords, icon = <CornerDownLeft />, hint, onSelect }: ItemProps) => (
  <Command.Item
    value={value ?? children}
    {...(keywords && { keywords })}
    onSelect={onSelect}
    className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint"
  >
    {icon}
    <span className="min-w-0 flex-1 truncate">{children}</span>
    {hint !== undefined && <span className="text-faint text-sm">{hint}</span>}
  </Command.Item>
);
