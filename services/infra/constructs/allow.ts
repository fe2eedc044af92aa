import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'

/** Lets a function take `actions` on the resources of exactly these ARNs. */
export function allow(fn: IFunction, actions: readonly string[], arns: readonly string[]): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...arns] }))
}
