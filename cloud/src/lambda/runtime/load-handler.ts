import { existsSync, readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { RuntimeError } from './errors.ts'

export type Handler = (event: unknown, context: object, callback: Callback) => unknown
export type Callback = (error?: unknown, result?: unknown) => void

/**
 * Loads the function's module and finds its handler, trying files in the order of Lambda's runtime interface
 * client for Node: `.js` (CommonJS, or ESM under `"type": "module"`), `.mjs`, `.cjs`, then Node's own resolution.
 *
 * @throws RuntimeError Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError, HandlerNotFound;
 *   what the module itself throws comes through unchanged
 */
export async function loadHandler(codeFolder: string, handler: string): Promise<Handler> {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const base = path.basename(handler)
  const folder = handler.slice(0, handler.indexOf(base))
  const dot = base.indexOf('.')
  if (dot < 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler')
  const loaded = await loadModule(codeFolder, folder, base.slice(0, dot))
  const found = base
    .slice(dot + 1)
    .split('.')
    .reduce<unknown>((value, key) => member(value, key), loaded)
  if (found === undefined || found === null) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`)
  }
  if (typeof found !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`)
  }
  return found as Handler // a function is all that can be known of the user's code
}

function member(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined
  return Reflect.get(value, key)
}

async function loadModule(codeFolder: string, folder: string, name: string): Promise<unknown> {
  const file = path.resolve(codeFolder, folder, name)
  const require = createRequire(path.join(codeFolder, 'noop.js'))
  const isModule = hasModuleType(path.dirname(file), codeFolder)
  keepBundleApart(codeFolder)
  try {
    if (!isModule && existsSync(`${file}.js`)) return require(`${file}.js`)
    for (const ending of isModule ? ['.js', '.mjs'] : ['.mjs']) {
      if (existsSync(file + ending)) return await import(pathToFileURL(file + ending).href)
    }
    if (existsSync(`${file}.cjs`)) return require(`${file}.cjs`)
    return require(require.resolve(name, { paths: [codeFolder, path.join(codeFolder, folder)] }))
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`)
    }
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error))
    }
    throw error
  }
}

/** Whether `.js` files in the folder are ES modules. Never looks above the deployed bundle, which is all there is on AWS. */
function hasModuleType(folder: string, codeFolder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json')
    if (existsSync(file)) return isModulePackage(readFileSync(file, 'utf8'))
    if (at === codeFolder || at === path.dirname(at) || path.basename(at) === 'node_modules') {
      return false
    }
  }
}

function isModulePackage(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text)
    return member(parsed, 'type') === 'module'
  } catch {
    return false
  }
}

type Extension = (module: Compiler, file: string) => void
type Compiler = { readonly _compile: (code: string, file: string) => void }

/**
 * On AWS the bundle is all there is; here it may lie inside a package whose `"type": "module"` would make its
 * `.js` files ES modules. Node's loader is told to look no further than the bundle.
 */
function keepBundleApart(codeFolder: string): void {
  const extensions = (Module as unknown as { _extensions: Record<string, Extension> })._extensions // untyped part of Node's API
  const asNode = extensions['.js']
  extensions['.js'] = (module, file) => {
    const inside = file.startsWith(codeFolder + path.sep)
    if (inside && !hasModuleType(path.dirname(file), codeFolder)) {
      module._compile(readFileSync(file, 'utf8'), file)
    } else asNode?.(module, file)
  }
}
