import { AwsError } from '../kernel/index.ts'

/** CloudFormation's code for a template that cannot be used. */
const code = 'ValidationError'

/** A template that cannot be used: every problem found, each naming where it is. */
export class TemplateError extends AwsError {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      code,
      problems.length === 1
        ? `Template error: ${problems[0]}`
        : `Template errors:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    )
    this.problems = problems
  }
}

/** One problem at one place, for example `Resource Foo: Properties.Bar: Fn::Join wants a list`. */
export const problemAt = (path: string, sentence: string): TemplateError =>
  new TemplateError([`${path}: ${sentence}`])

/** Runs checks one after another and throws all that they found together. */
export class ProblemList {
  readonly found: string[] = []

  /** Keeps what a TemplateError says and goes on; gives undefined then. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      this.found.push(...error.problems)
      return undefined
    }
  }

  add(path: string, sentence: string): void {
    this.found.push(`${path}: ${sentence}`)
  }

  /** @throws TemplateError when anything was found */
  throwIfAny(): void {
    if (this.found.length > 0) throw new TemplateError(this.found)
  }
}

/** A problem of an intrinsic function; `path` ends with its name: `Resource Foo: Properties.Bar: Fn::Join`. */
export const functionProblem = (path: string, sentence: string): TemplateError =>
  new TemplateError([`${path} ${sentence}`])
