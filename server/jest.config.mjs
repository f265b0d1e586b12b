// jest in ESM mode (decisions.md §6.2): run with NODE_OPTIONS=--experimental-vm-modules.
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx: true },
    transform: { legacyDecorator: true, useDefineForClassFields: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  rootDir: '..',
  roots: ['<rootDir>/server', '<rootDir>/shared', '<rootDir>/miniapp/src', '<rootDir>/scripts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
  moduleNameMapper: { '^@sandan/shared/(.*)$': '<rootDir>/shared/src/$1.ts' },
  // jest's default would take scripts/test.mjs for a test.
  testMatch: ['**/*.test.{ts,tsx}'],
  testTimeout: 30_000,
};
