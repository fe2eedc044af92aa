export { createLogs, type Logs } from './create-logs.ts'
