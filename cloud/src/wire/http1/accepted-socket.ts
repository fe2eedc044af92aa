import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net'
import { unsentBytesMax } from '../limits.ts'

/** The types know `onread` only of sockets that are to be connected. */
type Options = SocketConstructorOpts & { readonly handle: unknown; readonly onread: OnReadOpts }

/**
 * An accepted connection whose bytes are read into memory that is there, the same for all. A server's own sockets make a
 * buffer of 64 KB for each read and hand it through a stream: a tenth of a GetItem. Node has `onread` against that, but
 * takes it only where a socket is made ("new net.Socket([options])"), so one is made on the connection's handle.
 *
 * @param accepted as a server with `pauseOnConnect` gives it: nothing has been read yet. It is of no use any more.
 * @param take is called with what has come, which is its own
 */
export function readInPlace(accepted: Socket, take: (chunk: Buffer) => void): Socket {
  // What Node itself calls them, for sockets that come from another process; the types do not know them.
  const handle: unknown = Reflect.get(accepted, '_handle')
  Reflect.set(accepted, '_handle', null)
  accepted.destroy()
  const onread: OnReadOpts = {
    buffer: readBuffer,
    callback(length) {
      take(Buffer.from(readBuffer.subarray(0, length)))
      return true
    },
  }
  const writable = { allowHalfOpen: true, writableHighWaterMark: unsentBytesMax }
  const options: Options = { ...writable, handle, onread }
  return new Socket(options)
}

/** What is read lies in it only until it is taken, which is at once. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024)
