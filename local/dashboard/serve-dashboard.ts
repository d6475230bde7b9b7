/**
 * The dashboard on a laptop: the built files under the headers that CloudFront gives them (infra/dashboard-headers.ts), the
 * page itself for every address of it, and `/config.json`, which says where people sign in. In AWS the same comes from a bucket:
 * infra/dashboard-stack.ts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  ASSETS_PREFIX,
  CACHE_FOR_EVER,
  CACHE_NEVER,
  contentPolicy,
  DASHBOARD_HEADERS,
} from '../../infra/dashboard-headers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.svg'])
const PAGE = '/index.html'

type BuiltFile = { readonly type: string; readonly bytes: Buffer; readonly gzipped: Buffer | undefined }
export type DashboardPages = (incoming: IncomingMessage, outgoing: ServerResponse, pathname: string) => boolean

/** `configOf` gives the text of `/config.json`. The answer says whether the request was one for the dashboard. */
export function dashboardPages(folder: string, configOf: () => object): DashboardPages {
  const files = filesIn(folder)
  return (incoming, outgoing, pathname) => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false
    if (pathname === '/config.json') {
      const bytes = Buffer.from(JSON.stringify(configOf()))
      send(incoming, outgoing, { type: 'application/json', bytes, gzipped: undefined }, CACHE_NEVER)
      return true
    }
    const file = files.get(pathname)
    if (file !== undefined && pathname !== PAGE) {
      send(incoming, outgoing, file, pathname.startsWith(ASSETS_PREFIX) ? CACHE_FOR_EVER : CACHE_NEVER)
      return true
    }
    // A page is asked for by a browser; what asks for anything else learns that there is nothing.
    const page = files.get(PAGE)
    const isAddressOfPage = pathname === '/' || (acceptsHtml(incoming) && path.extname(pathname) === '')
    if (page === undefined || !isAddressOfPage) return false
    const host = incoming.headers.host ?? ''
    // One origin: the sign-in knows the dashboard by it, and so does its cookie.
    if (host.startsWith('localhost')) {
      outgoing.writeHead(307, { location: `http://${host.replace('localhost', '127.0.0.1')}${incoming.url ?? '/'}` })
      outgoing.end()
      return true
    }
    send(incoming, outgoing, page, CACHE_NEVER)
    return true
  }
}

function acceptsHtml({ headers }: IncomingMessage): boolean {
  return (headers.accept ?? '').includes('text/html')
}

function filesIn(folder: string): ReadonlyMap<string, BuiltFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name)
      const type = TYPES[path.extname(file)]
      if (type === undefined || file.includes(`${path.sep}.`)) return []
      const bytes = readFileSync(file)
      const gzipped = COMPRESSED.has(path.extname(file)) ? gzipSync(bytes) : undefined
      return [[`/${path.relative(folder, file).split(path.sep).join('/')}`, { type, bytes, gzipped }] as const]
    }),
  )
}

function send({ method, headers }: IncomingMessage, outgoing: ServerResponse, file: BuiltFile, cache: string): void {
  const zipped = /\bgzip\b/.test(String(headers['accept-encoding'] ?? '')) ? file.gzipped : undefined
  const bytes = zipped ?? file.bytes
  outgoing.writeHead(200, {
    ...DASHBOARD_HEADERS,
    'content-security-policy': contentPolicy([]),
    'content-type': file.type,
    'content-length': bytes.length,
    'cache-control': cache,
    vary: 'accept-encoding',
    ...(zipped === undefined ? {} : { 'content-encoding': 'gzip' }),
  })
  outgoing.end(method === 'HEAD' ? undefined : bytes)
}
