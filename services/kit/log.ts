export type Logger = {
  readonly info: (message: string, fields?: Fields) => void
  readonly warn: (message: string, fields?: Fields) => void
  readonly error: (message: string, fields?: Fields) => void
}

type Fields = Readonly<Record<string, unknown>>

const CAUSES_MAX = 5

/** An error as plain data, its stack, own fields and causes included. */
function plainError(error: Error, depth = 0): Fields {
  const { name, message, stack, cause } = error
  return {
    name,
    message,
    stack,
    ...Object.fromEntries(Object.entries(error).filter(([key]) => !key.startsWith('$response'))),
    ...(cause instanceof Error && depth < CAUSES_MAX
      ? { cause: plainError(cause, depth + 1) }
      : {}),
  }
}

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) return plainError(value)
  return typeof value === 'bigint' ? value.toString() : value
}

function line(level: string, message: string, fixed: Fields, fields: Fields): string {
  const head = { level, timestamp: new Date().toISOString(), message }
  try {
    return JSON.stringify({ ...head, ...fixed, ...fields }, plain)
  } catch (error) {
    // A circular field must not turn a log line into a failure.
    return JSON.stringify({ ...head, ...fixed, logError: String(error) })
  }
}

/**
 * One JSON line a message, as CloudWatch Logs Insights reads them. `fixed` (for example the request id)
 * goes on every line. Powertools' logger does more, at ten times the bundle and load time.
 */
export function logger(fixed: Fields = {}): Logger {
  return {
    info: (message, fields = {}) => console.log(line('INFO', message, fixed, fields)),
    warn: (message, fields = {}) => console.warn(line('WARN', message, fixed, fields)),
    error: (message, fields = {}) => console.error(line('ERROR', message, fixed, fields)),
  }
}
