// The import law as data: who may import whom. Each rule's comment names the way out. Run by scripts/check-architecture.mjs,
// which also makes sure that the files were really seen: under a TypeScript it cannot load (7 today) the tool reports
// "no violations (0 modules)" and is content.

/** Server-side order of slices: a slice may use the ones before it, never the ones after it. New slices go last. */
const ORDER = ['workspaces', 'providers', 'datasets', 'budgets', 'models', 'jobs', 'agents'];

/** Packages with one home: everything else goes through the file that wraps them. */
const HOMES = {
  '@trpc/server': '^src/(platform/trpc|server|app/api|trpc)/|\\.router\\.ts$',
  inngest: '^src/(platform/inngest|server|app/api)/|\\.(events|functions)\\.ts$',
  uploadthing: '^src/(platform/upload|integrations/storage|server|app/api)/|\\.upload\\.ts$',
  next: '^src/(app|server|components|trpc|platform/auth|features/[^/]+/ui)/|^src/(proxy|instrumentation)[^/]*\\.ts$',
  react: '^src/(app|server|components|trpc|testing|features/[^/]+/ui)/',
  recharts: '^src/components/charts/',
  pg: '^src/(platform/(db|live)|engine)/',
  openai: '^src/integrations/[^/]+/openai[^/]*/',
};

const TEST = '\\.test\\.tsx?$';
/** Fake vendors, database helpers, starters of the real trainer: imported by tests only. */
const TEST_HELP = '^src/(testing|trainer/testing|engine/testing)/';
const CONTRACT = '-contract\\.ts$';
const DOOR = '\\.(router|rest|functions|upload)\\.ts$';
const STORE = '\\.(repository|queries)\\.ts$';
const SURFACE = '^src/features/[^/]+/(server/)?index\\.ts$';
const CLIENT_SURFACE = '^src/features/[^/]+/index\\.ts$';
const SERVER_SURFACE = '^src/features/[^/]+/server/index\\.ts$';

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/** Production code matching `from` may import, of our own files, only what matches `ok`. */
const only = (name, comment, from, ok, fromNot = []) =>
  never(name, comment, { path: from, pathNot: [TEST, CONTRACT, ...fromNot] }, { path: '^src/', pathNot: ok });

const layers = [
  only('lib-is-a-leaf', 'lib is pure and isomorphic', '^src/lib/', ['^src/lib/']),
  only('components-know-no-noun', 'pass data in as props', '^src/components/', ['^src/(components|lib)/']),
  only('platform-knows-no-noun', 'plumbing takes what it needs as arguments', '^src/platform/', [
    '^src/(platform|lib)/',
    '^src/env\\.ts$',
  ]),
  only('integrations-know-no-noun', 'adapters receive config; server/services.ts reads env', '^src/integrations/', [
    '^src/(integrations|lib)/',
    '^src/platform/(?!db/)',
  ]),
  only('server-wires-server-surfaces', 'the composition root never touches UI', '^src/server/', [
    SERVER_SURFACE,
    '^src/(server|integrations|platform|engine|lib)/',
    '^src/env\\.ts$',
  ]),
  only('app-goes-through-server', 'call a service or the caller from src/server', '^src/app/', [
    CLIENT_SURFACE,
    '^src/(app|server|trpc|components|lib)/',
    '^src/platform/(?!db/)',
    '^src/env\\.ts$',
  ]),
  never(
    'client-doors-are-type-only',
    'write `import type { AppRouter }`',
    { path: '^src/(trpc|client)/' },
    { path: '^src/server/', dependencyTypesNot: ['type-only'] },
  ),
  only('client-doors-reach', 'a client door knows the router type and nothing else', '^src/(trpc|client)/', [
    '^src/$1/',
    '^src/lib/',
    '^src/server/(app-router|uploads/upload-router)\\.ts$',
  ]),
  only('trainer-stands-alone', 'its own process, reached over HTTP', '^src/trainer/', ['^src/(trainer|lib)/']),
  only(
    'engine-stands-alone',
    'the embedded executor knows the Inngest protocol and Postgres, no noun',
    '^src/engine/',
    ['^src/(engine|lib)/'],
  ),
];

