import { AwsError } from '../../kernel/index.ts'

export type Page<T> = { readonly items: readonly T[]; readonly nextMarker: string | null }

/**
 * One page of a sorted list, by the query's Marker and MaxItems.
 *
 * @throws AwsError InvalidParameterValueException for a MaxItems that is no number from 1 to 10,000
 */
export function page<T>(
  sorted: readonly T[],
  idOf: (item: T) => string,
  query: URLSearchParams,
  itemsMax: number,
): Page<T> {
  const wanted = Number(query.get('MaxItems') ?? itemsMax)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 10_000) {
    throw new AwsError('InvalidParameterValueException', 'MaxItems must be from 1 to 10000.')
  }
  const marker = query.get('Marker') ?? ''
  const after = marker === '' ? '' : Buffer.from(marker, 'base64url').toString('utf8')
  const rest = sorted.filter((item) => idOf(item) > after)
  const items = rest.slice(0, Math.min(wanted, itemsMax))
  const last = items.at(-1)
  const isMore = last !== undefined && rest.length > items.length
  return { items, nextMarker: isMore ? Buffer.from(idOf(last)).toString('base64url') : null }
}
