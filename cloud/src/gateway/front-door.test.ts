import { describe, expect, it } from 'vitest'
import { lambda, testGateway } from './test-gateway.ts'

function doors() {
  const api = testGateway((event) => event['rawPath'])
  for (const basePath of ['cargo', 'cargo/v2', 'directory']) {
    api.gateway.putHttpApi({
      apiId: basePath.replace('/', ''),
      name: basePath,
      basePath,
      stage: { name: '$default' },
      routes: [{ method: 'ANY', path: '$default', integration: lambda('2.0') }],
    })
  }
  return api
}

describe('the front door', () => {
  it('maps base paths to stages, the longest first', async () => {
    const api = doors()

    const answers = await Promise.all(
      ['/cargo/x', '/cargo/v2/x', '/cargo', '/cargo?a=b'].map((path) => api.get(path)),
    )

    expect(answers.map(({ body }) => body)).toEqual(['/x', '/x', '/', '/'])
    expect(api.events.map(({ requestContext }) => requestContext)).toMatchObject([
      { apiId: 'cargo' },
      { apiId: 'cargov2' },
      { apiId: 'cargo' },
      { apiId: 'cargo' },
    ])
  })

  it('lists what is mounted, as JSON and as a page', async () => {
    const api = doors()

    const json = await api.get('/')
    const page = await api.get('/', { accept: 'text/html' })

    expect(JSON.parse(String(json.body))).toMatchObject({
      apis: [{ path: '/cargo', kind: 'HTTP' }, {}, {}],
    })
    expect(page.body).toContain('<a href="/cargo">')
  })

  it('names the base paths to someone who mistyped one', async () => {
    const api = doors()

    const answer = await api.get('/cagro/x')

    expect(answer.status).toBe(404)
    expect(JSON.parse(String(answer.body))).toEqual({
      message: 'Not Found',
      hint: 'APIs are mounted at /cargo, /cargo/v2, /directory.',
    })
  })

  it('forgets an API that is removed and its old base path', async () => {
    const api = doors()

    api.gateway.removeApi('cargo')
    const answer = await api.get('/cargo/x')

    expect(answer.status).toBe(404)
    expect(api.gateway.apis().map(({ apiId }) => apiId)).toEqual(['cargov2', 'directory'])
  })
})
