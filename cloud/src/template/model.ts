import type { Json, JsonObject } from './json.ts'

/** A parsed template: its sections with their forms checked, nothing resolved yet. */
export type Template = {
  readonly description: string | undefined
  readonly parameters: ReadonlyMap<string, Parameter>
  /** Mapping → top-level key → second-level key → value. */
  readonly mappings: JsonObject
  readonly conditions: ReadonlyMap<string, Json>
  readonly rules: ReadonlyMap<string, Rule>
  readonly resources: ReadonlyMap<string, Resource>
  readonly outputs: ReadonlyMap<string, Output>
}

export type Parameter = {
  readonly type: string
  readonly default: string | undefined
  readonly allowedValues: readonly string[] | undefined
  readonly allowedPattern: string | undefined
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly minValue: number | undefined
  readonly maxValue: number | undefined
  readonly noEcho: boolean
  readonly constraintDescription: string | undefined
}

export type Rule = {
  readonly condition: Json | undefined
  readonly assertions: readonly { readonly assert: Json; readonly description: string }[]
}

/** What becomes of a physical resource when its stack lets go of it. */
export type RetentionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot'

export type Resource = {
  readonly logicalId: string
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  readonly condition: string | undefined
  readonly deletionPolicy: RetentionPolicy
  readonly updateReplacePolicy: RetentionPolicy
}

export type Output = {
  readonly value: Json
  readonly description: string | undefined
  readonly exportName: Json | undefined
  readonly condition: string | undefined
}
