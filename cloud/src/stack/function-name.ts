/**
 * A function's name or ARN without its version or alias: here every version and alias is the function as it was
 * deployed last.
 */
export function unqualified(nameOrArn: string): string {
  const arn = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+)(?::.+)?$/.exec(nameOrArn)
  if (arn !== null) return arn[1] ?? nameOrArn
  return nameOrArn.startsWith('arn:') ? nameOrArn : (nameOrArn.split(':')[0] ?? nameOrArn)
}
