/** @type {import('next').NextConfig} */
const config = {
  typedRoutes: false,
  poweredByHeader: false,
  serverExternalPackages: ['pg', 'pg-copy-streams', 'pino'],
  productionBrowserSourceMaps: false,
};
export default config;
