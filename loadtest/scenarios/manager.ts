import { defineScenario, type User } from '../scenario/scenario.ts'

function ask(user: User, operation: string, payload: object) {
  const url = `${user.url('manager')}/DynamoDBManager`
  return user.send(`POST /DynamoDBManager ${operation}`, 'POST', url, {
    body: { operation, payload },
    token: user.token('id'),
  })
}

/** The life of an item through the one endpoint, and the operations that need no table. */
export const manager = defineScenario({
  name: 'manager',
  description: 'The DynamoDB manager: create → read → update → delete, and ping.',
  steps: [
    {
      name: 'item',
      weight: 80,
      async run(user) {
        const id = user.unique()
        await ask(user, 'create', { Item: { id, number: 5 } })
        const answer = await ask(user, 'read', { Key: { id } })
        const { Item } = answer.json() as { Item?: { number?: number } } // the contract of read
        user.check('the item is as it was written', Item?.number === 5)
        await ask(user, 'update', {
          Key: { id },
          UpdateExpression: 'ADD #n :one',
          ExpressionAttributeNames: { '#n': 'number' },
          ExpressionAttributeValues: { ':one': 1 },
        })
        await ask(user, 'delete', { Key: { id } })
      },
    },
    {
      name: 'ping',
      weight: 20,
      async run(user) {
        const answer = await ask(user, 'ping', {})
        user.check('ping answers pong', answer.json() === 'pong')
      },
    },
  ],
})
