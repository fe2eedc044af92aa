import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/**
 * The folders a function finds packages in that its bundle leaves out, as `NODE_PATH`. AWS's runtimes bring the AWS
 * SDK with them ("Building Lambda functions with Node.js", runtime-included SDK versions), and bundlers count on it;
 * here it is the project's own: what `require` would find in the folder where the cloud was started.
 */
export function modulePath(projectFolder: string): string {
  const folders: string[] = []
  for (let folder = projectFolder; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) folders.push(modules)
    if (folder === dirname(folder)) return folders.join(delimiter)
  }
}
