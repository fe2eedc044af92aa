import { defineScenario, type User } from '../scenario/scenario.ts'

type Pair = { readonly token: string; readonly entity1: string; readonly entity2: string | null }

async function create(user: User, entityId: string): Promise<string> {
  const answer = await user.send('POST /create', 'POST', `${user.url('tokens')}/create`, {
    body: { entityId },
  })
  const pair = answer.json() as Pair // the contract of POST /create
  user.check('a new token is not paired', pair.entity1 === entityId && pair.entity2 === null)
  return pair.token
}

async function get(user: User, token: string): Promise<void> {
  const answer = await user.send('GET /get/{token}', 'GET', `${user.url('tokens')}/get/${token}`)
  user.check('the token is the one asked for', (answer.json() as Pair).token === token)
}

/** The two scenarios of the token API: half of the users pair what they create, half delete it. */
export const tokens = defineScenario({
  name: 'tokens',
  description: 'The token API: create → get → pair, and create → get → delete, half each.',
  steps: [
    {
      name: 'pair',
      weight: 50,
      async run(user) {
        const [one, other] = [user.unique(), user.unique()]
        const token = await create(user, one)
        await get(user, token)
        const url = `${user.url('tokens')}/update/${token}`
        const answer = await user.send('PUT /update/{token}', 'PUT', url, {
          body: { entityId: other },
        })
        user.check('the pair is complete', (answer.json() as Pair).entity2 === other)
      },
    },
    {
      name: 'delete',
      weight: 50,
      async run(user) {
        const token = await create(user, user.unique())
        await get(user, token)
        const url = `${user.url('tokens')}/delete/${token}`
        const answer = await user.send('DELETE /delete/{token}', 'DELETE', url)
        user.check(
          'the token is deleted',
          (answer.json() as { deleted?: boolean }).deleted === true,
        )
      },
    },
  ],
})
