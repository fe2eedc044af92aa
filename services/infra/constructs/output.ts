import { CfnOutput } from 'aws-cdk-lib'
import type { Stack } from 'aws-cdk-lib'

/** Tells whoever deploys the stack a value, under a name of ours. */
export const output = (stack: Stack, name: string, value: string): CfnOutput =>
  new CfnOutput(stack, name, { value })
