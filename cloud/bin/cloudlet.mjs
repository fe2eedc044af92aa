#!/usr/bin/env node
// The `cloudlet` command. In a checkout of the sources it first brings the bundle up to date.
import { existsSync } from 'node:fs'

const bundles = new URL('../../scripts/bundles.mjs', import.meta.url)
if (existsSync(bundles)) {
  const { bundleAll, isBuilt } = await import(bundles)
  if (!isBuilt()) await bundleAll()
}
const { main } = await import('../dist/cloudlet.mjs')
await main(process.argv.slice(2))
