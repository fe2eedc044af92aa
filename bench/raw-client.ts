import { connect } from 'node:net'

/**
 * A load client so cheap that the server is what is measured: keep-alive sockets, requests written as they
 * are, answers read only for their status and length. Runs in a process of its own (`bench/drive.ts` forks it).
 */
export type Load = {
  readonly port: number
  /** Whole HTTP/1.1 requests, sent in turn. */
  readonly requests: readonly string[]
  readonly connections: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** Every request is sent once, all of them measured, however long it takes: `warmUpMs` and `measureMs` say nothing. */
  readonly once?: true
}

export type Result = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Answers by status outside 200–299, and broken connections as `transport`. */
  readonly errors: Readonly<Record<string, number>>
}

/** One for all connections: what has been read is looked at before anything else is. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024)
const nothing = Buffer.alloc(0)

/** Sends the load and gathers what came back. */
export function drive(load: Load): Promise<Result> {
  const requests = load.requests.map((request) => Buffer.from(request, 'utf8'))
  const latenciesMs: number[] = []
  const errors: Record<string, number> = {}
  const fail = (kind: string): void => {
    errors[kind] = (errors[kind] ?? 0) + 1
  }
  let next = 0
  let answered = 0
  let measuring = load.once === true
  let done = false
  let allAnswered = (): void => undefined

  function client(): () => void {
    const socket = connect({
      port: load.port,
      host: '127.0.0.1',
      noDelay: true,
      // Into memory that is there: large answers must not cost the client more than the server.
      onread: { buffer: readBuffer, callback: receive },
    })
    let sentAt = 0
    let status = ''
    /** The beginning of an answer whose head has not yet come as a whole. */
    let begun = nothing
    /** Bytes of the answer's body that have yet to come. */
    let missing = 0
    const send = (): void => {
      if (done || (load.once === true && next >= requests.length)) return
      sentAt = performance.now()
      socket.write(requests[next++ % requests.length] ?? nothing)
    }
    const complete = (): void => {
      if (measuring) {
        latenciesMs.push(performance.now() - sentAt)
        if (!status.startsWith('2')) fail(status)
      }
      answered++
      if (answered === requests.length) allAnswered()
      send()
    }
    function receive(count: number): boolean {
      if (missing > 0) missing -= count
      else {
        const chunk = readBuffer.subarray(0, count)
        const answer = begun === nothing ? chunk : Buffer.concat([begun, chunk])
        const length = answerLength(answer)
        if (length === undefined) {
          begun = Buffer.from(answer)
          return true
        }
        begun = nothing
        status = answer.toString('latin1', 9, 12)
        missing = length - answer.length
      }
      if (missing <= 0) complete()
      return true
    }
    socket.on('connect', send)
    socket.on('error', () => {
      if (!done) fail('transport')
    })
    socket.on('close', () => {
      if (!done) fail('closed')
    })
    return () => socket.destroy()
  }

  let startedMs = performance.now()
  const closers = Array.from({ length: load.connections }, client)
  function finish(): Result {
    done = true
    const seconds = (performance.now() - startedMs) / 1000
    for (const close of closers) close()
    latenciesMs.sort((a, b) => a - b)
    const at = (share: number): number =>
      latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0
    return {
      perSecond: latenciesMs.length / seconds,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      errors,
    }
  }
  return new Promise((resolve) => {
    if (load.once === true) {
      allAnswered = () => resolve(finish())
      return
    }
    setTimeout(() => {
      measuring = true
      startedMs = performance.now()
      setTimeout(() => resolve(finish()), load.measureMs)
    }, load.warmUpMs)
  })
}

/** The length of the first answer in the buffer, or undefined while its head is incomplete. */
function answerLength(buffer: Buffer): number | undefined {
  const headEnd = buffer.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = buffer.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return headEnd + 4 + Number(length)
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const end = buffer.indexOf('0\r\n\r\n', headEnd)
    return end < 0 ? undefined : end + 5
  }
  return headEnd + 4
}

if (process.send !== undefined) {
  process.on('message', (load: Load) => {
    void drive(load).then((result) => process.send?.(result))
  })
}
