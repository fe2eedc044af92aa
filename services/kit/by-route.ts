import type { HttpEvent, HttpResult } from './http-event.ts'

type Handler = (event: HttpEvent) => Promise<HttpResult>

/**
 * One function for several routes of an HTTP API: hands each event to the handler of its route key
 * (`GET /users/{userId}`), so that endpoints with the same rights share a warm function.
 * Throws for a route that has none: the stack and the handler differ.
 */
export function byRoute(handlers: Readonly<Record<string, Handler>>): Handler {
  const known = new Map(Object.entries(handlers))
  return (event) => {
    const handler = known.get(event.routeKey ?? '')
    if (handler === undefined) {
      throw new Error(`No handler for the route ${JSON.stringify(event.routeKey)}`)
    }
    return handler(event)
  }
}
