import type { OperationTable } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import type { Pool } from '../pools/pool.ts'
import type { PageAddress } from './address.ts'
import type { Language } from './language.ts'

/** A request for one of a pool's pages, as the pages see it. */
export type PageCall = {
  readonly ctx: CognitoContext
  /** SignUp, ForgotPassword and others: the pages call them as an application would. */
  readonly operations: OperationTable
  readonly pool: Pool
  readonly address: PageAddress
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The body of a form; empty for other requests. */
  readonly form: URLSearchParams
  readonly cookies: ReadonlyMap<string, string>
  readonly language: Language
}

/** A field of a form, without spaces around it; empty when it is absent. */
export const field = (call: PageCall, name: string): string => call.form.get(name)?.trim() ?? ''

/** A field that is taken letter by letter, such as a password. */
export const secretField = (call: PageCall, name: string): string => call.form.get(name) ?? ''

/** Runs an operation as an application would. @throws AwsError */
export async function runOperation(
  call: PageCall,
  name: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const operation = call.operations.get(name)
  if (operation === undefined) throw new Error(`There is no operation ${name}.`)
  return (await operation(input)) as Readonly<Record<string, unknown>> // operations answer objects
}
