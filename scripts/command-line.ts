import { parseArgs, type ParseArgsConfig } from 'node:util'

type CommandLine<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>

/** The words of the command line. Ends the process with the usage for `--help`, and for words that are wrong. */
export function commandLine<T extends ParseArgsConfig>(usage: string, config: T): CommandLine<T> {
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error), usage)
  }
}

/** Says what is wrong with the command line, and what would be right. */
export function misused(problem: string, usage: string): never {
  console.error(`${problem}\n\n${usage}`)
  process.exit(2)
}
