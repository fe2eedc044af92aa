import { html, type Html } from './html.ts'
import type { PageCall } from './page-call.ts'
import { textsOf } from './language.ts'
import type { Texts } from './texts/english.ts'

type Field = {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'tel' | 'password'
  readonly value?: string | undefined
  /** What a password manager may fill in. */
  readonly autocomplete: string
  readonly hint?: Html | string | undefined
  readonly invalid?: boolean
  readonly focus?: boolean
  readonly code?: boolean
  readonly optional?: boolean
}

/** A labelled field; its hint and the page's problem are read out with it. */
export function inputField(given: Field): Html {
  const { name, hint, invalid } = given
  const describedBy = [
    ...(invalid === true ? ['problem'] : []),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ].join(' ')
  return html`<div class="field">
    <label for="${name}">${given.label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${given.type ?? 'text'}"
      ${attribute('value', given.value)}
      autocomplete="${given.autocomplete}"
      ${given.optional === true ? '' : html` required`}
      ${given.code === true ? html`class="code" inputmode="numeric" maxlength="16"` : ''}
      ${given.type === 'password' ? '' : html`autocapitalize="none" spellcheck="false"`}
      ${invalid === true ? html`aria-invalid="true"` : ''}${attribute('aria-describedby', describedBy)}
      ${given.focus === true ? html`autofocus` : ''}
    />
    ${hint === undefined ? '' : html`<div class="hint" id="${name}-hint">${hint}</div>`}
  </div>`
}

const attribute = (name: 'value' | 'aria-describedby', value: string | undefined): Html | '' => {
  if (value === undefined || value === '') return ''
  return name === 'value' ? html` value="${value}"` : html` aria-describedby="${value}"`
}

/** What the user signs in with, in words: a name, or the address that stands for it. */
export function usernameLabel({ pool, language }: PageCall): string {
  const { fields } = textsOf(language)
  const { UsernameAttributes = [] } = pool.settings
  const email = UsernameAttributes.includes('email')
  const phone = UsernameAttributes.includes('phone_number')
  if (email && phone) return fields.emailOrPhone
  return email ? fields.email : phone ? fields.phone_number : fields.username
}

export function usernameField(
  call: PageCall,
  state: {
    readonly value?: string | undefined
    readonly invalid?: boolean
    readonly focus?: boolean
  },
): Html {
  return inputField({
    name: 'username',
    label: usernameLabel(call),
    autocomplete: 'username',
    ...state,
  })
}

/** An attribute's field, named by the attribute: `attribute.email`. */
export function attributeField(
  call: PageCall,
  name: string,
  state: { readonly value?: string | undefined } = {},
): Html {
  const texts = textsOf(call.language)
  return inputField({
    name: `attribute.${name}`,
    label: attributeLabel(texts, name),
    type: name === 'email' ? 'email' : name === 'phone_number' ? 'tel' : 'text',
    autocomplete: autocompletes[name] ?? 'off',
    hint: name === 'phone_number' || name === 'birthdate' ? texts.hints[name] : undefined,
    ...state,
  })
}

export const attributeLabel = ({ fields }: Texts, name: string): string =>
  Object.entries(fields).find(([key]) => key === name)?.[1] ?? name.replace(/^custom:/, '')

const autocompletes: Readonly<Record<string, string>> = {
  email: 'email',
  phone_number: 'tel',
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  middle_name: 'additional-name',
  nickname: 'nickname',
  birthdate: 'bday',
  website: 'url',
  address: 'street-address',
}

/** A new password twice, with the pool's rules beside it. */
export function newPasswordFields(
  call: PageCall,
  state: { readonly label?: string; readonly invalid?: boolean; readonly focus?: boolean } = {},
): Html {
  const { fields } = textsOf(call.language)
  const { invalid = false, focus = false } = state
  return html`${inputField({
    name: 'password',
    label: state.label ?? fields.newPassword,
    type: 'password',
    autocomplete: 'new-password',
    hint: policyHint(call),
    invalid,
    focus,
  })}
  ${inputField({
    name: 'repeat',
    label: fields.repeatPassword,
    type: 'password',
    autocomplete: 'new-password',
    invalid,
  })}`
}

function policyHint({ pool, language }: PageCall): Html {
  const { policy } = textsOf(language)
  const rules = pool.settings.Policies.PasswordPolicy
  const lines = [
    policy.length(rules.MinimumLength),
    ...(rules.RequireUppercase ? [policy.uppercase] : []),
    ...(rules.RequireLowercase ? [policy.lowercase] : []),
    ...(rules.RequireNumbers ? [policy.number] : []),
    ...(rules.RequireSymbols ? [policy.symbol] : []),
  ]
  return html`${policy.intro}
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`
}

/** A code from an app, or from a message, which on this machine can be read in the outbox. */
export function codeField(
  call: PageCall,
  from: 'app' | 'message',
  state: { readonly invalid?: boolean; readonly focus?: boolean } = {},
): Html {
  const { fields, outboxHint } = textsOf(call.language)
  return inputField({
    name: 'code',
    label: fields.code,
    autocomplete: 'one-time-code',
    code: true,
    hint: from === 'message' ? html`${outboxHint} <code>cloudlet outbox</code>` : undefined,
    ...state,
  })
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`
