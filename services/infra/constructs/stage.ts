import { RemovalPolicy } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Node } from 'constructs'

export const STAGE_NAMES = ['dev', 'staging', 'production'] as const

/** What differs between the places that the services are deployed to. */
export type Stage = {
  readonly name: (typeof STAGE_NAMES)[number]
  /** Data outlives its stack, is backed up continuously and cannot be deleted by accident. */
  readonly keepsData: boolean
  readonly logRetention: RetentionDays
  /** Requests a second that an API takes, and the burst above it. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number }
}

const STAGES: { readonly [Name in Stage['name']]: Stage } = {
  dev: {
    name: 'dev',
    keepsData: false,
    logRetention: RetentionDays.ONE_WEEK,
    throttle: { rateLimit: 10_000, burstLimit: 5_000 },
  },
  staging: {
    name: 'staging',
    keepsData: false,
    logRetention: RetentionDays.ONE_MONTH,
    throttle: { rateLimit: 500, burstLimit: 1_000 },
  },
  production: {
    name: 'production',
    keepsData: true,
    logRetention: RetentionDays.ONE_YEAR,
    throttle: { rateLimit: 2_000, burstLimit: 4_000 },
  },
}

/** The stage named by the context value `stage` (`cdk deploy -c stage=production`), else dev. */
export function stageOf(node: Node): Stage {
  const name: unknown = node.tryGetContext('stage') ?? 'dev'
  const known = STAGE_NAMES.find((candidate) => candidate === name)
  if (known === undefined) {
    throw new Error(`Unknown stage ${JSON.stringify(name)}: one of ${STAGE_NAMES.join(', ')}`)
  }
  return STAGES[known]
}

/** Plain names in dev, so that they are easy to type; the stage in front elsewhere, so that stages share an account. */
export const physicalName = (stage: Stage, name: string): string =>
  stage.name === 'dev' ? name : `${stage.name}-${name}`

export const removalPolicy = (stage: Stage): RemovalPolicy =>
  stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
