import { expect, it } from 'vitest'
import { functionArn } from './function-arn.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:greet'

it.each([
  arn,
  `${arn}:live`,
  `${arn}:3`,
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}:live/invocations`,
])('finds the function in %s', (uri) => {
  expect(functionArn(uri)).toBe(arn)
})
