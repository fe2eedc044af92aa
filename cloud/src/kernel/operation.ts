import { AwsError } from './aws-error.ts'
import {
  checkShape,
  Problems,
  structure,
  WrongType,
  type Members,
  type StructureOf,
} from './shape.ts'

/**
 * One operation of an AWS service: a name, the shape of its input as data, and what it does. It knows nothing
 * of HTTP: typed input in, typed output out, or an AwsError.
 */
export type Operation<Context, Input = never, Output = unknown> = {
  readonly name: string
  /** Runs with an input that is known to have the right shape (calls from inside the process). */
  readonly run: (context: Context, input: Input) => Output | Promise<Output>
  /**
   * Checks a parsed JSON input, then runs. Stays synchronous where the operation is.
   *
   * @throws AwsError SerializationException, the service's validation error, or the operation's own
   */
  readonly call: (context: Context, input: unknown) => Output | Promise<Output>
}

export type OperationSpec<Context, M extends Members, Output> = {
  readonly input: M
  /** What AWS checks before it looks at any resource, in AWS's order: the first problem's sentence. */
  readonly check?: (input: StructureOf<M>) => string | undefined
  readonly run: (context: Context, input: StructureOf<M>) => Output | Promise<Output>
}

/**
 * Makes the `operation` function of a part.
 *
 * @param validationCode the code of the service's validation error, for example `ValidationException`
 */
export function operationMaker<Context>(validationCode: string) {
  return function operation<const M extends Members, Output extends object>(
    name: string,
    spec: OperationSpec<Context, M, Output>,
  ): Operation<Context, StructureOf<M>, Output> {
    const shape = structure(spec.input)
    function checked(input: unknown): StructureOf<M> {
      const problems = new Problems()
      try {
        checkShape(shape, input, '', problems)
      } catch (error) {
        if (error instanceof WrongType) throw new AwsError('SerializationException', error.message)
        throw error
      }
      const sentence = problems.sentence()
      if (sentence !== undefined) throw new AwsError(validationCode, sentence)
      return input as StructureOf<M> // the one place where checked JSON gets its type
    }
    return {
      name,
      run: spec.run,
      call(context, input) {
        const typed = checked(input)
        const problem = spec.check?.(typed)
        if (problem !== undefined) throw new AwsError(validationCode, problem)
        return spec.run(context, typed)
      },
    }
  }
}

/** The first problem of several checks, or undefined: keeps AWS's order readable. */
export const firstProblem = (...problems: (string | undefined)[]): string | undefined =>
  problems.find((problem) => problem !== undefined)

/** What `wire` needs to serve a part: see `cloud/src/wire/service.ts`. */
export type OperationTable = ReadonlyMap<string, (input: unknown) => unknown>

/** Binds a part's list of operations to its context. The list is the one place a new operation is added to. */
export function operationTable<Context>(
  context: Context,
  operations: readonly Operation<Context>[],
): OperationTable {
  return new Map(
    operations.map((each) => [each.name, (input: unknown): unknown => each.call(context, input)]),
  )
}
