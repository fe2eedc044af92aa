/** A body in an event. */
export type EventBody = { readonly text: string | null; readonly base64: boolean }

export const noBody: EventBody = { text: null, base64: false }

const plain = (body: Buffer): EventBody => ({ text: body.toString(), base64: false })
const encoded = (body: Buffer): EventBody => ({ text: body.toString('base64'), base64: true })

const mediaType = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()

/**
 * HTTP APIs hand text, JSON, XML and JavaScript on as they are and everything else in base64, forms included
 * (API Gateway, "Working with AWS Lambda proxy integrations for HTTP APIs"). A body without a type is taken as
 * text when it is UTF-8.
 */
export function httpApiBody(body: Buffer, contentType: string | undefined): EventBody {
  if (body.length === 0) return noBody
  if (contentType === undefined) return isUtf8(body) ? plain(body) : encoded(body)
  const type = mediaType(contentType)
  const text =
    type.startsWith('text/') ||
    /^application\/(json|xml|javascript)$/.test(type) ||
    /^application\/.+\+(json|xml)$/.test(type)
  return text ? plain(body) : encoded(body)
}

const isUtf8 = (body: Buffer): boolean => Buffer.from(body.toString()).equals(body)

/** REST APIs encode only what the API declares as binary. */
export function restApiBody(
  body: Buffer,
  contentType: string | undefined,
  binaryMediaTypes: readonly string[],
): EventBody {
  if (body.length === 0) return noBody
  return isBinary(contentType, binaryMediaTypes) ? encoded(body) : plain(body)
}

/** Whether one of the API's binary media types covers the first type named in a header. */
export function isBinary(
  contentType: string | undefined,
  binaryMediaTypes: readonly string[],
): boolean {
  if (binaryMediaTypes.length === 0) return false
  const type = mediaType((contentType ?? 'application/json').split(',', 1)[0] ?? '')
  return binaryMediaTypes.some((each) => {
    const wanted = each.toLowerCase()
    return (
      wanted === '*/*' ||
      wanted === type ||
      (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)))
    )
  })
}
