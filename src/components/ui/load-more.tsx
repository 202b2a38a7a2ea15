import { Button } from './button';

interface LoadMoreProps {
  available: boolean;
  pending: boolean;
  onMore: () => void;
}

/** The end of a keyset-paged list. Says nothing when there is nothing more. */
export function LoadMore({ available, pending, onMore }: LoadMoreProps) {
  if (!available) return null;
  return (
    <div className="flex justify-center border-t p-2">
      <Button variant="ghost" size="sm" pending={pending} onClick={onMore}>
        Load more
      </Button>
    </div>
  );
}
