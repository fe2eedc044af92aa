import { App } from 'aws-cdk-lib'
import { addServices } from './services.ts'

/** The CDK app: `cdk synth` runs it, and so does plain `node --import tsx services/infra/app.ts`. */
const app = new App({ analyticsReporting: false })
addServices(app)
app.synth()
