import { optional } from '../../kernel/index.ts'
import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { unknownDevice } from '../flows/devices.ts'
import { deviceKey, deviceRememberedStatus, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Changes a device of a user: there is none, because sign-ins here hand out no device keys. */
export const adminUpdateDeviceStatus = operation('AdminUpdateDeviceStatus', {
  input: {
    UserPoolId: userPoolId,
    Username: username,
    DeviceKey: deviceKey,
    DeviceRememberedStatus: optional(deviceRememberedStatus),
  },
  run(ctx, input) {
    requireUser(ctx, requirePool(ctx, input.UserPoolId), input.Username)
    throw unknownDevice()
  },
})
