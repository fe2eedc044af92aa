import type { Socket } from 'node:net'

/** With so many answers together the first go out: their clients go on while the others are still worked on. */
const TOGETHER_MAX = 16

/**
 * Holds back what is written to sockets until the event loop has read what has come: the answers then go out one
 * right after the other. A client that sleeps is woken by the first and finds the others when it looks; written one by
 * one, each would wake it anew, which cost half of a GetItem.
 *
 * @returns corks a socket until then
 */
export function heldSockets(): (socket: Socket) => void {
  let held: Socket[] = []
  function release(): void {
    const sockets = held
    held = []
    for (const socket of sockets) socket.uncork()
  }
  return (socket) => {
    socket.cork()
    const count = held.push(socket)
    if (count === 1) setImmediate(release)
    else if (count === TOGETHER_MAX) release()
  }
}
