/*
 * What the fuzzer does, as data: a sequence can be cut, repeated and printed. Conditions and updates are trees, so
 * that the model need not read expressions.
 */
export type Value =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: Value[] }
  | { M: Record<string, Value> }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }

export type Item = Record<string, Value>
export type Path = (string | number)[]

export type Operand = { path: Path } | { value: Value } | { size: Path }

export type Condition =
  | { and: [Condition, Condition] }
  | { or: [Condition, Condition] }
  | { not: Condition }
  | { compare: '=' | '<>' | '<' | '<=' | '>' | '>='; left: Operand; right: Operand }
  | { between: Operand; low: Value; high: Value }
  | { in: Operand; among: Value[] }
  | { exists: Path }
  | { missing: Path }
  | { type: Path; is: string }
  | { begins: Path; with: Value }
  | { contains: Path; member: Value }

export type SetOperand =
  | { path: Path }
  | { value: Value }
  | { ifNotExists: Path; otherwise: Value }
  | { append: [SetOperand, SetOperand] }
  | { sum: [SetOperand, SetOperand]; sign: '+' | '-' }

export type UpdateAction =
  | { set: Path; to: SetOperand }
  | { remove: Path }
  | { add: string; value: Value }
  | { delete: string; value: Value }

export type Write =
  | { put: Item; condition?: Condition }
  | { update: Item; actions: UpdateAction[]; condition?: Condition }
  | { delete: Item; condition?: Condition }

export type Source = 'table' | 'gsi' | 'lsi'
export type KeyRange =
  | { operator: '=' | '<' | '<=' | '>' | '>='; value: Value }
  | { operator: 'between'; low: Value; high: Value }
  | { operator: 'begins_with'; value: Value }

type Read = { source: Source; limit?: number; filter?: Condition; projection?: Path[] }

export type Command =
  | { kind: 'write'; write: Write; returns?: string }
  | { kind: 'get'; key: Item; projection?: Path[] }
  | ({ kind: 'query'; partition: Value; range?: KeyRange; reverse: boolean } & Read)
  | ({ kind: 'scan'; segments: number } & Read)
  | { kind: 'batchWrite'; puts: Item[]; deletes: Item[] }
  | { kind: 'batchGet'; keys: Item[] }
  | { kind: 'transactWrite'; writes: (Write | { check: Item; condition: Condition })[] }
  | { kind: 'transactGet'; keys: Item[] }
  | { kind: 'wait'; seconds: number }

export type KeyType = 'S' | 'N' | 'B'

/** The table of one run: key `p`, `s`; a global index by `g` and `n`, a local one by `n`; TTL on `t`. */
export type Schema = {
  partition: KeyType
  sort: KeyType
  projections: { gsi: Projected; lsi: Projected }
}
export type Projected = 'ALL' | 'KEYS_ONLY' | 'INCLUDE'

/** What INCLUDE projects. */
export const included = ['a', 'm']

export const startSeconds = 1_767_225_600 // 2026-01-01, when the run's clock stands at its start
