import { expect, it } from 'vitest'
import { apiAddress } from './address.ts'

const AWS = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev/'

it.each([
  [AWS, undefined, AWS],
  [AWS, '', AWS],
  [AWS, 'http://cloud:4566/', 'http://cloud:4566/_aws/execute-api/abc123/dev/'],
  ['https://tokens.example.com', 'http://cloud:4566', 'https://tokens.example.com'],
])('%s with the endpoint %s is answered at %s', (url, endpoint, address) => {
  expect(apiAddress(url, endpoint)).toBe(address)
})
