'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { MemberAdded } from '../workspace.schema';
import { ShownOnce } from './shown-once';

const AddMemberForm = dynamic(() => import('./add-member-form').then((file) => file.AddMemberForm), {
  loading: () => <Skeleton className="h-32" />,
});

export function AddMemberDialog() {
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<MemberAdded | null>(null);

  function change(next: boolean) {
    setOpen(next);
    setAdded(null);
  }

  return (
    <Dialog
      title={added ? `${added.email} is a member now` : 'Add member'}
      size="sm"
      open={open}
      onOpenChange={change}
      trigger={<Button size="sm">Add member</Button>}
      footer={
        added ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button variant="primary" type="submit" form="add-member">
            Add member
          </Button>
        )
      }
    >
      {added ? <Added member={added} /> : <AddMemberForm onAdded={setAdded} />}
    </Dialog>
  );
}

function Added({ member }: { member: MemberAdded }) {
  if (member.firstPassword === null) {
    return <p className="text-muted">They have an account here already and sign in as before.</p>;
  }
  return (
    <ShownOnce value={member.firstPassword} label="First password">
      Tuneloop sends no mail. Give them this password; they can change it in their settings.
    </ShownOnce>
  );
}
