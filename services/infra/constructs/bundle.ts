import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AssetHashType, DockerImage } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { buildSync } from 'esbuild'

/** The code of the function `<service>/<handler file>`, for example `tokens/create`. */
export type HandlerBundles = (name: string) => Code

const handlersOf = (services: string, service: string): string[] =>
  readdirSync(join(services, service, 'handlers'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${service}/${basename(file, '.ts')}`)

/**
 * Bundles every `services/<service>/handlers/*.ts`, the AWS SDK included, in one run of esbuild: what they
 * share is parsed once, which NodejsFunction's one process a function would not do.
 * CommonJS, because Node loads one such file faster than an ES module and the SDK's `require`s stay as they are.
 */
export function handlerBundles(services: string, names: readonly string[]): HandlerBundles {
  const entries = names.flatMap((service) => handlersOf(services, service))
  const { outputFiles } = buildSync({
    absWorkingDir: services,
    entryPoints: Object.fromEntries(
      entries.map((name) => [name, `./${name.replace('/', '/handlers/')}.ts`]),
    ),
    outdir: '/',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  })
  const texts = new Map(outputFiles.map((file) => [file.path.slice(1, -'.js'.length), file.text]))
  return (name) => {
    const text = texts.get(name)
    if (text === undefined)
      throw new Error(`No handler services/${name.replace('/', '/handlers/')}.ts`)
    return codeOf(text, services)
  }
}

function codeOf(text: string, services: string): Code {
  return Code.fromAsset(join(services, 'kit'), {
    assetHash: createHash('sha256').update(text).digest('hex'),
    assetHashType: AssetHashType.CUSTOM,
    bundling: {
      // Never pulled: the local bundling below always succeeds.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(folder) {
          writeFileSync(join(folder, 'index.js'), text)
          return true
        },
      },
    },
  })
}
