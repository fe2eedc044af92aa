import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inlineFunction } from '../deployed-cloud.ts'
import { send } from '../harness.ts'
import { cloudlet, endAll, startCloudlet } from './cloudlet-process.ts'
import { greetingTemplate, smallApp, type SmallApp } from './small-app.ts'

const SECRET = 'secret-4711'
const FREE_PORTS = ['--memory', '--port', '0', '--front-port', '0', '--ready-file', 'ready.json']

/** The greeting, in words that parameters give. */
function template(): object {
  const { Resources } = greetingTemplate('Hello')
  const Greet = inlineFunction(
    'exports.handler = async () => ({ statusCode: 200, body: process.env.WORD + process.env.SECRET })',
    {
      FunctionName: 'greet',
      Environment: { Variables: { WORD: { Ref: 'Word' }, SECRET: { Ref: 'Secret' } } },
    },
  )
  return {
    Parameters: {
      Word: { Type: 'String', Default: 'Hello' },
      Secret: { Type: 'String', NoEcho: true, AllowedPattern: '[a-z]+-[0-9]+' },
    },
    Resources: { ...Resources, Greet },
  }
}

describe('cloudlet up --parameter', () => {
  let app: SmallApp
  beforeAll(() => {
    app = smallApp()
    app.source(template() as Parameters<SmallApp['source']>[0])
    app.write('greeting.json', JSON.stringify(template()))
  })
  afterAll(() => {
    endAll()
    app.remove()
  })

  it.each([
    ['an app', ['--app', 'node app.mjs']],
    ['a template', ['--template', 'greeting.json']],
  ])('gives the stacks of %s their values, and prints none', async (_case, of) => {
    const parameters = ['--parameter', 'Word=a = b ', '--parameter', `Secret=${SECRET}`]
    const up = startCloudlet(['up', ...FREE_PORTS, ...of, ...parameters], { cwd: app.folder })
    await up.printed(/is ready/)
    const { services } = app.json('ready.json') as { services: Record<string, string> }

    const { text } = await send('GET', `${services['hello']}/x`)
    const { stdout, stderr } = await up.stop()

    expect(text).toBe(`a = b ${SECRET}`)
    expect(stdout + stderr).not.toContain(SECRET)
  })

  it.each([
    ['a name that no stack has', ['Secre=secret-4711'], 1, 'Secre'],
    ['a value against the rules', ['Secret=secret-4711-no'], 1, 'Parameter Secret'],
    ['what is no pair', ['secret-4711'], 2, 'Name=Value'],
  ])('refuses %s, without the value', async (_case, given, exit, told) => {
    const parameters = given.flatMap((each) => ['--parameter', each])
    const words = ['up', ...FREE_PORTS, '--app', 'node app.mjs', ...parameters]

    const { code, stdout, stderr } = await cloudlet(words, { cwd: app.folder })

    expect(code).toBe(exit)
    expect(stderr).toContain(told)
    expect(stdout + stderr).not.toContain(SECRET)
  })

  it('refuses parameters that could be meant for several sources', async () => {
    const words = ['up', ...FREE_PORTS, '--parameter', 'Word=x']

    const { code, stderr } = await cloudlet(words, { cwd: app.folder })

    expect(code).toBe(2)
    expect(stderr).toContain('--parameter goes with --app or with one --template')
  })
})
