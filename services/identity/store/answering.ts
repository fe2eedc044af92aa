import type { HttpProblem } from '@cloudlet/kit'

/** Runs `work`; what Cognito refuses becomes the answer that `problem` makes of it. */
export async function answering<Result>(
  problem: (error: unknown) => HttpProblem | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw problem(error) ?? error
  }
}
