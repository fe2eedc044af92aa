// @ts-expect-error -- a script of the build, which has no types
import { bundleLambdaRuntime } from './bundles.mjs'

/** Before the tests: builds the file that Lambda's worker threads run, which no test can load from its sources. */
export async function setup(): Promise<void> {
  await (bundleLambdaRuntime as () => Promise<void>)()
}
