import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadEnvFile } from 'node:process'
import { App } from 'aws-cdk-lib'
import { addServices } from './services.ts'

/**
 * The CDK app: `cdk synth` runs it, and so does plain `node --import tsx services/infra/app.ts`. Settings may stand in
 * `.env` at the root of the repository (services/identity/.env.example).
 */
const settings = join(import.meta.dirname, '..', '..', '.env')
// Variables that are set already stay as they are.
if (existsSync(settings)) loadEnvFile(settings)

const app = new App({
  analyticsReporting: false,
  // CloudFormation's schema check takes two thirds of the time: before a deployment it is worth it, on the local
  // cloud it is not. The tests make it, too.
  builtinCloudFormationValidation: process.env['CDK_CLI_VERSION'] !== undefined,
})
addServices(app)
app.synth()
