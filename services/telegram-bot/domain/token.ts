const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The token that a person wrote, in the API's own spelling; undefined for what cannot be one. */
export function readToken(text: string): string | undefined {
  const token = text.trim().toLowerCase()
  return UUID.test(token) ? token : undefined
}

/** Opens the bot's chat and sends `/start <token>` ("Deep linking"). */
export const deepLink = (botName: string, token: string): string =>
  `https://t.me/${botName}?start=${token}`

/** Lets a person choose whom to send the deep link to ("Sharing button"). */
export const shareLink = (botName: string, token: string): string =>
  `https://t.me/share/url?url=${encodeURIComponent(deepLink(botName, token))}`

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 }

/** Seconds of a lifetime such as `30m`, `12h` or `7d`; undefined where it is none or beyond what tokens take. */
export function readLifetime(text: string): number | undefined {
  const match = /^(\d{1,6})\s*([mhd])$/i.exec(text.trim())
  const seconds = Number(match?.[1]) * (UNITS[match?.[2]?.toLowerCase() ?? ''] ?? Number.NaN)
  return seconds >= 60 && seconds <= 31_536_000 ? seconds : undefined
}
