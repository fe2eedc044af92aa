import { anyText, numberFromQuery, shortText } from '@cloudlet/kit'
import * as z from 'zod/mini'

/** Cognito, "Quotas in Amazon Cognito" and the patterns of its API reference. */
const USERNAME_CHARACTERS_MAX = 128
const PASSWORD_CHARACTERS_MAX = 256
const CODE_CHARACTERS_MAX = 2048
const TOKEN_CHARACTERS_MAX = 20_000
const ATTRIBUTE_CHARACTERS_MAX = 2048
const ATTRIBUTES_MAX = 50
const BATCH_USERS_MAX = 100
/** ListUsers gives at most 60 users at once. */
export const PAGE_USERS_MAX = 60

const username = shortText(USERNAME_CHARACTERS_MAX)
const password = shortText(PASSWORD_CHARACTERS_MAX)
const code = shortText(CODE_CHARACTERS_MAX)
const token = shortText(TOKEN_CHARACTERS_MAX)
const addressKind = z.enum(['email', 'phone_number'], 'must be email or phone_number')

export const SignUp = z.object({
  username,
  password,
  email: shortText(ATTRIBUTE_CHARACTERS_MAX),
})
export type SignUp = z.infer<typeof SignUp>

export const SignUpBatch = z.object({
  users: z.array(SignUp).check(z.minLength(1), z.maxLength(BATCH_USERS_MAX)),
})

export const Confirm = z.object({ username, confirmation_code: code })
export const OfUser = z.object({ username })
export const Login = z.object({ username, password })

export const Challenge = z.object({
  username,
  session: token,
  challenge: shortText(64),
  responses: z.record(z.string(), shortText(TOKEN_CHARACTERS_MAX)),
})
export type Challenge = z.infer<typeof Challenge>

export const Refresh = z.object({ refresh_token: token })
export const OfToken = z.object({ access_token: token })

export const Update = z.object({
  access_token: token,
  attributes: z
    .array(
      z.object({
        Name: shortText(32),
        Value: anyText().check(z.maxLength(ATTRIBUTE_CHARACTERS_MAX)),
      }),
    )
    .check(z.minLength(1), z.maxLength(ATTRIBUTES_MAX)),
})

export const VerifyCode = z.object({ access_token: token, attribute: addressKind })
export const Verify = z.object({ access_token: token, attribute: addressKind, code })

export const ConfirmPassword = z.object({
  username,
  verification_code: code,
  new_pwd: password,
})

export const ChangePassword = z.object({
  access_token: token,
  previous_pwd: password,
  new_pwd: password,
})

export const Page = z.object({
  limit: numberFromQuery(1, PAGE_USERS_MAX, PAGE_USERS_MAX),
  pagination_token: z.optional(shortText(TOKEN_CHARACTERS_MAX)),
})
