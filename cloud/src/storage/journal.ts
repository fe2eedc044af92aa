import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import type { Image } from './image.ts'

/**
 * The file in which the records of a generation last (image.ts tells how they lie there). It is written from its
 * beginning again for another generation.
 */
export class Journal {
  private readonly fd: number
  private readonly flush: boolean

  /** @param options.flush each record waits for the disk */
  constructor(file: string, options: { flush: boolean }) {
    // Read and written, made when it is not there, never cut off: a flag that node has no letters for.
    this.fd = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
    this.flush = options.flush
  }

  /**
   * Writes what was noted in an image as one record: all of it survives the process, or nothing.
   *
   * @throws Error when that cannot be done: the disk is full, for example
   */
  append(image: Image): void {
    const from = image.seal()
    writeWhole(this.fd, image.bytes.subarray(0, image.used), from)
    if (this.flush) fdatasyncSync(this.fd)
    image.keep()
  }

  contents(): Buffer {
    const contents = Buffer.allocUnsafe(fstatSync(this.fd).size)
    let read = 0
    while (read < contents.length) {
      const more = readSync(this.fd, contents, read, contents.length - read, read)
      if (more === 0) break
      read += more
    }
    return contents.subarray(0, read)
  }

  /** @param options.done nothing in it is needed: the file is emptied, so that nothing is read at the next start */
  close(options: { done: boolean }): void {
    if (options.done) ftruncateSync(this.fd, 0)
    closeSync(this.fd)
  }
}

/** The system may write less than it was asked to, and says why only when it is asked for the rest. */
function writeWhole(fd: number, bytes: Buffer, from: number): void {
  let at = from
  while (at < bytes.length) at += writeSync(fd, bytes, at, bytes.length - at, at)
}
