const DATE = String.raw`(\d{4})-(\d{2})-(\d{2})`
const TIME = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`
const ZONE = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)?`
/** ISO 8601's extended form, and the company's own with a blank in the middle. */
const TIMESTAMP = new RegExp(`^${DATE}(?:[T ]${TIME}${ZONE})?$`, 'i')

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Minutes that a zone is ahead of UTC; undefined where there is no such zone. No zone at all means UTC. */
function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/**
 * The instant that `text` names, as ISO 8601 in UTC with the fraction of the second as it was given;
 * undefined where `text` is neither ISO 8601 nor "YYYY-MM-DD HH:MM:SS[.ffffff]", or names no real moment.
 */
export function readTimestamp(text: string): string | undefined {
  const match = TIMESTAMP.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0))
  const fraction = match[7]
  const ahead = zoneMinutes(match[8])
  if (ahead === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(0)
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hour, minute - ahead, second)
  if (date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) return undefined
  return `${date.toISOString().slice(0, 19)}${fraction === undefined ? '' : `.${fraction}`}Z`
}

/** The same text for the same instant, however many zeros its fraction ends in. */
export const canonicalTimestamp = (timestamp: string): string =>
  timestamp.replace(/(\.\d*?)0*Z$/, '$1Z').replace('.Z', 'Z')

/** The hour, in UTC, that a timestamp of {@link readTimestamp} falls in: `2026-11-21T10:00:00Z`. */
export const hourOf = (timestamp: string): string => `${timestamp.slice(0, 13)}:00:00Z`

/** The day of an hour: `2026-11-21`. */
export const dayOf = (hour: string): string => hour.slice(0, 10)

/** The first and last hour that overlap with the `hours` hours before `now`. */
export function hourWindow(
  now: Date,
  hours: number,
): { readonly first: string; readonly last: string } {
  const start = new Date(now.getTime() - hours * HOUR_MS)
  return { first: hourOf(start.toISOString()), last: hourOf(now.toISOString()) }
}

/** The days from one hour to another, both included, newest first. */
export function daysOf(window: {
  readonly first: string
  readonly last: string
}): readonly string[] {
  const days: string[] = []
  for (
    let time = Date.parse(dayOf(window.last));
    time >= Date.parse(dayOf(window.first));
    time -= 24 * HOUR_MS
  ) {
    days.push(new Date(time).toISOString().slice(0, 10))
  }
  return days
}
