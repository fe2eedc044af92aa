/**
 * What a signature says of itself (AWS, "Create a signed AWS API request"). Only its form is read here: the
 * local cloud takes any credentials, so signatures are not verified.
 */
export type CredentialScope = {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
}

export type Signing =
  | { readonly kind: 'signed'; readonly scope: CredentialScope }
  | { readonly kind: 'unsigned' }
  /** `message` is AWS's sentence on what is missing. */
  | { readonly kind: 'incomplete'; readonly message: string }

const unsigned: Signing = { kind: 'unsigned' }

/** Reads the `Authorization` header, or the query string of a presigned address. */
export function readSigning(headers: Readonly<Record<string, string>>, target: string): Signing {
  const authorization = headers['authorization']
  if (authorization !== undefined && authorization.startsWith('AWS4-')) {
    return readHeader(authorization, headers)
  }
  return target.includes('X-Amz-Credential=') ? readQuery(target) : unsigned
}

function readHeader(authorization: string, headers: Readonly<Record<string, string>>): Signing {
  const credential = part(authorization, 'Credential=')
  const dated = headers['x-amz-date'] !== undefined || headers['date'] !== undefined
  const complete =
    credential !== '' &&
    part(authorization, 'Signature=') !== '' &&
    dated &&
    authorization.includes('SignedHeaders=')
  if (complete) return rememberedScope(credential)
  let message = ''
  if (credential === '') message += requires('Credential')
  if (part(authorization, 'Signature=') === '') message += requires('Signature')
  if (part(authorization, 'SignedHeaders=') === '') message += requires('SignedHeaders')
  if (!dated) {
    message +=
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
  }
  return { kind: 'incomplete', message: `${message}Authorization=${authorization}` }
}

const requires = (name: string): string => `Authorization header requires '${name}' parameter. `

/** The value after `name` up to the next comma or blank. */
function part(authorization: string, name: string): string {
  const start = authorization.indexOf(name)
  if (start === -1) return ''
  const from = start + name.length
  const comma = authorization.indexOf(',', from)
  const value = authorization.slice(from, comma === -1 ? undefined : comma)
  const blank = value.indexOf(' ')
  return blank === -1 ? value : value.slice(0, blank)
}

function readQuery(target: string): Signing {
  const query = new URLSearchParams(target.slice(target.indexOf('?') + 1))
  const credential = query.get('X-Amz-Credential') ?? ''
  const missing = ['X-Amz-Algorithm', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'].find(
    (name) => (query.get(name) ?? '') === '',
  )
  if (missing !== undefined) {
    return {
      kind: 'incomplete',
      message: `AWS query-string parameters must include '${missing}'. Re-examine the query-string parameters.`,
    }
  }
  return scopeOf(credential)
}

/** Every request of a client has another signature, but for a day the same scope. */
const remembered = new Map<string, Signing>()
const rememberedMax = 1_000

function rememberedScope(credential: string): Signing {
  const known = remembered.get(credential)
  if (known !== undefined) return known
  const signing = scopeOf(credential)
  if (remembered.size >= rememberedMax) remembered.clear()
  remembered.set(credential, signing)
  return signing
}

function scopeOf(credential: string): Signing {
  const [accessKeyId, date, region, service, terminator, more] = credential.split('/')
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    more !== undefined
  ) {
    return {
      kind: 'incomplete',
      message: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    }
  }
  return { kind: 'signed', scope: { accessKeyId, date, region, service } }
}
