import { defineScenario } from '../scenario/scenario.ts'

const PASSWORD = 'Carga-rapida-2026!'

/** A person's first visit. The code comes from the local cloud's outbox, which stands for the e-mail. */
export const identity = defineScenario({
  name: 'identity',
  description:
    'Identity: sign-up → confirm → login → who am I. Needs the local cloud, for the codes.',
  steps: [
    {
      name: 'first visit',
      weight: 1,
      async run(user) {
        const username = `load-${user.unique()}`
        const base = `${user.url('identity')}/users`
        await user.send('POST /users/signup', 'POST', `${base}/signup`, {
          body: { username, password: PASSWORD, email: `${username}@example.com` },
        })
        const code = await user.code(username)
        user.check('a confirmation code was sent', code !== undefined)
        if (code === undefined) return
        await user.send('PUT /users/confirm', 'PUT', `${base}/confirm`, {
          body: { username, confirmation_code: code },
        })
        const answer = await user.send('PUT /users/login', 'PUT', `${base}/login`, {
          body: { username, password: PASSWORD },
        })
        // The contract of PUT /users/login.
        const { AuthenticationResult: tokens } = answer.json() as {
          AuthenticationResult?: { AccessToken?: string }
        }
        user.check('login gives tokens', tokens?.AccessToken !== undefined)
        await user.send('GET /users/me', 'GET', `${base}/me`, { token: tokens?.AccessToken })
      },
    },
  ],
})
