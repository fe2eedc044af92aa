export { createWire, type Wire } from './create-wire.ts'
export { createGuard } from './guard.ts'
export { serveHttp, type HttpServer } from './http-server.ts'
