/**
 * A variable of the function's environment, read once at module scope.
 * Throws when it is missing, so that a wrong template fails at start and says why.
 */
export function env(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') {
    throw new Error(`The environment variable ${name} is not set: set it in the function's stack`)
  }
  return value
}
