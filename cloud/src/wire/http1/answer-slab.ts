/**
 * Memory in which answers are put together for their sockets. What has been handed to the system is used again: a
 * buffer of its own for each answer made the garbage collector a fifth of the work of a Query of 20 KB.
 */
export class AnswerSlab {
  private bytes = Buffer.allocUnsafeSlow(slabBytes)
  private used = 0

  /** A piece of memory, until `reuse`. */
  take(length: number): Buffer {
    if (this.used + length > this.bytes.length) this.renew(length)
    const start = this.used
    this.used += length
    return this.bytes.subarray(start, this.used)
  }

  /** @param isWritten whether all that was taken is with the system; else it is left to its sockets */
  reuse(isWritten: boolean): void {
    if (isWritten) this.used = 0
    else this.renew(0)
  }

  private renew(length: number): void {
    this.bytes = Buffer.allocUnsafeSlow(Math.max(slabBytes, length))
    this.used = 0
  }
}

const slabBytes = 256 * 1024
