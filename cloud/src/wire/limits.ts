/** Limits of the HTTP layer. Units come last. */

/** All header lines of one request together, as AWS's front ends allow at least. */
export const headerBytesMax = 32 * 1024
/** From the first byte of a request to the end of its headers: what stops a slow-loris client. */
export const headersTimeoutMs = 15_000
/** From the first byte of a request to the end of its body. */
export const requestTimeoutMs = 120_000
/** How long an idle connection is kept: longer than the SDKs' own idle limits, so that they close first. */
export const keepAliveTimeoutMs = 65_000
/** How long the rest of a refused body is read and dropped, so that the client gets to see the answer. */
export const lingerMs = 1_000
/** How long requests under way may finish when the server closes. */
export const drainMs = 2_000
/** Smaller answers are not worth compressing. */
export const gzipBytesMin = 4 * 1024
/** Deeper JSON than any AWS input; what an operation could not walk is refused, not failed. */
export const jsonDepthMax = 200
/** Hosts and origins whose verdict is remembered. */
export const verdictsMax = 256
/** Numbered members of one Query list: `Name.member.N`. */
export const queryListItemsMax = 10_000
/** Dots in the name of a Query parameter. */
export const queryDepthMax = 32
/** Bytes of further requests that are kept while one is being answered; past that the socket is not read. */
export const pipelineBytesMax = 256 * 1024
/** An answer's head and body up to this size go out as one piece: copying them is cheaper than a second piece. */
export const joinedBytesMax = 64 * 1024
/** Bytes of answers that wait for a client to read them; past that no request is taken from it. */
export const unsentBytesMax = 128 * 1024
/** How often connections are looked at for timeouts. */
export const sweepMs = 1_000
/** Spellings of header names that are remembered. */
export const headerNamesMax = 1_000
/** The longest line that gives a chunk's size, and the longest trailer. */
export const chunkLineBytesMax = 4 * 1024
