/** No answer came. `kind` is short and the same for the same cause: errors are counted by it. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly kind: string

  constructor(kind: string, message: string) {
    super(message)
    this.kind = kind
  }
}
