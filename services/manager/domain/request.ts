import { anyText } from '@cloudlet/kit'
import * as z from 'zod/mini'

/** The body of every call; what `payload` must hold is the operation's to say. */
export const ManagerRequest = z.object({
  operation: anyText(),
  tableName: z.optional(anyText()),
  payload: z.optional(z.unknown()),
})
