#!/usr/bin/env node
// The `cloudlet` command. In a checkout of the sources it first brings the bundle up to date.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { compiled, run } from './compiled.mjs'

// Compiled code is kept for the next start where Node.js can: from 22.1 on.
module.enableCompileCache?.()

const [command, ...words] = process.argv.slice(2)
const bundles = new URL('../../scripts/bundles.mjs', import.meta.url)
if (existsSync(bundles)) {
  const { bundleAll, isBuilt } = await import(bundles)
  // The engine alone is to start at once: only its own sources are looked at.
  if (!isBuilt(...(command === 'dynamodb' ? ['dynamodb-server'] : []))) await bundleAll()
}
const server = fileURLToPath(new URL('../dist/dynamodb-server.js', import.meta.url))
if (command !== 'dynamodb' || !run(compiled(server), server).serveAtOnce(words)) {
  const { main } = await import('../dist/cloudlet.mjs')
  await main(process.argv.slice(2))
}
