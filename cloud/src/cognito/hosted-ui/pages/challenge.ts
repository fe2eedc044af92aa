import { field, secretField, type PageCall } from '../page-call.ts'

/** A challenge as its page carries it on: the session is sealed, bound to the user and good for one success. */
export type Challenge = {
  readonly name: string
  readonly session: string
  readonly username: string
  readonly parameters: Readonly<Record<string, string>>
}

/** The challenge that a form answers. */
export const challengeIn = (call: PageCall, name: string): Challenge => ({
  name,
  session: secretField(call, 'session'),
  username: field(call, 'username'),
  parameters: {},
})
