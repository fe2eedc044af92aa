import { adminAddUserToGroup } from './admin-add-user-to-group.ts'
import { adminConfirmSignUp } from './admin-confirm-sign-up.ts'
import { adminCreateUser } from './admin-create-user.ts'
import { adminDeleteUserAttributes } from './admin-delete-user-attributes.ts'
import { adminDeleteUser } from './admin-delete-user.ts'
import { adminDisableUser } from './admin-disable-user.ts'
import { adminEnableUser } from './admin-enable-user.ts'
import { adminGetUser } from './admin-get-user.ts'
import { adminInitiateAuth } from './admin-initiate-auth.ts'
import { adminListGroupsForUser } from './admin-list-groups-for-user.ts'
import { adminRemoveUserFromGroup } from './admin-remove-user-from-group.ts'
import { adminResetUserPassword } from './admin-reset-user-password.ts'
import { adminRespondToAuthChallenge } from './admin-respond-to-auth-challenge.ts'
import { adminSetUserPassword } from './admin-set-user-password.ts'
import { adminUpdateUserAttributes } from './admin-update-user-attributes.ts'
import { adminUserGlobalSignOut } from './admin-user-global-sign-out.ts'
import { changePassword } from './change-password.ts'
import { confirmForgotPassword } from './confirm-forgot-password.ts'
import { confirmSignUp } from './confirm-sign-up.ts'
import { createGroup } from './create-group.ts'
import { createUserPoolClient } from './create-user-pool-client.ts'
import { createUserPool } from './create-user-pool.ts'
import { deleteGroup } from './delete-group.ts'
import { deleteUserAttributes } from './delete-user-attributes.ts'
import { deleteUserPoolClient } from './delete-user-pool-client.ts'
import { deleteUserPool } from './delete-user-pool.ts'
import { deleteUser } from './delete-user.ts'
import { describeUserPoolClient } from './describe-user-pool-client.ts'
import { describeUserPool } from './describe-user-pool.ts'
import { forgotPassword } from './forgot-password.ts'
import { getGroup } from './get-group.ts'
import { getTokensFromRefreshToken } from './get-tokens-from-refresh-token.ts'
import { getUserAttributeVerificationCode } from './get-user-attribute-verification-code.ts'
import { getUser } from './get-user.ts'
import { globalSignOut } from './global-sign-out.ts'
import { initiateAuth } from './initiate-auth.ts'
import { listGroups } from './list-groups.ts'
import { listUserPoolClients } from './list-user-pool-clients.ts'
import { listUserPools } from './list-user-pools.ts'
import { listUsersInGroup } from './list-users-in-group.ts'
import { listUsers } from './list-users.ts'
import { resendConfirmationCode } from './resend-confirmation-code.ts'
import { respondToAuthChallenge } from './respond-to-auth-challenge.ts'
import { revokeToken } from './revoke-token.ts'
import { signUp } from './sign-up.ts'
import { updateGroup } from './update-group.ts'
import { updateUserAttributes } from './update-user-attributes.ts'
import { updateUserPoolClient } from './update-user-pool-client.ts'
import { updateUserPool } from './update-user-pool.ts'
import { verifyUserAttribute } from './verify-user-attribute.ts'
import { refusedOperations } from './refused.ts'

/** Every operation of user pools: a new one is added here. */
export const operations = [
  adminAddUserToGroup,
  adminConfirmSignUp,
  adminCreateUser,
  adminDeleteUserAttributes,
  adminDeleteUser,
  adminDisableUser,
  adminEnableUser,
  adminGetUser,
  adminInitiateAuth,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  adminResetUserPassword,
  adminRespondToAuthChallenge,
  adminSetUserPassword,
  adminUpdateUserAttributes,
  adminUserGlobalSignOut,
  changePassword,
  confirmForgotPassword,
  confirmSignUp,
  createGroup,
  createUserPoolClient,
  createUserPool,
  deleteGroup,
  deleteUserAttributes,
  deleteUserPoolClient,
  deleteUserPool,
  deleteUser,
  describeUserPoolClient,
  describeUserPool,
  forgotPassword,
  getGroup,
  getTokensFromRefreshToken,
  getUserAttributeVerificationCode,
  getUser,
  globalSignOut,
  initiateAuth,
  listGroups,
  listUserPoolClients,
  listUserPools,
  listUsersInGroup,
  listUsers,
  resendConfirmationCode,
  respondToAuthChallenge,
  revokeToken,
  signUp,
  updateGroup,
  updateUserAttributes,
  updateUserPoolClient,
  updateUserPool,
  verifyUserAttribute,
  ...refusedOperations,
] as const
