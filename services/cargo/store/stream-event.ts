import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/** What the projector reads of a DynamoDB Streams event ("Process DynamoDB records with Lambda"). */
export type StreamEvent = { readonly Records: readonly StreamRecord[] }

export type StreamRecord = {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly dynamodb: {
    readonly SequenceNumber: string
    readonly Keys?: Readonly<Record<string, AttributeValue>>
    readonly NewImage?: Readonly<Record<string, AttributeValue>>
  }
}
