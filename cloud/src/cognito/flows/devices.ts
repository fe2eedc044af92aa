import { notFound } from '../errors.ts'

/** What every operation on one device answers: sign-ins here hand out no device keys, so no device is known. */
export const unknownDevice = () => notFound('Device does not exist.')
