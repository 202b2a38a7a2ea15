'use client';

import './globals.css';

/** The last net: the root layout itself failed, so nothing of it can be relied on. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6">
          <title>Tuneloop could not be shown</title>
          <h1 className="font-semibold text-2xl">Tuneloop could not be shown</h1>
          <p className="text-muted">
            The page failed before it could be drawn. Your data, jobs and models are not touched by this. Load it again;
            if it fails again, look into the log of the web app{error.digest ? ` for ${error.digest}` : ''}.
          </p>
          <p>
            <a href="/" className="text-accent underline">
              Load again
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
