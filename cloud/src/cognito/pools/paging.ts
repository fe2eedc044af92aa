import { invalidParameter } from '../errors.ts'

/** One page of a listing: `next` continues after its last item, and is absent on the last page. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | undefined }

/** @param positionOf where to go on after an item; callers find it again by {@link openPageToken} */
export function pageOf<T>(
  items: Iterable<T>,
  limit: number,
  positionOf: (item: T) => string,
): Page<T> {
  const taken: T[] = []
  let more = false
  for (const item of items) {
    if (taken.length >= limit) {
      more = true
      break
    }
    taken.push(item)
  }
  const last = taken.at(-1)
  return {
    items: taken,
    next: more && last !== undefined ? pageToken(positionOf(last)) : undefined,
  }
}

export const pageToken = (position: string): string => Buffer.from(position).toString('base64url')

/** The position in a token that we gave, undefined for the first page. @throws InvalidParameterException */
export function openPageToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined
  const position = Buffer.from(token, 'base64url').toString('utf8')
  if (position === '' || pageToken(position) !== token) {
    throw invalidParameter('Invalid pagination token.')
  }
  return position
}
