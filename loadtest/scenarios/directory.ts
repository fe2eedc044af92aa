import { defineScenario, type User } from '../scenario/scenario.ts'

async function write(user: User): Promise<string> {
  const userId = user.unique()
  await user.send('POST /users', 'POST', `${user.url('directory')}/users`, {
    body: { userId, name: `Usuario ${userId}` },
  })
  user.memory.set('userId', userId)
  return userId
}

/** One that this virtual user wrote. */
const someone = async (user: User): Promise<string> => {
  const known = user.memory.get('userId')
  return typeof known === 'string' ? known : write(user)
}

/** Users written and read back. */
export const directory = defineScenario({
  name: 'directory',
  description: 'The user directory: users written, then read.',
  steps: [
    {
      name: 'write',
      weight: 30,
      async run(user) {
        await write(user)
      },
    },
    {
      name: 'read',
      weight: 60,
      async run(user) {
        const userId = await someone(user)
        const url = `${user.url('directory')}/users/${userId}`
        const answer = await user.send('GET /users/{userId}', 'GET', url)
        const found = answer.json() as { userId?: string } // the contract of GET /users/{userId}
        user.check('the user is the one asked for', found.userId === userId)
      },
    },
    {
      name: 'read nobody',
      weight: 10,
      async run(user) {
        const url = `${user.url('directory')}/users/${user.unique()}`
        const answer = await user.send('GET /users/{nobody}', 'GET', url, { expect: [404] })
        user.check('who is not there is not found', answer.status === 404)
      },
    },
  ],
})
