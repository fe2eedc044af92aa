import type { Logger } from '@cloudlet/kit'

const HIDDEN = '<bot token>'

/** A logger that never writes the token, whatever is given to it: errors of HTTP clients hold whole addresses. */
export function safeLog(log: Logger, token: string): Logger {
  const hide = (text: string): string => (token === '' ? text : text.replaceAll(token, HIDDEN))
  const plain = (_key: string, value: unknown): unknown =>
    value instanceof Error
      ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
      : value
  function fieldsOf(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const text = hide(JSON.stringify(fields, plain))
    // A cast: the JSON of an object is read again.
    return JSON.parse(text) as Record<string, unknown>
  }
  return {
    info: (message, fields = {}) => log.info(hide(message), fieldsOf(fields)),
    warn: (message, fields = {}) => log.warn(hide(message), fieldsOf(fields)),
    error: (message, fields = {}) => log.error(hide(message), fieldsOf(fields)),
  }
}
