// npm run check: types, lint, format, walls, dead code. Runs all, then says what failed.
import { spawnSync } from 'node:child_process'

const checks = [
  ['types', 'tsc -p .'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['format', 'oxfmt --check .'],
  ['walls', 'vitest run architecture.test.ts --reporter=dot'],
  ['dead code', 'knip'],
]

const failed = []
for (const [name, command] of checks) {
  const started = performance.now()
  const { status } = spawnSync(`npx --no-install ${command}`, { shell: true, stdio: 'inherit' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`)
  process.exit(1)
}
