import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { port } from '../options.ts'
import { askCloud, messageOf } from '../running-cloud.ts'

export const describeToken = (): Command =>
  new Command('token')
    .description("Print the demo user's access token and nothing else, to paste into curl.")
    .option('--id', 'the id token instead')
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .addHelpText(
      'after',
      '\nExample:\n  curl -H "Authorization: Bearer $(cloudlet token)" http://localhost:3000/cargo/monitor',
    )
    .action(async (options: { id?: true; port: number }) => {
      process.stdout.write(
        `${await demoToken(options.port, options.id === true ? 'id' : 'access')}\n`,
      )
    })

async function demoToken(port: number, use: 'id' | 'access'): Promise<string> {
  const answer = await askCloud(port, { method: 'POST', path: `/_cloudlet/token?use=${use}` })
  if (answer.status !== 200) throw new CliError(messageOf(answer))
  return (JSON.parse(answer.body) as { token: string }).token
}
