import type { Json } from '../json.ts'

/** What `Ref: AWS::NoValue` resolves to: the property, or list element, that holds it is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue')
export type Resolved = Json | typeof noValue

/** What an intrinsic function may ask of the template that it stands in. */
export type IntrinsicContext = {
  /** Resolves a nested value; `path` names it in messages. */
  readonly resolve: (value: Json, path: string) => Resolved
  readonly ref: (name: string, path: string) => Resolved
  readonly attribute: (logicalId: string, name: string, path: string) => Json
  readonly condition: (name: string, path: string) => boolean
  readonly mapping: (names: readonly string[], path: string) => Json | undefined
  readonly exported: (name: string, path: string) => Json
  readonly region: string
}

/** @throws TemplateError naming the path and the function */
export type Intrinsic = (argument: Json, context: IntrinsicContext, path: string) => Resolved

const deferredPattern = /⟦[^⟧]*⟧/

/**
 * Stands for a value that is known only once its resource exists. A template is checked before anything is
 * created; functions that take texts apart leave a text that holds such a mark whole.
 */
export const deferred = (logicalId: string, attribute?: string): string =>
  `⟦${attribute === undefined ? logicalId : `${logicalId}.${attribute}`}⟧`

export const isDeferred = (value: Resolved | undefined): boolean =>
  typeof value === 'string' && deferredPattern.test(value)
