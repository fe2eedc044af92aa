import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The arrows of ARCHITECTURE.md as a test: who may import whom. A new part gets a line here, with its reason there. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'cloud/src/kernel': [],
  'cloud/src/storage': ['cloud/src/kernel'],
  'cloud/src/dynamodb': ['cloud/src/kernel', 'cloud/src/storage'],
  'cloud/src/cognito': ['cloud/src/kernel', 'cloud/src/storage'],
  'cloud/src/logs': ['cloud/src/kernel', 'cloud/src/storage'],
  'cloud/src/sqs': ['cloud/src/kernel', 'cloud/src/storage'],
  'cloud/src/lambda': ['cloud/src/kernel'],
  'cloud/src/gateway': ['cloud/src/kernel'],
  'cloud/src/template': ['cloud/src/kernel'],
  'cloud/src/wire': ['cloud/src/kernel'],
  'cloud/src/stack': [
    'cloud/src/kernel',
    'cloud/src/storage',
    'cloud/src/dynamodb',
    'cloud/src/cognito',
    'cloud/src/logs',
    'cloud/src/sqs',
    'cloud/src/lambda',
    'cloud/src/gateway',
    'cloud/src/template',
    'cloud/src/wire',
  ],
  loadtest: [],
  cli: ['cloud/src/stack', 'loadtest', 'services/telegram-bot'],
  'services/kit': [],
  'services/tokens': ['services/kit'],
  'services/cargo': ['services/kit'],
  'services/directory': ['services/kit'],
  'services/manager': ['services/kit'],
  'services/identity': ['services/kit'],
  'services/telegram-bot': ['services/kit'],
  'services/infra': [
    'services/kit',
    'services/tokens',
    'services/cargo',
    'services/directory',
    'services/manager',
    'services/identity',
    'services/telegram-bot',
  ],
}

const aboveCognito = [
  'cloud/src/cognito/operations',
  'cloud/src/cognito/hosted-ui',
  'cloud/src/cognito/flows',
]

/** Within a part: a folder may import the folders named, never back. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'cloud/src/dynamodb/engine': ['cloud/src/dynamodb/operations'],
  'cloud/src/cognito/pools': aboveCognito,
  'cloud/src/cognito/tokens': aboveCognito,
  'cloud/src/cognito/flows': ['cloud/src/cognito/operations', 'cloud/src/cognito/hosted-ui'],
  'cloud/src/cognito/hosted-ui': ['cloud/src/cognito/operations'],
}

/** Packages by which one part can reach another. */
const packages: Readonly<Record<string, string>> = {
  cloudlet: 'cloud/src/stack/index.ts',
  'cloudlet/dynamodb': 'cloud/src/stack/dynamodb.ts',
  '@cloudlet/loadtest': 'loadtest/index.ts',
  '@cloudlet/telegram-bot': 'services/telegram-bot/index.ts',
}

const root = import.meta.dirname
const skipped = new Set(['node_modules', 'dist', 'cdk.out', '.cloudlet', 'results', '.git'])

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesBelow(path)
    return /\.(m?ts|mjs|tsx)$/.test(entry.name) ? [path] : []
  })
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g

type Import = { readonly from: string; readonly to: string; readonly specifier: string }

function importsOf(file: string): Import[] {
  const from = relative(root, file).split(sep).join('/')
  return [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? ''
    const target = specifier.startsWith('.')
      ? relative(root, resolve(dirname(file), specifier))
          .split(sep)
          .join('/')
      : (packages[specifier] ?? specifier)
    return { from, to: target, specifier }
  })
}

const isTest = (file: string): boolean => file.endsWith('.test.ts')
const partOf = (path: string): string | undefined =>
  Object.keys(arrows).find((part) => path.startsWith(`${part}/`))

const imports = ['cloud/src', 'cli', 'services', 'loadtest'].flatMap((folder) =>
  sourcesBelow(join(root, folder)).flatMap(importsOf),
)

describe('the arrows', () => {
  it('reads the sources at all', () => {
    expect(imports.length).toBeGreaterThan(200)
  })

  it('every file of the cloud and the services belongs to a part', () => {
    const homeless = imports.filter((each) => partOf(each.from) === undefined)
    expect(homeless.map((each) => each.from)).toEqual([])
  })

  it.each(Object.entries(arrows))('%s imports only what it may', (part, allowed) => {
    const wrong = imports.filter(({ from, to }) => {
      if (partOf(from) !== part) return false
      const target = partOf(to)
      const inside = /^(cloud|cli|services|console|loadtest|conformance|bench)\//.test(to)
      if (!inside || target === part) return false
      return target === undefined || !allowed.includes(target)
    })
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it('a part of the cloud is entered only by its index.ts', () => {
    const doors = new Set(['index.ts', 'dynamodb.ts'])
    const wrong = imports.filter(({ from, to }) => {
      const target = partOf(to)
      if (target === undefined || !target.startsWith('cloud/') || partOf(from) === target)
        return false
      return !doors.has(to.slice(target.length + 1))
    })
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it.each(Object.entries(layers))('%s never reaches back up', (folder, above) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith(`${folder}/`) &&
        !isTest(from) &&
        above.some((each) => to.startsWith(`${each}/`)),
    )
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it('only wire and gateway know HTTP', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('cloud/src/') &&
        !isTest(from) &&
        /^(node:)?(http|https|http2)$/.test(to) &&
        !/^cloud\/src\/(wire|gateway|lambda\/runtime)\//.test(from),
    )
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it('time, ids and randomness come in through the kernel', () => {
    const direct = /\bDate\.now\(|\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bnew Date\(\)/
    const wrong = sourcesBelow(join(root, 'cloud/src'))
      .filter((file) => !isTest(file) && !/[/\\](kernel|runtime)[/\\]/.test(file))
      .filter((file) => direct.test(readFileSync(file, 'utf8')))
    expect(wrong.map((file) => relative(root, file))).toEqual([])
  })

  it('services never name the local cloud', () => {
    const wrong = sourcesBelow(join(root, 'services'))
      // A demo calls the services from outside; the simulator is itself a server on this machine.
      .filter((file) => !isTest(file) && !/[/\\](demo|simulator)[/\\]/.test(file))
      .filter((file) => /\blocalhost\b|127\.0\.0\.1/.test(readFileSync(file, 'utf8')))
    expect(wrong.map((file) => relative(root, file))).toEqual([])
  })
})
