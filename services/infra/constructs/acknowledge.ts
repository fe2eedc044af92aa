import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Records why a rule of cdk-nag does not apply to `construct` and what is in it. */
export function acknowledge(construct: IConstruct, rules: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(rules)) {
    Validations.of(construct).acknowledge({ id, reason })
  }
}
