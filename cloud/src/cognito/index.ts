export { createCognito, type Cognito } from './create-cognito.ts'
