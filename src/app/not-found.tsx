import Link from 'next/link';
import { Button } from '@/components/ui/button';

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6">
      <h1 className="font-semibold text-2xl">There is nothing at this address</h1>
      <p className="text-muted">It may have been moved or deleted, or the address has a typing error.</p>
      <div>
        <Button asChild variant="primary">
          <Link href="/dashboard/fine-tuning">Go to the overview</Link>
        </Button>
      </div>
    </main>
  );
}
