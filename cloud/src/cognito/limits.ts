/** Limits and defaults of user pools, with their units. Sources: "Amazon Cognito quotas", "Using the refresh token". */

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const tokenValidityDefaultMs = hourMs
export const tokenValidityMsMin = 5 * minuteMs
export const tokenValidityMsMax = dayMs
export const refreshValidityDefaultDays = 30
export const refreshValidityMsMin = 60 * minuteMs
export const refreshValidityMsMax = 3650 * dayMs

export const challengeSessionDefaultMinutes = 3
export const temporaryPasswordDefaultDays = 7
export const signUpCodeMs = dayMs
export const resetCodeMs = hourMs
export const mfaCodeMs = 3 * minuteMs
export const codeAttemptsMax = 5
/** Between two messages to one user for one purpose: how many in an hour. */
export const codesSentPerHourMax = 20

/** "Amazon Cognito user pools: lockout behavior for failed sign-in attempts". */
export const lockoutFailuresFree = 4
export const lockoutMsMax = 15 * minuteMs
export const lockoutQuietMs = 15 * minuteMs

export const usersPerPageMax = 60
export const groupsPerUserMax = 100
export const customAttributesMax = 50
export const attributeBytesMax = 2048
/** An index entry keeps this much of an attribute's value; longer values are compared with the user's own. */
export const indexedValueLengthMax = 256

export const outboxMessagesMax = 1000
export const sweepIntervalMs = 5 * minuteMs
export const sweptPerTransactionMax = 500
