/** Limits and defaults of user pools, with their units. Sources: "Amazon Cognito quotas", "Using the refresh token". */

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const tokenValidityMsMin = 5 * minuteMs
export const tokenValidityMsMax = 24 * hourMs
/** A token may seem to come from the future by this much: machines' clocks are set back a little now and then. */
export const clockSkewMsMax = 60_000
export const refreshValidityDefaultDays = 30
export const refreshValidityMsMin = 60 * minuteMs
export const refreshValidityMsMax = 3650 * dayMs

export const challengeSessionDefaultMinutes = 3
export const temporaryPasswordDefaultDays = 7
export const signUpCodeMs = 24 * hourMs
export const resetCodeMs = 60 * minuteMs
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
/** An index entry keeps this much of an attribute's value; longer values are compared with the user's own. */
export const indexedValueLengthMax = 256

export const outboxMessagesMax = 1000
export const sweepIntervalMs = 5 * minuteMs
export const sweptPerTransactionMax = 500

/** "Managed login", session cookie; "Authorize endpoint", lifetime of a code. */
export const hostedSessionMs = 60 * minuteMs
export const authorizationCodeMs = 5 * minuteMs
/** Forms that one address may send to a pool's pages. */
export const formsPerSecondMax = 5
export const formsBurstMax = 40
/** "Quotas in Amazon Cognito", ClientAuthentication and UserToken: calls of one app client to the token endpoint. */
export const tokenCallsPerSecondMax = 150
export const tokenCallsBurstMax = 300
/** A form of these pages, or a call of the token endpoint. */
export const formBytesMax = 64 * 1024
