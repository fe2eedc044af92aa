import type { AttributeType, AttributeValue } from '../values/index.ts'

/*
 * Expressions as closed unions, with every placeholder resolved: what the evaluators read. Legacy parameters
 * (Expected, QueryFilter, AttributeUpdates …) become the same trees.
 */

/** A document path: an attribute's name, then names within maps and indexes within lists. */
export type Path = readonly [string, ...(string | number)[]]

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** What an operand of a condition stands for; `size` is undefined where its path is missing or has no size. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly of: Operand }

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare'
      readonly comparator: Comparator
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly kind: 'between'
      readonly operand: Operand
      readonly low: Operand
      readonly high: Operand
    }
  | { readonly kind: 'in'; readonly operand: Operand; readonly among: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'type'; readonly operand: Operand; readonly type: AttributeType }
  | { readonly kind: 'beginsWith'; readonly operand: Operand; readonly prefix: Operand }
  | { readonly kind: 'contains'; readonly operand: Operand; readonly member: Operand }
  /** A condition that is settled already, such as one without parts. */
  | { readonly kind: 'constant'; readonly holds: boolean }

/** The paths that are kept, none of which lies within another. */
export type Projection = { readonly paths: readonly Path[] }

/** The right-hand side of SET. */
export type UpdateOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'ifNotExists'; readonly path: Path; readonly otherwise: UpdateOperand }
  | { readonly kind: 'listAppend'; readonly first: UpdateOperand; readonly second: UpdateOperand }
  | {
      readonly kind: 'add' | 'subtract'
      readonly left: UpdateOperand
      readonly right: UpdateOperand
    }

export type UpdateAction =
  | { readonly kind: 'set'; readonly path: Path; readonly value: UpdateOperand }
  | { readonly kind: 'remove'; readonly path: Path }
  /** Adds to a number, unites sets; legacy ADD also appends to a list. */
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue }

export type Update = {
  readonly actions: readonly UpdateAction[]
  /** Top-level attributes that an action names: to be checked against the key. */
  readonly attributes: ReadonlySet<string>
  /** Made of AttributeUpdates: complaints are worded otherwise. */
  readonly legacy?: true
}

export type KeyRange =
  | { readonly operator: '<' | '<=' | '>' | '>='; readonly value: AttributeValue }
  | { readonly operator: 'BETWEEN'; readonly low: AttributeValue; readonly high: AttributeValue }
  | { readonly operator: 'begins_with'; readonly prefix: AttributeValue }

/**
 * What Query asks of the key: every partition attribute's value, values of the first sort attributes,
 * and a range on the sort attribute after them.
 */
export type KeyCondition = {
  readonly partition: readonly AttributeValue[]
  readonly sort: readonly AttributeValue[]
  readonly range?: KeyRange
}

export type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N' | 'B' }
export type KeySchema = {
  readonly partition: readonly KeyAttribute[]
  readonly sort: readonly KeyAttribute[]
}
