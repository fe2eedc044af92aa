import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What happened, so that it can happen again when the program starts anew. */
export type Journal<Entry> = {
  readonly read: () => readonly Entry[]
  readonly write: (entry: Entry) => void
}

export const noJournal = <Entry>(): Journal<Entry> => ({ read: () => [], write: () => undefined })

/** One line of JSON an entry. A last line that a kill cut short is left out. */
export function fileJournal<Entry>(file: string): Journal<Entry> {
  mkdirSync(dirname(file), { recursive: true })
  return {
    read() {
      let text: string
      try {
        text = readFileSync(file, 'utf8')
      } catch {
        return []
      }
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      if (whole.length < text.length) appendFileSync(file, '\n')
      return whole.split('\n').flatMap((line) => {
        try {
          // A cast: only `write` makes these lines.
          return line === '' ? [] : [JSON.parse(line) as Entry]
        } catch {
          return []
        }
      })
    },
    write: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`),
  }
}
