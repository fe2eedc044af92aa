import type { Socket } from 'node:net'
import { AnswerSlab } from './answer-slab.ts'

/** With so many answers together the first go out: their clients go on while the others are still worked on. */
const TOGETHER_MAX = 16

/**
 * Holds back what is written to sockets until the event loop has read what has come: the answers then go out one
 * right after the other. A client that sleeps is woken by the first and finds the others when it looks; written one by
 * one, each would wake it anew, which cost half of a GetItem.
 */
export class HeldSockets {
  private held: Socket[] = []
  private readonly slab = new AnswerSlab()
  private readonly release = (): void => {
    const sockets = this.held
    this.held = []
    for (const socket of sockets) socket.uncork()
    this.slab.reuse(sockets.every((socket) => socket.writableLength === 0))
  }

  /** Corks a socket; what is written to it goes out when the answers of this turn of the event loop are together. */
  hold(socket: Socket): void {
    if (this.held.length === TOGETHER_MAX) this.release()
    socket.cork()
    if (this.held.push(socket) === 1) setImmediate(this.release)
  }

  /** Memory for what is written to a held socket. */
  take(length: number): Buffer {
    return this.slab.take(length)
  }
}
