export { createLogs, type FollowLogs, type Logs } from './create-logs.ts'
