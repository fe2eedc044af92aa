import { optional } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { unknownDevice } from '../flows/devices.ts'
import { deviceKey, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** Shows a device of the caller: there is none, because sign-ins here hand out no device keys. */
export const getDevice = operation('GetDevice', {
  input: { DeviceKey: deviceKey, AccessToken: optional(tokenModel) },
  run(ctx, input) {
    if (input.AccessToken !== undefined) callerOf(ctx, input.AccessToken)
    throw unknownDevice()
  },
})
