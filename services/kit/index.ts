export { created, json, ok, text } from './answer.ts'
export type { Answer } from './answer.ts'
export { backingOff } from './back-off.ts'
export type { BackOff } from './back-off.ts'
export { isUnavailable } from './dependency.ts'
export { byRoute } from './by-route.ts'
export { documentClient, exactNumber, itemClient, plainItem, storedItem } from './dynamodb.ts'
export { env } from './environment.ts'
export { httpHandler, readBody } from './http-handler.ts'
export type { Call, HttpCall } from './http-handler.ts'
export type { HttpEvent, HttpResult } from './http-event.ts'
export { numberText, parseJson, writeJson } from './json.ts'
export { logger } from './log.ts'
export type { Logger } from './log.ts'
export {
  badRequest,
  conflict,
  forbidden,
  HttpProblem,
  notFound,
  requireNoSubpath,
} from './problem.ts'
export type { Issue } from './problem.ts'
export { anyText, numberFromQuery, shortText, validate } from './validate.ts'
export type { Schema } from './validate.ts'
