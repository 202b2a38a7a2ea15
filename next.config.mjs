/** @type {import('next').NextConfig} */
const config = {
  typedRoutes: false,
  poweredByHeader: false,
  // Loaded by Node as they are. The last three are so large that bundling them was half of the build, in each route anew.
  serverExternalPackages: ['pg', 'pg-copy-streams', 'pino', 'inngest', 'openai', 'uploadthing'],
  productionBrowserSourceMaps: false,
  // `npm run typecheck` and `npm test` check types. Whoever starts the product can change nothing about them, only wait.
  typescript: { ignoreBuildErrors: true },
};
export default config;
