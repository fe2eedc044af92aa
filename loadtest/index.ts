export { summarize } from './measure/summary.ts'
export { runLoad } from './run/run-load.ts'
