/** A function as it is deployed. */
export type FunctionDefinition = {
  readonly name: string
  readonly arn: string
  /** For example `nodejs20.x`. */
  readonly runtime: string
  /** `<file without ending>.<export>`, for example `index.handler`. */
  readonly handler: string
  /** Absolute path of the folder with the unpacked bundle. */
  readonly codeFolder: string
  /** Base64. */
  readonly codeSha256: string
  readonly environment: Readonly<Record<string, string>>
  readonly memoryMb: number
  readonly timeoutMs: number
  /** The execution role's ARN. */
  readonly role: string
  readonly description?: string
  /** How many requests may run at a time. Undefined: no limit of its own. 0: every request is refused. */
  readonly reservedConcurrency?: number
  /** Where records of failed asynchronous invocations go. */
  readonly onFailure?: string
  /** Of asynchronous invocations: 0 to 2. */
  readonly maximumRetryAttempts?: number
  readonly maximumEventAgeSeconds?: number
  /** ISO 8601. */
  readonly lastModified: string
  readonly logGroup: string
  readonly tracing: 'Active' | 'PassThrough'
  readonly architectures: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}
