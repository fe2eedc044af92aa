import { App } from 'aws-cdk-lib'
import { addServices } from './services.ts'

/** The CDK app: `cdk synth` runs it, and so does plain `node --import tsx services/infra/app.ts`. */
const app = new App({
  analyticsReporting: false,
  // CloudFormation's schema check takes two thirds of the time: before a deployment it is worth it, on the local
  // cloud it is not. The tests make it, too.
  builtinCloudFormationValidation: process.env['CDK_CLI_VERSION'] !== undefined,
})
addServices(app)
app.synth()
