import type { AttributeValue } from '../values/index.ts'

/*
 * PartiQL statements as written, parameters filled in. Closed unions: what the planners read.
 */

/** A token's place as messages show it: `line:column:length`. */
export type Place = string

export type PathSteps = readonly [string, ...(string | number)[]]

export type Expression = { readonly place: Place } & (
  | { readonly kind: 'path'; readonly steps: PathSteps }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'missing' }
  /** `[ … ]` or `( … , … )`. */
  | { readonly kind: 'list'; readonly members: readonly Expression[] }
  /** `<< … >>`: a set. */
  | { readonly kind: 'bag'; readonly members: readonly Expression[] }
  | { readonly kind: 'tuple'; readonly members: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'between'
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly among: Expression }
  | { readonly kind: 'is'; readonly operand: Expression; readonly type: string }
)

export type BinaryOperator =
  | ('and' | 'or')
  | ('=' | '<>' | '<' | '<=' | '>' | '>=')
  | ('+' | '-' | '*' | '/' | '%' | '||' | 'like')

export type TableReference = { readonly table: string; readonly index: string | undefined }

export type OrderBy = { readonly attribute: string; readonly descending: boolean }

export type Select = {
  readonly kind: 'select'
  readonly from: TableReference
  /** Undefined: everything. */
  readonly paths: readonly PathSteps[] | undefined
  readonly where: Expression | undefined
  readonly orderBy: readonly OrderBy[]
}

export type Returning = {
  readonly what: 'ALL' | 'MODIFIED'
  readonly which: 'OLD' | 'NEW'
}

export type Assignment =
  | { readonly kind: 'set'; readonly path: PathSteps; readonly value: Expression }
  | { readonly kind: 'remove'; readonly path: PathSteps }

export type Insert = {
  readonly kind: 'insert'
  readonly into: TableReference
  readonly item: Expression
}
export type Update = {
  readonly kind: 'update'
  readonly of: TableReference
  readonly assignments: readonly Assignment[]
  readonly where: Expression | undefined
  readonly returning: Returning | undefined
}
export type Delete = {
  readonly kind: 'delete'
  readonly from: TableReference
  readonly where: Expression | undefined
  readonly returning: Returning | undefined
}
/** `EXISTS( SELECT … )`, in transactions. */
export type Exists = { readonly kind: 'exists'; readonly select: Select }

export type Statement = Select | Insert | Update | Delete | Exists
