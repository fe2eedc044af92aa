import { CfnParameter, Duration } from 'aws-cdk-lib'
import type { App, Stack } from 'aws-cdk-lib'
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import {
  acknowledge,
  allow,
  jsonHttpApi,
  serviceFunction,
  serviceStack,
  serviceTable,
} from '@cloudlet/infra'
import type { ServiceStackProps } from '@cloudlet/infra'
import { LANES } from './store/layout.ts'

const DELIVERY_TIMEOUT = Duration.seconds(120)
/** A delivery that failed as a whole is woken again; what it had to send stays in the table all the same. */
const RETRIES_MAX = 100

const STATE_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
] as const

/**
 * The Telegram bot as two functions: the webhook writes what an update changes, the delivery sends what is queued,
 * woken by the table's stream. The bot's token is a parameter, so that no template holds it; without one the stack
 * deploys and the webhook answers that none is configured.
 */
export function telegramBotStack(
  app: App,
  { stage, bundles, tokensUrl }: ServiceStackProps & { readonly tokensUrl: string },
): void {
  const stack = serviceStack(app, 'telegram-bot', stage, 'A Telegram bot that pairs two chats')
  const table = serviceTable(stack, 'State', {
    stage,
    name: 'telegram-bot',
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLiveAttribute: 'expiresAt',
    stream: StreamViewType.KEYS_ONLY,
  })
  const environment = { BOT_TABLE: table.tableName, TOKENS_URL: tokensUrl, ...parameters(stack) }

  const webhook = serviceFunction(stack, 'Webhook', {
    stage,
    bundles,
    handler: 'telegram-bot/webhook',
    description: 'Takes the updates of Telegram',
    environment,
  })
  allow(webhook, STATE_ACTIONS, [table.tableArn])
  const api = jsonHttpApi(stack, {
    stage,
    basePath: 'telegram-bot',
    description: 'Webhook of the Telegram bot',
  })
  api.addRoutes({
    path: '/webhook',
    methods: [HttpMethod.POST],
    integration: new HttpLambdaIntegration('WebhookIntegration', webhook),
  })
  acknowledge(api, {
    'AwsSolutions-APIG4': 'Telegram proves itself by a secret header, which the function checks.',
  })

  const deliver = serviceFunction(stack, 'Deliver', {
    stage,
    bundles,
    handler: 'telegram-bot/deliver',
    description: 'Sends what is queued for Telegram',
    environment,
    timeout: DELIVERY_TIMEOUT,
  })
  allow(deliver, STATE_ACTIONS, [table.tableArn])
  deliver.addEventSource(
    // A cast, because the library's own types differ under exactOptionalPropertyTypes.
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      retryAttempts: RETRIES_MAX,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { pk: { S: FilterRule.isEqual(LANES) } } },
        }),
      ],
    }),
  )
  acknowledge(deliver.role ?? deliver, {
    'AwsSolutions-IAM5[Resource::*]':
      'dynamodb:ListStreams, which reading a stream takes, knows no narrower resource.',
  })
}

/** What whoever deploys says of the bot; secrets are shown nowhere. */
function parameters(stack: Stack): Readonly<Record<string, string>> {
  const parameter = (name: string, description: string, noEcho: boolean): string =>
    new CfnParameter(stack, name, { type: 'String', default: '', description, noEcho })
      .valueAsString
  return {
    TELEGRAM_TOKEN: parameter('TelegramToken', 'The bot’s token, from @BotFather', true),
    WEBHOOK_SECRET: parameter(
      'TelegramWebhookSecret',
      'The secret that Telegram sends along; made from the token where left out',
      true,
    ),
    TELEGRAM_API_ROOT: parameter(
      'TelegramApiRoot',
      'Another server of the Bot API than Telegram’s',
      false,
    ),
    BOT_FILTERS: parameter(
      'BotFilters',
      'Filters of every pairing, for example word:spam;link;kind:sticker',
      false,
    ),
  }
}
