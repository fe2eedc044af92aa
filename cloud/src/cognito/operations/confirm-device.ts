import { optional } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { unknownDevice } from '../flows/devices.ts'
import { deviceKey, deviceName, deviceSecretVerifierConfig, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** Confirms a device of the caller: there is none, because sign-ins here hand out no device keys. */
export const confirmDevice = operation('ConfirmDevice', {
  input: {
    AccessToken: tokenModel,
    DeviceKey: deviceKey,
    DeviceSecretVerifierConfig: optional(deviceSecretVerifierConfig),
    DeviceName: optional(deviceName),
  },
  run(ctx, input) {
    if (input.AccessToken !== undefined) callerOf(ctx, input.AccessToken)
    throw unknownDevice()
  },
})
