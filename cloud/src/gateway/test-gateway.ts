import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  manualClock,
  seededIds,
  type HttpRequest,
  type HttpResponse,
  type ManualClock,
  type Report,
} from '../kernel/index.ts'
import {
  createGateway,
  type FindCredential,
  type FindIssuer,
  type Gateway,
  type InvokeFunction,
} from './index.ts'

/** A gateway over functions that a test writes as plain functions of the event. */
export type TestGateway = {
  readonly gateway: Gateway
  readonly clock: ManualClock
  readonly reports: Report[]
  /** The events that functions were invoked with. */
  readonly events: Record<string, unknown>[]
  readonly get: (path: string, headers?: Record<string, string>) => Promise<HttpResponse>
  readonly send: (
    method: string,
    target: string,
    o?: { headers?: Record<string, string>; body?: string | Buffer },
  ) => Promise<HttpResponse>
}

export type TestFunction = (event: Record<string, unknown>) => unknown

/** Invocations answer with what `run` returns as JSON; a thrown error is thrown by `invoke` itself. */
export function testGateway(
  run: TestFunction,
  options: {
    findIssuer?: FindIssuer
    findCredential?: FindCredential
    invoke?: InvokeFunction
  } = {},
): TestGateway {
  const clock = manualClock(Date.UTC(2026, 10, 21, 10, 0, 0))
  const reports: Report[] = []
  const events: Record<string, unknown>[] = []
  const environment = {
    clock,
    ids: seededIds(7),
    region: 'us-east-1',
    accountId: '123456789012',
    report: (event: Report) => void reports.push(event),
  }
  const invoke: InvokeFunction = (_name, payload) => {
    const event = JSON.parse(payload) as Record<string, unknown> // the gateway writes objects
    events.push(event)
    return Promise.resolve()
      .then(() => run(event))
      .then((value) => ({ payload: JSON.stringify(value ?? null), requestId: 'r' }))
  }
  const gateway = createGateway({
    environment,
    invoke: options.invoke ?? invoke,
    findIssuer: options.findIssuer ?? (() => undefined),
    findCredential: options.findCredential ?? (() => undefined),
  })
  const send: TestGateway['send'] = async (method, target, o = {}) => {
    const request: HttpRequest = {
      method,
      target,
      headers: { host: 'localhost:3000', ...o.headers },
      body: Buffer.from(o.body ?? ''),
      remoteAddress: '127.0.0.1',
    }
    return gateway.mount.match(request) ? gateway.mount.handle(request) : gateway.frontDoor(request)
  }
  return {
    gateway,
    clock,
    reports,
    events,
    send,
    get: (path, headers) => send('GET', path, headers === undefined ? {} : { headers }),
  }
}

export const lambda = (payloadVersion: '1.0' | '2.0', timeoutMs?: number) =>
  ({
    kind: 'lambda',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    payloadVersion,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }) as const

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs a token as an issuer would; `header` overrides parts of a right one. */
export function signToken(
  privateKey: KeyObject,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): string {
  const signed = `${base64({ alg: 'RS256', kid: 'id-key', ...header })}.${base64(claims)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(privateKey)
  return `${signed}.${signature.toString('base64url')}`
}

export const issuerUrl = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abcdefghi'
export const poolArn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcdefghi'

/** A user pool with one key for id and one for access tokens. */
export function testIssuer() {
  const id = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const access = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const findIssuer: FindIssuer = (name) =>
    name === issuerUrl || name === poolArn
      ? {
          issuers: [issuerUrl],
          keys: [
            { kid: 'id-key', publicKey: id.publicKey, tokenUse: 'id' },
            { kid: 'access-key', publicKey: access.publicKey, tokenUse: 'access' },
          ],
        }
      : undefined
  const now = Date.UTC(2026, 10, 21, 10, 0, 0) / 1000
  const idClaims = {
    sub: 'u1',
    iss: issuerUrl,
    aud: 'client1',
    token_use: 'id',
    'cognito:groups': ['admins', 'staff'],
    email_verified: true,
    exp: now + 3600,
    iat: now,
  }
  const accessClaims = {
    sub: 'u1',
    iss: issuerUrl,
    client_id: 'client1',
    token_use: 'access',
    scope: 'orders/read orders/write',
    exp: now + 3600,
    iat: now,
  }
  return {
    findIssuer,
    now,
    idKey: id.privateKey,
    accessKey: access.privateKey,
    idClaims,
    accessClaims,
    idToken: signToken(id.privateKey, idClaims),
    accessToken: signToken(access.privateKey, accessClaims, { kid: 'access-key' }),
  }
}
