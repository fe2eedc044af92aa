import { dayMs, hourMs, minuteMs } from '../limits.ts'
import type { Client, TimeUnit } from '../pools/pool.ts'

const unitMs: Readonly<Record<TimeUnit, number>> = {
  seconds: 1000,
  minutes: minuteMs,
  hours: hourMs,
  days: dayMs,
}

export const durationMs = (count: number, unit: TimeUnit): number => count * unitMs[unit]

/** How long a client's tokens are good for. */
export function validityMs(client: Client): { id: number; access: number; refresh: number } {
  const units = client.TokenValidityUnits
  return {
    id: durationMs(
      client.IdTokenValidity ?? 1,
      client.IdTokenValidity ? (units.IdToken ?? 'hours') : 'hours',
    ),
    access: durationMs(
      client.AccessTokenValidity ?? 1,
      client.AccessTokenValidity ? (units.AccessToken ?? 'hours') : 'hours',
    ),
    refresh: durationMs(client.RefreshTokenValidity, units.RefreshToken ?? 'days'),
  }
}
