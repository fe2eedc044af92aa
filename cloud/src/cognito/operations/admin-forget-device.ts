import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { unknownDevice } from '../flows/devices.ts'
import { deviceKey, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Forgets a device of a user: there is none, because sign-ins here hand out no device keys. */
export const adminForgetDevice = operation('AdminForgetDevice', {
  input: { UserPoolId: userPoolId, Username: username, DeviceKey: deviceKey },
  run(ctx, input) {
    requireUser(ctx, requirePool(ctx, input.UserPoolId), input.Username)
    throw unknownDevice()
  },
})
