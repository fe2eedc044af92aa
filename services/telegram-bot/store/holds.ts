import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import type { DeleteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'

/** Sends a write with a condition; false where the condition did not hold. */
export async function holds(
  client: DynamoDBDocumentClient,
  command: UpdateCommand | DeleteCommand,
): Promise<boolean> {
  try {
    // A cast: `send` is declared a command at a time.
    await client.send(command as UpdateCommand)
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
