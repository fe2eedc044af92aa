const ttlSecondsMax = 3600

/** Both kinds of APIs keep results up to an hour, and only by an identity. */
export function checkResultTtl(
  {
    AuthorizerResultTtlInSeconds: ttl,
  }: { readonly AuthorizerResultTtlInSeconds?: number | undefined },
  hasIdentity: boolean,
  report: (path: string, sentence: string) => void,
): void {
  if (ttl === undefined) return
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > ttlSecondsMax) {
    report('AuthorizerResultTtlInSeconds', `is not a whole number from 0 to ${ttlSecondsMax}`)
  } else if (ttl > 0 && !hasIdentity) {
    report('IdentitySource', 'is missing: results can only be kept by an identity')
  }
}
