import { createHash } from 'node:crypto'
import type { Environment, OperationTable } from '../kernel/index.ts'
import type { CodeStore } from './assets/code-store.ts'
import type { DeploymentSources } from './assets/find-code.ts'
import type { Parts } from './parts.ts'

/** What a resource type may use while it creates, changes or removes one resource. */
export type ResourceContext = {
  readonly environment: Environment
  readonly parts: Parts
  readonly code: CodeStore
  /** What the deployment at hand takes functions' code from. */
  readonly sources: DeploymentSources
  readonly stackName: string
  readonly stackId: string
  readonly logicalId: string
  /**
   * An earlier deployment was cut short while it created this very resource: one of its name that is there
   * already is its own.
   */
  readonly resuming: boolean
  /** A number that tells a resource from the one it replaces. */
  readonly serial: number
}

/**
 * A name for a resource that the template does not name: stack, logical id and twelve characters, as CloudFormation
 * makes it. The same resource always gets the same one, so that a deployment that was cut short finds it again.
 */
export function generatedName(context: ResourceContext, lengthMax = 64): string {
  const suffix = createHash('sha256')
    .update(`${context.stackId}\0${context.logicalId}\0${context.serial}`)
    .digest('hex')
    .slice(0, 12)
    .toUpperCase()
  const room = lengthMax - suffix.length - 1
  const base = `${context.stackName}-${context.logicalId}`.slice(0, room)
  return `${base}-${suffix}`
}

/** Ids as API Gateway makes them: `length` characters of 0-9a-z, the same for the same resource. */
export function generatedId(context: ResourceContext, length: number): string {
  const digest = createHash('sha256')
    .update(`${context.stackId}\0${context.logicalId}\0${context.serial}\0id`)
    .digest('hex')
  return BigInt(`0x${digest}`).toString(36).slice(-length)
}

/**
 * Calls an operation of a part, by the name that its API has on AWS.
 *
 * @throws AwsError as the service would
 */
export async function callOperation(
  operations: OperationTable,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const operation = operations.get(name)
  if (operation === undefined) throw new Error(`There is no operation ${name}.`)
  // Operations take JSON as it comes from the wire, and may drop members that are null.
  const answer = await operation(JSON.parse(JSON.stringify(input)))
  return (JSON.parse(JSON.stringify(answer ?? {})) ?? {}) as Readonly<Record<string, unknown>>
}

/** A UUID that is the same for the same resource. */
export const generatedUuid = (context: ResourceContext): string =>
  createHash('sha256')
    .update(`${context.stackId}\0${context.logicalId}\0${context.serial}\0uuid`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
