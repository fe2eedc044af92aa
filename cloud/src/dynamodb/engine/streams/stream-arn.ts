export const streamArnOf = (tableArn: string, label: string): string =>
  `${tableArn}/stream/${label}`

/** A stream's label is its creation time: `2026-01-31T10:20:30.400`. */
export const streamLabelOf = (createdMs: number): string =>
  new Date(createdMs).toISOString().slice(0, -1)
