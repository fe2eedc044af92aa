import type { HttpResponse } from '../../../kernel/index.ts'
import { codeField, hidden } from '../form-fields.ts'
import { html, type Html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import { qrCode } from '../qr-code.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { field, runOperation, type PageCall } from '../page-call.ts'
import type { Challenge } from './challenge.ts'
import { leadsTo, pageLink } from './with-request.ts'

/** A code from an app or a message. */
export function mfaPage(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: Challenge,
  problem?: string,
): HttpResponse {
  const { mfa, codeSent, codeAsked } = textsOf(call.language)
  const destination =
    challenge.parameters['CODE_DELIVERY_DESTINATION'] ?? field(call, 'destination')
  const sent = destination === '' ? codeAsked : codeSent(destination)
  return page(call, {
    title: mfa.title,
    subtitle: challenge.name === 'SOFTWARE_TOKEN_MFA' ? mfa.app : sent,
    problem,
    status: problem === undefined ? 200 : 400,
    leadsTo: leadsTo(request),
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/mfa')}">
        ${csrf} ${carried(challenge)} ${hidden('destination', destination)}
        ${codeField(call, challenge.name === 'SOFTWARE_TOKEN_MFA' ? 'app' : 'message', { focus: true, invalid: problem !== undefined })}
        <button type="submit">${mfa.button}</button>
      </form>`,
  })
}

/** Which of several second factors. */
export function chooseMfaPage(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: Challenge,
  problem?: string,
): HttpResponse {
  const { mfa } = textsOf(call.language)
  const told = challenge.parameters['MFAS_CAN_CHOOSE'] ?? field(call, 'kinds')
  const kinds = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP', 'SMS_MFA'] as const
  return page(call, {
    title: mfa.chooseTitle,
    problem,
    status: problem === undefined ? 200 : 400,
    leadsTo: leadsTo(request),
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/mfa')}">
        ${csrf} ${carried(challenge)} ${hidden('kinds', told)}
        <fieldset aria-label="${mfa.chooseTitle}">
          ${kinds
            .filter((kind) => told.includes(kind))
            .map(
              (kind, index) =>
                html`<label class="choice">
                  <input
                    type="radio"
                    name="answer"
                    value="${kind}"
                    required
                    ${index === 0 ? html`checked` : ''}
                  />
                  ${mfa.kinds[kind]}
                </label>`,
            )}
        </fieldset>
        <button type="submit">${mfa.chooseButton}</button>
      </form>`,
  })
}

/** A new authenticator app, in a pool that requires one. @throws AwsError */
export async function setupMfaPage(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: Challenge,
): Promise<HttpResponse> {
  const made = await runOperation(call, 'AssociateSoftwareToken', { Session: challenge.session })
  return setupPage(
    call,
    request,
    { ...challenge, session: String(made['Session']) },
    String(made['SecretCode']),
  )
}

/** The key to scan or to type into the app, again after a wrong code. */
export async function setupPage(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: Challenge,
  secret: string,
  problem?: string,
): Promise<HttpResponse> {
  const { mfa } = textsOf(call.language)
  const label = `${call.pool.settings.Name}:${challenge.username}`
  const address = `otpauth://totp/${encodeURIComponent(label)}?secret=${encodeURIComponent(secret)}&issuer=${encodeURIComponent(call.pool.settings.Name)}`
  const code = await qrCode(address, mfa.setupCode)
  return page(call, {
    title: mfa.setupTitle,
    subtitle: mfa.setupText,
    problem,
    status: problem === undefined ? 200 : 400,
    leadsTo: leadsTo(request),
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/mfa')}">
        ${csrf} ${carried(challenge)} ${hidden('secret', secret)} ${code}
        <div class="field">
          <strong id="key-label">${mfa.setupKey}</strong>
          <code class="secret" aria-labelledby="key-label"
            >${secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code
          >
          <p class="hint"><a href="${address}">${mfa.setupOpen}</a></p>
        </div>
        ${codeField(call, 'app', { focus: true, invalid: problem !== undefined })}
        <button type="submit">${mfa.button}</button>
      </form>`,
  })
}

const carried = ({ name, session, username }: Challenge): Html =>
  html`${hidden('challenge', name)} ${hidden('session', session)} ${hidden('username', username)}`