const slices = [
  never(
    'every-slice-has-a-seat',
    'add the folder to ORDER',
    { path: '^src/features/', pathNot: `^src/features/(${ORDER.join('|')})/` },
    {},
  ),
  never(
    'slices-meet-at-surfaces',
    'import index.ts or server/index.ts of the other slice',
    { path: '^src/features/([^/]+)/' },
    { path: '^src/features/', pathNot: ['^src/features/$1/', SURFACE] },
  ),
  never(
    'outside-uses-surfaces',
    'import index.ts or server/index.ts',
    { path: '^src/', pathNot: '^src/(features|testing)/' },
    { path: '^src/features/', pathNot: SURFACE },
  ),
  never(
    'no-own-surface',
    'inside a slice import the file itself',
    { path: '^src/features/([^/]+)/' },
    { path: '^src/features/$1/(server/)?index\\.ts$' },
  ),
  only(
    'slice-root-is-pure',
    'schema, rules and errors import their own slice root and lib',
    '^src/features/([^/]+)/[^/]+\\.ts$',
    ['^src/features/$1/[^/]+\\.ts$', '^src/features/$1/formats/', '^src/lib/'],
    [CLIENT_SURFACE],
  ),
  only('formats-are-pure', 'browser and worker share them', '^src/features/([^/]+)/formats/', [
    '^src/features/$1/(formats/|[^/]+\\.ts$)',
    '^src/lib/',
  ]),
  only('client-surface-is-client-safe', 'index.ts re-exports ui and root files', '^src/features/([^/]+)/index\\.ts$', [
    '^src/features/$1/(ui/|[^/]+\\.ts$)',
    '^src/lib/',
  ]),
  only('ui-reach', 'UI talks to the server through src/trpc', '^src/features/([^/]+)/ui/', [
    '^src/features/$1/(ui/|formats/|[^/]+\\.ts$)',
    CLIENT_SURFACE,
    '^src/(components|lib|trpc)/',
  ]),
  only('server-reach', 'no UI, no env, no composition root from inside a slice', '^src/features/([^/]+)/server/', [
    '^src/features/$1/(server/|formats/|[^/]+\\.ts$)',
    SERVER_SURFACE,
    '^src/(integrations|platform|lib)/',
  ]),
  ...ORDER.slice(0, -1).map((slice, i) =>
    never(
      `order-${slice}`,
      'use an event, or move the use case to the later slice',
      { path: `^src/features/${slice}/server/` },
      { path: `^src/features/(${ORDER.slice(i + 1).join('|')})/` },
    ),
  ),
];

const roles = [
  never(
    'database-only-in-repositories',
    'add a repository or query function',
    { path: '^src/features/', pathNot: [STORE, TEST] },
    { path: '^src/platform/db/' },
  ),
  never('doors-call-use-cases', 'a door calls the service it was given', { path: DOOR }, { path: STORE }),
  never(
    'use-cases-know-no-door',
    'rules and use cases run without a transport',
    { path: `^src/features/.*(/use-cases/|\\.(service|rules|schema|repository|queries)\\.ts$)`, pathNot: TEST },
    { path: DOOR },
  ),
  never(
    'adapters-only-in-composition-root',
    'ask the port; tests use the fake servers in src/testing',
    { path: '^src/(features/|integrations/[^/]+/[^/]+\\.ts$)' },
    { path: '^src/integrations/[^/]+/[^/]+/' },
  ),
  never(
    'vendors-never-meet',
    'share through the port or lib',
    { path: '^src/integrations/([^/]+)/([^/]+)/' },
    { path: '^src/integrations/[^/]+/[^/]+/', pathNot: '^src/integrations/$1/$2/' },
  ),
  never(
    'test-code-only-in-tests',
    'production code never imports builders, fakes or contracts',
    { path: '^src/', pathNot: [TEST_HELP, TEST, CONTRACT] },
    { path: [TEST_HELP, CONTRACT, TEST] },
  ),
  never(
    'e2e-uses-testing-only',
    'drive the app from outside',
    { path: '^e2e/' },
    { path: '^src/', pathNot: '^src/testing/' },
  ),
  never(
    'no-cycles',
    'type-only edges do not count',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
];

const homes = Object.entries(HOMES).map(([name, home]) =>
  never(
    `home-of-${name}`,
    `only ${home} imports ${name}`,
    { path: '^src/', pathNot: [home, TEST, TEST_HELP] },
    { path: `(^|/)node_modules/${name}/|^${name}($|/)` },
  ),
);

module.exports = {
  forbidden: [...layers, ...slices, ...roles, ...homes],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
