import { foundation, headroom, limits, sdk, visibility } from './own-views.ts'
import { cognito, dynamodb, functions, load, memory, startup } from './peer-views.ts'
import type { Run } from './run.ts'
import { scaleViews } from './scale-views.ts'
import type { View } from './view.ts'

/** The one list of how benches are shown, in the order of the pages. A new bench gets its line here and in benches.ts. */
export const views: Readonly<Record<string, View>> = {
  foundation,
  functions,
  dynamodb,
  sdk,
  cognito,
  startup,
  memory,
  limits,
  visibility,
  load,
  headroom,
  ...scaleViews,
}

/** Runs in the order of `views`; last those that have none, with their name as their title. */
export function inOrder(runs: readonly Run[]): readonly (readonly [Run, View])[] {
  const names = Object.keys(views)
  const place = ({ name }: Run): number =>
    names.includes(name) ? names.indexOf(name) : names.length
  return runs
    .toSorted((a, b) => place(a) - place(b))
    .map((run) => [run, views[run.name] ?? { title: run.name, takes: 'some minutes' }])
}
