export { createWire, type Wire, type WireOptions } from './create-wire.ts'
export { createGuard, type Guard, type GuardOptions } from './guard.ts'
export { serveHttp, type HttpServer, type ServeHttpOptions } from './http-server.ts'
