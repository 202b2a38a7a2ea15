// The content security policy forbids code from strings, and zod would try it once (and be reported for it) unless told not to.
// Runs before any schema is made; the setting is read from the global object, so zod itself need not be loaded here.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
