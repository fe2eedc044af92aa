import { isDeepStrictEqual } from 'node:util'
import { KINDS } from '../../domain/content.ts'
import { readFilter } from '../../domain/filters.ts'
import { FILTERS_MAX } from '../../domain/limits.ts'
import { say } from '../situation.ts'
import type { Command } from './command.ts'
import { inUse, tellBoth } from './pause.ts'

/** Adds a filter to the pairing in use, and tells both. */
export const filter: Command = (parts, situation, argument) => {
  const { sentences, message } = situation
  const pairing = inUse(situation)
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  const added = readFilter(argument, message.reply_to_message)
  if (added === 'usage') return { drafts: [say(situation, sentences.filterUsage(KINDS))] }
  if (typeof added === 'string') return { drafts: [say(situation, sentences.filterProblem[added])] }
  if (pairing.filters.some((each) => isDeepStrictEqual(each, added))) {
    return { drafts: [say(situation, sentences.filterAdded(sentences.filterOf(added)))] }
  }
  if (pairing.filters.length >= FILTERS_MAX) {
    return { drafts: [say(situation, sentences.tooManyFilters(FILTERS_MAX))] }
  }
  return tellBoth(
    parts,
    situation,
    { ...pairing, filters: [...pairing.filters, added] },
    {
      here: sentences.filterAdded(sentences.filterOf(added)),
      there: (theirs) => theirs.filterAddedByPeer(theirs.filterOf(added)),
    },
  )
}

/** Lists the filters of the pairing in use, numbered as /unfilter takes them. */
export const filters: Command = (parts, situation) => {
  const { sentences } = situation
  const pairing = inUse(situation)
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  const text = sentences.filterList(
    pairing.filters.map(sentences.filterOf),
    parts.filters.map(sentences.filterOf),
  )
  return { drafts: [say(situation, text)] }
}

/** Removes a filter by its number, and tells both. */
export const unfilter: Command = (parts, situation, argument) => {
  const { sentences } = situation
  const pairing = inUse(situation)
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  const at = /^\d{1,3}$/.test(argument) ? Number(argument) - 1 : -1
  const removed = pairing.filters[at]
  if (removed === undefined) {
    return { drafts: [say(situation, sentences.unfilterUsage(pairing.filters.length))] }
  }
  return tellBoth(
    parts,
    situation,
    { ...pairing, filters: pairing.filters.filter((_, each) => each !== at) },
    {
      here: sentences.filterRemoved(sentences.filterOf(removed)),
      there: (theirs) => theirs.filterRemoved(theirs.filterOf(removed)),
    },
  )
}
