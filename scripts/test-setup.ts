// @ts-expect-error -- a script of the build, which has no types
import { bundleAll, bundleLambdaRuntime, isBuilt } from './bundles.mjs'

/**
 * Before the tests: builds the file that Lambda's worker threads run, which no test can load from its sources, and the
 * command line, so that tests that start it at the same time do not each build it.
 */
export async function setup(): Promise<void> {
  if ((isBuilt as () => boolean)()) await (bundleLambdaRuntime as () => Promise<void>)()
  else await (bundleAll as () => Promise<void>)()
}
