// Stands in for packages that only guard a bundle (see vitest.config.ts).
export {};
