import type { SendMailOptions, Transporter } from 'nodemailer'
import type { Environment } from '../kernel/index.ts'

/** Where messages of user pools are sent on to, besides the outbox. */
export type MailOptions = {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  readonly url: string
  /** The sender's address; Cognito's own when left out. */
  readonly from?: string
}

/** What the relay needs to know of a message. */
export type Mail = {
  readonly medium: 'EMAIL' | 'SMS'
  readonly destination: string
  readonly subject?: string
  readonly body: string
}

type RelayOptions = MailOptions & {
  readonly environment: Environment
  /** Calls the listener for each message; gives what ends that. */
  readonly subscribe: (listener: (mail: Mail) => void) => () => void
}

/** "Email settings for Amazon Cognito user pools", the default sender. */
const senderDefault = 'no-reply@verificationemail.com'
/** Waits before the second try and those that follow. */
const retryMs = [1_000, 10_000, 60_000] as const
const connectionTimeoutMs = 10_000

/**
 * Sends e-mails of user pools on by SMTP. What is sent stays in the outbox too; a server that is away is asked
 * again a few times. Reports name the address and the error's code, never the text: it holds a code.
 *
 * @returns stops the relay and waits for what is being sent
 */
export function startMailRelay(o: RelayOptions): () => Promise<void> {
  const { environment } = o
  const cancels = new Set<() => void>()
  const sending = new Set<Promise<void>>()
  let transport: Promise<Transporter> | undefined

  async function send(mail: Letter, tried: number): Promise<void> {
    try {
      transport ??= openTransport(o.url)
      await (await transport).sendMail(mail)
    } catch (cause) {
      const waitMs = retryMs[tried]
      environment.report({
        level: 'warn',
        part: 'mail',
        message: `An e-mail to ${mail.to} could not be handed to the SMTP server (${codeOf(cause)})${
          waitMs === undefined ? '; it is in the outbox only' : ''
        }.`,
      })
      if (waitMs !== undefined) later(waitMs, () => begin(mail, tried + 1))
    }
  }
  function begin(mail: Letter, tried: number): void {
    const promise = send(mail, tried).finally(() => sending.delete(promise))
    sending.add(promise)
  }
  function later(delayMs: number, action: () => void): void {
    const cancel = environment.clock.after(delayMs, () => {
      cancels.delete(cancel)
      action()
    })
    cancels.add(cancel)
  }

  const unsubscribe = o.subscribe((message) => {
    if (message.medium === 'EMAIL') begin(mailOf(message, o.from ?? senderDefault), 0)
  })
  return async () => {
    unsubscribe()
    for (const cancel of cancels) cancel()
    await Promise.all(sending)
    if (transport !== undefined) (await transport).close()
  }
}

/** The mailer is loaded with the first message: most clouds never need it. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport({ url, pool: true, connectionTimeout: connectionTimeoutMs })
}

type Letter = SendMailOptions & { readonly to: string }

/** Cognito's messages may be HTML: both forms are sent then. */
function mailOf(message: Mail, from: string): Letter {
  const { destination: to, subject, body } = message
  const isHtml = /<\/?[a-z][^>]*>/i.test(body)
  return {
    from,
    to,
    subject,
    text: isHtml ? body.replaceAll(/<br\s*\/?>/gi, '\n').replaceAll(/<[^>]*>/g, '') : body,
    ...(isHtml ? { html: body } : {}),
    // Template texts are not files or addresses to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
