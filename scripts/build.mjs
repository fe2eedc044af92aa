// npm run build: makes cloud/dist. `cloudlet` does the same by itself when a source has changed.
import { bundleAll } from './bundles.mjs'

const started = performance.now()
await bundleAll()
console.log(`Built cloud/dist in ${Math.round(performance.now() - started)} ms.`)
