import { EventEmitter } from 'node:events'

/**
 * What stands in for a socket on a call that has none: the calls that HTTP clients make on a request's socket
 * work, and only its inactivity timer does anything.
 */
export class LocalSocket extends EventEmitter {
  readonly connecting = false
  readonly pending = false
  readonly readable = false
  readonly writable = true
  readonly remoteAddress = '127.0.0.1'
  readonly remoteFamily = 'IPv4'
  readonly readableHighWaterMark = 65_536
  readonly bytesRead = 0
  readonly bytesWritten = 0
  destroyed = false
  timeout = 0
  #timer: NodeJS.Timeout | undefined

  setTimeout(ms: number, listener?: () => void): this {
    clearTimeout(this.#timer)
    this.timeout = ms
    if (listener !== undefined) this.once('timeout', listener)
    if (ms > 0) this.#timer = setTimeout(() => this.emit('timeout'), ms).unref()
    return this
  }
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  destroy(): this {
    clearTimeout(this.#timer)
    this.destroyed = true
    return this
  }
}
