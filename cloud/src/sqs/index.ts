export { createSqs, type Sqs } from './create-sqs.ts'
