import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AwsError } from '../../kernel/index.ts'
import type { DeploymentSources } from './find-code.ts'

/** A stack of a cloud assembly, ready to be deployed. */
export type AssemblyStack = {
  readonly stackName: string
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
  readonly sources: DeploymentSources
}

/** The parts of CDK's cloud assembly (manifest.json, *.assets.json) that are read. */
type Manifest = { readonly artifacts?: Readonly<Record<string, Artifact>> }
type Artifact = {
  readonly type: string
  readonly dependencies?: readonly string[]
  readonly properties?: {
    readonly file?: string
    readonly templateFile?: string
    readonly stackName?: string
    readonly directoryName?: string
    readonly parameters?: Readonly<Record<string, string>>
  }
}
type AssetManifest = {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source?: { readonly path?: string; readonly packaging?: string }
        readonly destinations?: Readonly<Record<string, { readonly objectKey?: string }>>
      }
    >
  >
}

/**
 * Reads a cloud assembly (`cdk.out`): its stacks in the order of their dependencies, those of nested assemblies
 * (CDK stages) among them.
 *
 * @throws AwsError ValidationError when the folder holds no assembly
 */
export function readAssembly(folder: string): readonly AssemblyStack[] {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) {
    throw new AwsError(
      'ValidationError',
      `${resolve(folder)} holds no cloud assembly: no manifest.json.`,
    )
  }
  const artifacts = new Map(Object.entries(readJson<Manifest>(file).artifacts ?? {}))
  const stacks: AssemblyStack[] = []
  const done = new Set<string>()

  function visit(id: string): void {
    const artifact = artifacts.get(id)
    if (artifact === undefined || done.has(id)) return
    done.add(id)
    for (const dependency of artifact.dependencies ?? []) visit(dependency)
    const { directoryName } = artifact.properties ?? {}
    if (artifact.type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      stacks.push(...readAssembly(join(folder, directoryName)))
    } else if (artifact.type === 'aws:cloudformation:stack') {
      stacks.push(readStack(folder, id, artifact, artifacts))
    }
  }

  for (const id of artifacts.keys()) visit(id)
  return stacks
}

// CDK writes these files; what is read of them is optional and checked where it is used.
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

function readStack(
  folder: string,
  id: string,
  artifact: Artifact,
  artifacts: ReadonlyMap<string, Artifact>,
): AssemblyStack {
  const { templateFile, stackName = id, parameters = {} } = artifact.properties ?? {}
  if (templateFile === undefined) {
    throw new AwsError('ValidationError', `The assembly's stack ${id} names no template file.`)
  }
  const assets = new Map<string, { path: string; sha256?: string }>()
  for (const dependency of artifact.dependencies ?? []) {
    const { type, properties } = artifacts.get(dependency) ?? { type: '' }
    if (type !== 'cdk:asset-manifest' || properties?.file === undefined) continue
    addAssets(folder, properties.file, assets)
  }
  const file = join(folder, templateFile)
  return {
    stackName,
    template: readFileSync(file, 'utf8'),
    parameters,
    sources: { assets, folder: dirname(file) },
  }
}

function addAssets(
  folder: string,
  file: string,
  assets: Map<string, { path: string; sha256?: string }>,
): void {
  for (const [hash, asset] of Object.entries(
    readJson<AssetManifest>(join(folder, file)).files ?? {},
  )) {
    const path = asset.source?.path
    if (path === undefined) continue
    for (const { objectKey } of Object.values(asset.destinations ?? {})) {
      if (objectKey === undefined) continue
      // CDK's asset hash stands for the content, so that unchanged code need not be read.
      const sha256 = /^[0-9a-f]{64}$/.test(hash) ? { sha256: hash } : {}
      assets.set(objectKey, { path: resolve(folder, path), ...sha256 })
    }
  }
}
