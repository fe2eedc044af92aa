import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Second } from '../measure/second.ts'
import { csvOf } from './csv.ts'
import { runPage } from './html/run-page.ts'
import type { Measured, RunRecord } from './run-record.ts'

/** Where runs are kept unless `--out` says otherwise. */
export const runsFolder = join('.cloudlet', 'load')

/**
 * Writes a run into a folder:
 *
 *     run.json      the figures
 *     seconds.json  a histogram a second and request, from which all else is made
 *     seconds.csv   the figures by second
 *     report.html   the report
 */
export function writeRun(folder: string, measured: Measured): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  write('run.json', `${JSON.stringify(measured.record, null, 2)}\n`)
  write('seconds.json', `${JSON.stringify(measured.seconds)}\n`)
  write('seconds.csv', csvOf(measured.seconds))
  write('report.html', runPage(measured))
}

export type KeptRun = { readonly record: RunRecord; readonly seconds: readonly Second[] }

/**
 * Reads a run back.
 *
 * @param name its folder, or its id, or the start of its id in the usual place
 * @throws Error saying what is missing
 */
export function readRun(name: string): KeptRun {
  for (const folder of [name, ...idsStartingWith(name).map((id) => join(runsFolder, id))]) {
    try {
      const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
      const record = read('run.json') as RunRecord // written by writeRun
      if (record.format !== 1) throw new Error(`The run in ${folder} is of another version.`)
      return { record, seconds: read('seconds.json') as readonly Second[] }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
  const known = idsStartingWith('').slice(-5)
  throw new Error(
    `There is no run ${name}. ${known.length === 0 ? `None is kept in ${runsFolder}.` : `The newest kept: ${known.join(', ')}.`}`,
  )
}

function idsStartingWith(start: string): readonly string[] {
  try {
    return readdirSync(runsFolder)
      .filter((id) => id.startsWith(start))
      .toSorted()
  } catch {
    return []
  }
}
