/** Characters (UTF-16 units) of a message's text, and of a caption (Bot API, "sendMessage" and "copyMessage"). */
export const TEXT_CHARACTERS_MAX = 4096
export const CAPTION_CHARACTERS_MAX = 1024

/** A name longer than this is cut: it stands before every message. */
export const NAME_CHARACTERS_MAX = 64

/** Pairings that one chat may hold at a time. */
export const PAIRINGS_MAX = 20
export const FILTERS_MAX = 30
export const FILTER_CHARACTERS_MAX = 200

/** How long an album's further pieces are waited for: Telegram sends each as an update of its own. */
export const ALBUM_WAIT_MS = 1_000

/** How long a relayed message can be edited, answered and reacted to. */
export const MESSAGE_MAP_SECONDS = 30 * 24 * 3600
/** Longer than the day for which Telegram keeps an update it could not deliver ("Getting updates"). */
export const UPDATE_SECONDS = 2 * 24 * 3600
export const ALBUM_SECONDS = 3600

/** Tries of one message, and the waits between them: about six minutes in all. */
export const ATTEMPTS_MAX = 10
/** Tries of a message that fails for a reason of ours, half a minute in all: that seldom passes, and the chat waits. */
export const OWN_ATTEMPTS_MAX = 6
export const RETRY_WAIT_MS = 1_000
export const RETRY_WAIT_MS_MAX = 120_000

/** What Telegram takes ("My bot is hitting limits, how do I avoid this?"); each is a count within a window. */
export const PACE_OVERALL = { count: 30, windowMs: 1_000 } as const
/** One a second, the two or three messages of one answer at once. */
export const PACE_CHAT = { count: 3, windowMs: 3_000 } as const
export const PACE_GROUP = { count: 20, windowMs: 60_000 } as const
/** Added to each window, because a request takes time that differs. */
export const PACE_MARGIN_MS = 50

/** How long the token API's word that a token lives is trusted. */
export const TOKEN_TRUSTED_MS = 5_000
/** How long the token API is left alone about a token after it did not answer. */
export const TOKEN_UNSURE_MS = 30_000

/** One worker holds a chat's queue for this long without renewing: after a crash the chat waits no longer. */
export const LEASE_MS = 6_000
/** Leases are renewed this often, also while a call to Telegram takes its time. */
export const LEASE_RENEWAL_MS = 2_000
/** A call to Telegram ends before this. */
export const CALL_SECONDS_MAX = 20
