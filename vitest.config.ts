import { defineConfig } from 'vitest/config'

/** Tests stand beside their code, and in conformance/ where they go through real clients. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**', '**/.cloudlet/**'],
    globalSetup: ['scripts/test-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    // CommonJS packages are imported as Node imports them, so that tests run what is shipped.
    deps: { interopDefault: false },
  },
})
