import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import { splitTarget, type Api, type ApiCall } from './call.ts'

/** An API and the call as its stage sees it. */
export type Addressed = { readonly api: Api; readonly call: ApiCall }

/** Finds the API behind a base path: the longest one wins. */
export function frontDoorCall(
  apis: ReadonlyMap<string, Api>,
  request: HttpRequest,
  nowMs: number,
): Addressed | undefined {
  const { path, query } = splitTarget(request.target)
  let end = path.length
  while (end > 0) {
    const api = apis.get(path.slice(1, end))
    if (api !== undefined) {
      const inside = path.slice(end)
      return {
        api,
        call: {
          request,
          path: inside === '' ? '/' : inside,
          query,
          publicPath: path,
          address: 'front door',
          nowMs,
        },
      }
    }
    end = path.lastIndexOf('/', end - 1)
  }
  return undefined
}

type Mounted = readonly Api[]

/** `GET /`: what is mounted, as JSON or, for browsers, as a page. */
export function frontDoorIndex(request: HttpRequest, apis: Mounted): HttpResponse {
  const mounted = apis.map(({ name, kind, stage, basePath }) => ({
    path: `/${basePath ?? ''}`,
    name,
    kind,
    stage,
  }))
  if (request.headers['accept']?.includes('text/html') !== true) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apis: mounted }),
    }
  }
  const rows = mounted.map(
    ({ path, name, kind }) =>
      `<li><a href="${escapeHtml(path)}"><code>${escapeHtml(path)}</code></a> ${escapeHtml(name)} (${kind} API)</li>`,
  )
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cloudlet</title><h1>APIs on this machine</h1><ul>${rows.join('')}</ul></html>`,
  }
}

/** Names the base paths there are: a wrong one is most often a typing mistake. */
export function unknownBasePath(apis: Mounted): HttpResponse {
  const known = apis.map(({ basePath }) => `/${basePath ?? ''}`).join(', ')
  const hint = known === '' ? 'No API is mounted yet.' : `APIs are mounted at ${known}.`
  return {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Not Found', hint }),
  }
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
