import type { Json } from '../template/index.ts'

/**
 * What a resource type takes, as data: every property that CloudFormation documents is used here, or `inert`
 * (accepted, has no effect on one machine), or `refused` with a reason. Any other is refused by name.
 */
export type PropertyShape =
  | { readonly kind: 'text'; readonly values?: readonly string[] }
  | { readonly kind: 'number' | 'boolean' | 'json' | 'inert' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'list' | 'map' | 'required'; readonly of: PropertyShape }
  | { readonly kind: 'members'; readonly members: PropertyTable }

export type PropertyTable = Readonly<Record<string, PropertyShape>>

/** The TypeScript type of a value that was read by a shape. */
export type ValueOf<S> = S extends { readonly kind: 'text'; readonly values: readonly (infer V)[] }
  ? V
  : S extends { readonly kind: 'text' }
    ? string
    : S extends { readonly kind: 'number' }
      ? number
      : S extends { readonly kind: 'boolean' }
        ? boolean
        : S extends { readonly kind: 'json' }
          ? Json
          : S extends { readonly kind: 'list'; readonly of: infer O }
            ? readonly ValueOf<O>[]
            : S extends { readonly kind: 'map'; readonly of: infer O }
              ? Readonly<Record<string, ValueOf<O>>>
              : S extends { readonly kind: 'required'; readonly of: infer O }
                ? ValueOf<O>
                : S extends { readonly kind: 'members'; readonly members: infer M }
                  ? PropertiesOf<M>
                  : undefined

type RequiredNames<M> = {
  [K in keyof M]: M[K] extends { readonly kind: 'required' } ? K : never
}[keyof M]

/** Properties as an object: those that are `required` are there, others may be undefined. */
export type PropertiesOf<M> = { readonly [K in RequiredNames<M>]: ValueOf<M[K]> } & {
  readonly [K in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[K]> | undefined
}

export const text = { kind: 'text' } as const
/** A number, or text that writes one, as CloudFormation takes it. */
export const number = { kind: 'number' } as const
/** A boolean, or the texts "true" and "false". */
export const boolean = { kind: 'boolean' } as const
/** Anything, taken as it is (a policy document). */
export const json = { kind: 'json' } as const
/** Accepted; has no effect here. */
export const inert = { kind: 'inert' } as const
export const oneOf = <const V extends readonly string[]>(...values: V) =>
  ({ kind: 'text', values }) as const
export const list = <const S extends PropertyShape>(of: S) => ({ kind: 'list', of }) as const
export const map = <const S extends PropertyShape>(of: S) => ({ kind: 'map', of }) as const
export const members = <const M extends PropertyTable>(table: M) =>
  ({ kind: 'members', members: table }) as const
export const required = <const S extends PropertyShape>(of: S) =>
  ({ kind: 'required', of }) as const
/** Known to CloudFormation, not simulated: the reason tells what to do instead. */
export const refused = (reason: string) => ({ kind: 'refused', reason }) as const

/** `Tags` in CloudFormation's usual form. */
export const tagList = list(members({ Key: required(text), Value: required(text) }))

/** A tag list as name → value. */
export const tagsOf = (
  tags: readonly { readonly Key: string; readonly Value: string }[] | undefined,
): Record<string, string> => Object.fromEntries((tags ?? []).map((tag) => [tag.Key, tag.Value]))
