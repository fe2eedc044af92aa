import { defineConfig } from 'vitest/config'

const notOurs = ['**/node_modules/**', '**/dist/**', '**/cdk.out/**', '**/.cloudlet/**']
/** Measured against the clock: others on the machine would disturb what they count. They run last, and alone. */
const byTheClock = ['conformance/bot/flood.test.ts']

/** Tests stand beside their code, and in conformance/ where they go through real clients. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    globalSetup: ['scripts/test-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    // CommonJS packages are imported as Node imports them, so that tests run what is shipped.
    deps: { interopDefault: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['**/*.test.ts'],
          exclude: [...notOurs, ...byTheClock],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'by the clock', include: byTheClock, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
