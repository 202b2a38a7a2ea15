/** The curve that falls and stays down. */
export const BrandMark = ({ size = 20 }: { size?: number }) => (
  <svg aria-hidden width={size} height={size} viewBox="0 0 32 32">
    <rect width="32" height="32" rx="7" fill="var(--accent)" />
    <path d="M7 10c4 0 4 12 9 12s4-7 9-7" fill="none" stroke="var(--on-accent)" strokeWidth="3" strokeLinecap="round" />
    <circle cx="25" cy="15" r="2.6" fill="var(--on-accent)" />
  </svg>
);
