// A CDK app for `cloudlet up --app`: the services as they are, but the functions named in FRAIL_FUNCTIONS die now and
// then in the midst of an invocation: their thread ends, or takes more memory than the function has. What is deployed
// is their own bundle with a few lines added.
import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const output = process.env['CDK_OUTDIR'] ?? 'cdk.out'
const { status } = spawnSync('node', ['--import', 'tsx', 'services/infra/app.ts'], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

/** Every so many invocations of an environment one dies; every fifth of those by its memory. */
const frailty = `
;(() => {
  const { handler } = module.exports
  let left = 20 + Math.floor(Math.random() * 60)
  const end = () => {
    if (Math.random() < 0.8) process.exit(1)
    for (const hog = []; ; ) hog.push(new Uint8Array(2 ** 25).fill(1))
  }
  module.exports = {
    handler: (event, context) => {
      // A little later: before, during or after what the function writes.
      if (--left <= 0) setTimeout(end, Math.random() * 6)
      return handler(event, context)
    },
  }
})()
`

const frail = new Set((process.env['FRAIL_FUNCTIONS'] ?? '').split(','))
const { Resources } = JSON.parse(readFileSync(join(output, 'cargo.template.json'), 'utf8'))
for (const { Type, Properties } of Object.values(Resources)) {
  if (Type !== 'AWS::Lambda::Function' || !frail.has(Properties.FunctionName)) continue
  const asset = `asset.${Properties.Code.S3Key.replace(/\.zip$/, '')}`
  appendFileSync(join(output, asset, 'index.js'), frailty)
}
