import { addCustomAttributes } from './add-custom-attributes.ts'
import { adminAddUserToGroup } from './admin-add-user-to-group.ts'
import { adminConfirmSignUp } from './admin-confirm-sign-up.ts'
import { adminCreateUser } from './admin-create-user.ts'
import { adminDeleteUserAttributes } from './admin-delete-user-attributes.ts'
import { adminDeleteUser } from './admin-delete-user.ts'
import { adminDisableUser } from './admin-disable-user.ts'
import { adminEnableUser } from './admin-enable-user.ts'
import { adminForgetDevice } from './admin-forget-device.ts'
import { adminGetDevice } from './admin-get-device.ts'
import { adminGetUser } from './admin-get-user.ts'
import { adminInitiateAuth } from './admin-initiate-auth.ts'
import { adminListDevices } from './admin-list-devices.ts'
import { adminListGroupsForUser } from './admin-list-groups-for-user.ts'
import { adminRemoveUserFromGroup } from './admin-remove-user-from-group.ts'
import { adminResetUserPassword } from './admin-reset-user-password.ts'
import { adminRespondToAuthChallenge } from './admin-respond-to-auth-challenge.ts'
import { adminSetUserMFAPreference } from './admin-set-user-mfa-preference.ts'
import { adminSetUserPassword } from './admin-set-user-password.ts'
import { adminUpdateDeviceStatus } from './admin-update-device-status.ts'
import { adminUpdateUserAttributes } from './admin-update-user-attributes.ts'
import { adminUserGlobalSignOut } from './admin-user-global-sign-out.ts'
import { associateSoftwareToken } from './associate-software-token.ts'
import { changePassword } from './change-password.ts'
import { confirmDevice } from './confirm-device.ts'
import { confirmForgotPassword } from './confirm-forgot-password.ts'
import { confirmSignUp } from './confirm-sign-up.ts'
import { createGroup } from './create-group.ts'
import { createResourceServer } from './create-resource-server.ts'
import { createUserPoolClient } from './create-user-pool-client.ts'
import { createUserPoolDomain } from './create-user-pool-domain.ts'
import { createUserPool } from './create-user-pool.ts'
import { deleteGroup } from './delete-group.ts'
import { deleteResourceServer } from './delete-resource-server.ts'
import { deleteUserAttributes } from './delete-user-attributes.ts'
import { deleteUserPoolClient } from './delete-user-pool-client.ts'
import { deleteUserPoolDomain } from './delete-user-pool-domain.ts'
import { deleteUserPool } from './delete-user-pool.ts'
import { deleteUser } from './delete-user.ts'
import { describeResourceServer } from './describe-resource-server.ts'
import { describeUserPoolClient } from './describe-user-pool-client.ts'
import { describeUserPoolDomain } from './describe-user-pool-domain.ts'
import { describeUserPool } from './describe-user-pool.ts'
import { forgetDevice } from './forget-device.ts'
import { forgotPassword } from './forgot-password.ts'
import { getDevice } from './get-device.ts'
import { getGroup } from './get-group.ts'
import { getTokensFromRefreshToken } from './get-tokens-from-refresh-token.ts'
import { getUserAttributeVerificationCode } from './get-user-attribute-verification-code.ts'
import { getUserAuthFactors } from './get-user-auth-factors.ts'
import { getUserPoolMfaConfig } from './get-user-pool-mfa-config.ts'
import { getUser } from './get-user.ts'
import { globalSignOut } from './global-sign-out.ts'
import { initiateAuth } from './initiate-auth.ts'
import { listDevices } from './list-devices.ts'
import { listGroups } from './list-groups.ts'
import { listIdentityProviders } from './list-identity-providers.ts'
import { listResourceServers } from './list-resource-servers.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { listUserPoolClients } from './list-user-pool-clients.ts'
import { listUserPools } from './list-user-pools.ts'
import { listUsersInGroup } from './list-users-in-group.ts'
import { listUsers } from './list-users.ts'
import { listWebAuthnCredentials } from './list-web-authn-credentials.ts'
import { resendConfirmationCode } from './resend-confirmation-code.ts'
import { respondToAuthChallenge } from './respond-to-auth-challenge.ts'
import { revokeToken } from './revoke-token.ts'
import { setUserMFAPreference } from './set-user-mfa-preference.ts'
import { setUserPoolMfaConfig } from './set-user-pool-mfa-config.ts'
import { signUp } from './sign-up.ts'
import { tagResource } from './tag-resource.ts'
import { untagResource } from './untag-resource.ts'
import { updateDeviceStatus } from './update-device-status.ts'
import { updateGroup } from './update-group.ts'
import { updateResourceServer } from './update-resource-server.ts'
import { updateUserAttributes } from './update-user-attributes.ts'
import { updateUserPoolClient } from './update-user-pool-client.ts'
import { updateUserPoolDomain } from './update-user-pool-domain.ts'
import { updateUserPool } from './update-user-pool.ts'
import { verifySoftwareToken } from './verify-software-token.ts'
import { verifyUserAttribute } from './verify-user-attribute.ts'
import { refusedOperations } from './refused.ts'

/** Every operation of user pools: a new one is added here. */
export const operations = [
  addCustomAttributes,
  adminAddUserToGroup,
  adminConfirmSignUp,
  adminCreateUser,
  adminDeleteUserAttributes,
  adminDeleteUser,
  adminDisableUser,
  adminEnableUser,
  adminForgetDevice,
  adminGetDevice,
  adminGetUser,
  adminInitiateAuth,
  adminListDevices,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  adminResetUserPassword,
  adminRespondToAuthChallenge,
  adminSetUserMFAPreference,
  adminSetUserPassword,
  adminUpdateDeviceStatus,
  adminUpdateUserAttributes,
  adminUserGlobalSignOut,
  associateSoftwareToken,
  changePassword,
  confirmDevice,
  confirmForgotPassword,
  confirmSignUp,
  createGroup,
  createResourceServer,
  createUserPoolClient,
  createUserPoolDomain,
  createUserPool,
  deleteGroup,
  deleteResourceServer,
  deleteUserAttributes,
  deleteUserPoolClient,
  deleteUserPoolDomain,
  deleteUserPool,
  deleteUser,
  describeResourceServer,
  describeUserPoolClient,
  describeUserPoolDomain,
  describeUserPool,
  forgetDevice,
  forgotPassword,
  getDevice,
  getGroup,
  getTokensFromRefreshToken,
  getUserAttributeVerificationCode,
  getUserAuthFactors,
  getUserPoolMfaConfig,
  getUser,
  globalSignOut,
  initiateAuth,
  listDevices,
  listGroups,
  listIdentityProviders,
  listResourceServers,
  listTagsForResource,
  listUserPoolClients,
  listUserPools,
  listUsersInGroup,
  listUsers,
  listWebAuthnCredentials,
  resendConfirmationCode,
  respondToAuthChallenge,
  revokeToken,
  setUserMFAPreference,
  setUserPoolMfaConfig,
  signUp,
  tagResource,
  untagResource,
  updateDeviceStatus,
  updateGroup,
  updateResourceServer,
  updateUserAttributes,
  updateUserPoolClient,
  updateUserPoolDomain,
  updateUserPool,
  verifySoftwareToken,
  verifyUserAttribute,
  ...refusedOperations,
] as const
