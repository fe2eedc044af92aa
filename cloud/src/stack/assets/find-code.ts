import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { folderHash, sha256Of, type CodeSource } from './code-store.ts'

/** What one deployment can take code from. */
export type DeploymentSources = {
  /** Published files by object key, as a cloud assembly lists them. */
  readonly assets: ReadonlyMap<string, { readonly path: string; readonly sha256?: string }>
  /** Relative paths in the template start here. */
  readonly folder: string | undefined
}

export const noSources: DeploymentSources = { assets: new Map(), folder: undefined }

export type CodeProperty = {
  readonly ZipFile?: string | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
}

/**
 * Finds the code that a function's `Code` names: inline text; an asset of the assembly; else the file or folder of
 * that name beside the template (`S3Key: path/to/code.zip`, or the artifact osls has packaged).
 *
 * @returns the source, or a sentence that says what is missing
 */
export function findCode(code: CodeProperty, sources: DeploymentSources): CodeSource | string {
  if (code.ZipFile !== undefined) {
    return { kind: 'inline', text: code.ZipFile, sha256: sha256Of(`inline\0${code.ZipFile}`) }
  }
  const key = code.S3Key
  if (key === undefined) return 'must have ZipFile, or S3Bucket and S3Key'
  const asset = sources.assets.get(key)
  if (asset !== undefined) return localCode(asset.path, asset.sha256)
  if (sources.folder === undefined) {
    return `there is no S3 here: ${key} must be an asset of a cloud assembly or a path beside the template`
  }
  const candidates = [resolve(sources.folder, key), resolve(sources.folder, basename(key))]
  const found = candidates.find((path) => existsSync(path))
  if (found === undefined) return `there is no file ${candidates.join(' and no ')}`
  return localCode(found)
}

function localCode(path: string, sha256?: string): CodeSource {
  if (statSync(path).isDirectory()) {
    return { kind: 'folder', path, sha256: sha256 ?? folderHash(path) }
  }
  return { kind: 'zip', path, sha256: sha256 ?? sha256Of(readFileSync(path)) }
}
