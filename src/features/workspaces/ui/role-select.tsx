'use client';

import { Select } from '@/components/ui/select';
import { type Role, roles } from '@/lib/permissions';

const HINTS: Record<Role, string> = {
  owner: 'Everything, also the workspace itself and other owners',
  admin: 'Members, keys, providers and budgets too',
  member: 'Datasets, jobs, models and agents',
  viewer: 'Looks, changes nothing',
};

const options = roles.map((role) => ({ value: role, label: role, hint: HINTS[role] }));

interface RoleSelectProps {
  value: Role;
  onValueChange: (role: Role) => void;
  'aria-label'?: string;
  id?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  className?: string;
}

export const RoleSelect = (props: RoleSelectProps) => <Select options={options} {...props} />;
