import type { Scale } from './cpu-share.ts'

/**
 * What the cloud's thread and an execution environment's thread say to each other: flat arrays that begin with
 * one of the numbers below, because they are the cheapest thing to clone. Shared memory carries the rest: who
 * has claimed an offered request, and the log (log-ring.ts).
 */

/** Cloud → environment: `[INVOKE, clockMs, …fields of each offer]`. */
export const INVOKE = 0
/** Cloud → environment: `[ANSWER, id, status, head, body, …]`, several answers in one message. */
export const ANSWER = 1

/** Environment → cloud: `[READY, initMs]`. */
export const READY = 2
/** Environment → cloud: `[INIT_FAILED, payload]`. */
export const INIT_FAILED = 3
/** Environment → cloud: `[RESULT, serial, payload, failed ? 1 : 0, durationMs]`. */
export const RESULT = 4
/** Environment → cloud: `[CRASHED, payload]`: an uncaught exception, the thread ends. */
export const CRASHED = 5
/** Environment → cloud: `[CALL, id, head, body, …]`, several calls in one message. */
export const CALL = 6
/** Environment → cloud: `[LOGGED]`: the log ring is half full. */
export const LOGGED = 7

/** Fields of one call, and of one answer. */
export const CALL_FIELDS = 3
export const ANSWER_FIELDS = 4
/**
 * Heads are one text, since each text of a message costs: method, target, then header names and values in turn
 * (of an answer, headers only). None of them can hold a line feed.
 */
export const HEAD_SEPARATOR = '\n'

/** One element of a message. */
export type Field = string | number | Uint8Array
export type Message = Field[]

/** `serial, requestId, traceId, clientContext, payload`, one after the other in an INVOKE. */
export const OFFER_FIELDS = 5

/**
 * The control words (Int32Array) say who has claimed which offer: word `serial % SLOTS` holds
 * `serial × STATES + state`. An offered request belongs to whoever changes its word from OFFERED first: the
 * environment when it starts it, the cloud when it takes it back. The serial number in the word keeps a late
 * claim from hitting another request's offer.
 */
export const SLOTS = 64
export const OFFERED = 0
export const STARTED = 1
export const RECALLED = 2
const STATES = 4
/** Two words more: the number that the system knows the environment's thread by (0 where it is not known), … */
export const CONTROL_WORDS = SLOTS + 2
export const THREAD = CONTROL_WORDS - 2
/** … and 1 once the thread ends by itself. */
export const LEAVING = CONTROL_WORDS - 1
/** Serial numbers stay below this, so that a word stays a positive Int32. */
export const SERIALS = 2 ** 28

export const offer = (control: Int32Array, serial: number): void =>
  void Atomics.store(control, serial % SLOTS, serial * STATES + OFFERED)

/** Claims an offer for its environment (STARTED) or for the cloud (RECALLED); false when the other was first. */
export function claim(control: Int32Array, serial: number, state: number): boolean {
  const offered = serial * STATES + OFFERED
  return (
    Atomics.compareExchange(control, serial % SLOTS, offered, serial * STATES + state) === offered
  )
}

/** What an environment is told when its thread starts. */
export type StartData = {
  readonly functionName: string
  readonly functionArn: string
  readonly runtime: string
  readonly handler: string
  readonly codeFolder: string
  readonly memoryMb: number
  readonly timeoutMs: number
  readonly logGroup: string
  readonly logStream: string
  readonly tracing: boolean
  readonly responseBytesMax: number
  readonly clockMs: number
  /** `host:port` names under which the cloud's own endpoint is known. */
  readonly cloudHosts: readonly string[]
  /** Where functions get the processor share of their memory size. */
  readonly scale?: Scale
  readonly control: SharedArrayBuffer
  readonly logRing: SharedArrayBuffer
}
