import type { GroupRecord } from './records.ts'

export const newGroup = (name: string, id: number, createdMs: number): GroupRecord => ({
  name,
  id,
  createdMs,
  tags: {},
  bytes: 0,
})
