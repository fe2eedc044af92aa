import { optional } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { unknownDevice } from '../flows/devices.ts'
import { deviceKey, deviceRememberedStatus, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** Changes a device of the caller: there is none, because sign-ins here hand out no device keys. */
export const updateDeviceStatus = operation('UpdateDeviceStatus', {
  input: {
    AccessToken: tokenModel,
    DeviceKey: deviceKey,
    DeviceRememberedStatus: optional(deviceRememberedStatus),
  },
  run(ctx, input) {
    if (input.AccessToken !== undefined) callerOf(ctx, input.AccessToken)
    throw unknownDevice()
  },
})
