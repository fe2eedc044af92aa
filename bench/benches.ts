import { cognito } from './cognito.ts'
import { dynamodb } from './dynamodb.ts'
import { foundation } from './foundation.ts'
import { functions } from './functions.ts'
import { headroom } from './headroom.ts'
import { items } from './items.ts'
import { limits } from './limits.ts'
import { load } from './load.ts'
import { memory } from './memory.ts'
import { scaleClients } from './scale-clients.ts'
import { scaleFunctions } from './scale-functions.ts'
import { scaleUsers } from './scale-users.ts'
import { sdk } from './sdk.ts'
import { startup } from './startup.ts'
import { visibility } from './visibility.ts'

/** The one list of benches: a file a question. How each is shown, and how long it takes, says report/views.ts. */
export const benches: Readonly<Record<string, () => Promise<void>>> = {
  foundation,
  functions,
  dynamodb,
  sdk,
  cognito,
  startup,
  memory,
  limits,
  visibility,
  load,
  headroom,
  items,
  'scale-clients': scaleClients,
  'scale-functions': scaleFunctions,
  'scale-users': scaleUsers,
}
