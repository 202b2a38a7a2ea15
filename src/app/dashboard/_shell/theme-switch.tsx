'use client';

import { Check, Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';

const themes = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
] as const;

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" className="w-8 px-0 max-sm:hidden" aria-label="Light or dark">
          <SunMoon aria-hidden />
        </Button>
      }
    >
      {themes.map(({ value, label, icon }) => (
        <MenuItem
          key={value}
          icon={icon}
          onSelect={() => setTheme(value)}
          hint={theme === value ? <Check aria-label="chosen" className="size-4" /> : undefined}
        >
          {label}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
