import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { ScenarioSource } from '../engine/plan.ts'
import type { DataRow } from '../scenario/scenario.ts'
import { shippedScenarios } from '../scenarios/index.ts'

/**
 * Finds out what is meant by a scenario's name: one that is shipped, a Postman collection (JSON), or a module.
 * A module in TypeScript is compiled, for Node 20 does not run it.
 *
 * @throws Error saying what there is
 */
export async function chooseSource(name: string, variables: DataRow): Promise<ScenarioSource> {
  if (shippedScenarios.has(name)) return { kind: 'shipped', name }
  if (!existsSync(name)) {
    const names = [...shippedScenarios.keys()].join(', ')
    throw new Error(
      `There is no scenario ${name}. There are: ${names}; or name a file (a module, or a Postman collection).`,
    )
  }
  const file = resolve(name)
  if (file.endsWith('.json')) return { kind: 'postman', file, variables }
  return { kind: 'module', file: /\.[mc]?ts$/.test(file) ? await compiled(file) : file }
}

async function compiled(file: string): Promise<string> {
  const { build } = await import('esbuild').catch(() => {
    throw new Error(
      `To run ${file}, which is TypeScript, esbuild is needed: npm install --save-dev esbuild`,
    )
  })
  const result = await build({
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    write: false,
    logLevel: 'error',
  })
  const text = result.outputFiles[0]?.text ?? ''
  const folder = join('.cloudlet', 'scenarios')
  const hash = createHash('sha256').update(file).update(text).digest('hex').slice(0, 16)
  await mkdir(folder, { recursive: true })
  const target = resolve(folder, `${hash}.mjs`)
  await writeFile(target, text)
  return target
}

/**
 * Rows of test data: a JSON array of objects, or CSV whose first line has the names.
 *
 * @throws Error when the file cannot be read as either
 */
export function readData(file: string): readonly DataRow[] {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('.json')) return csvRows(text)
  const rows: unknown = JSON.parse(text)
  if (!Array.isArray(rows)) throw new Error(`${file} holds no array of rows.`)
  return rows.map((row: unknown) => {
    if (typeof row !== 'object' || row === null)
      throw new Error(`${file} holds a row that is no object.`)
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
  })
}

/** RFC 4180: cells between commas, in quotes where they hold a comma, a quote (doubled) or a line's end. */
export function csvRows(text: string): readonly DataRow[] {
  const lines: string[][] = [[]]
  for (const [, quoted, bare = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    const line = lines.at(-1)
    line?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') lines.push([])
  }
  const [names = [], ...rows] = lines.filter((line) => line.some((cell) => cell !== ''))
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])))
}
