/** What a server answered. Headers and text are decoded when they are asked for. */
export class HttpAnswer {
  readonly status: number
  readonly #head: string
  readonly #body: Buffer

  constructor(status: number, head: string, body: Buffer) {
    this.status = status
    this.#head = head
    this.#body = body
  }

  /** A header's value; several of one name are joined by a comma. */
  header(name: string): string | undefined {
    const wanted = name.toLowerCase()
    const values = this.#head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)])
      .filter(([each]) => each?.toLowerCase() === wanted)
      .map(([, value]) => (value ?? '').trim())
    return values.length === 0 ? undefined : values.join(', ')
  }

  get headers(): readonly (readonly [string, string])[] {
    return this.#head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
  }

  text(): string {
    return this.#body.toString('utf8')
  }

  /**
   * The parsed body.
   *
   * @throws SyntaxError where it is no JSON
   */
  json(): unknown {
    return JSON.parse(this.text())
  }
}
