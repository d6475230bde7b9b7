/**
 * Functions bundled as the deployed ones are and called in this process, with a server on 127.0.0.1 in the place of AWS that
 * keeps what it is sent and answers as it is set to.
 */
import { createHash, createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type BundlePlaces, bundleFunctions } from '../../infra/bundle.ts'

export type Answer =
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang up'
export type ReceivedCall = {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly method: string
  readonly path: string
}
export type Bundled = {
  readonly places: BundlePlaces
  readonly endpoint: string
  /** What came since it was last emptied. */
  readonly received: ReceivedCall[]
  readonly run: (name: string, input: unknown) => Promise<unknown>
  readonly close: () => Promise<void>
}

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SESSION_TOKEN: 'session',
}

/** One function for each of `sources`. Sets credentials and TEST_ENDPOINT in the environment until it is closed. */
export async function bundled(
  sources: Readonly<Record<string, string>>,
  answer: (target: unknown, body: string) => Answer,
): Promise<Bundled> {
  const received: ReceivedCall[] = []
  const environment = { ...process.env }
  const folder = await written(sources)
  const places = { functions: path.join(folder, 'functions'), output: path.join(folder, 'out') }
  await bundleFunctions(places)
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      received.push({ headers: request.headers, body, method: request.method ?? '', path: request.url ?? '' })
      const reply = answer(request.headers['x-amz-target'], body)
      if (reply === 'hang up') return request.socket.destroy()
      response
        .writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0', ...reply.headers })
        .end(reply.text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, CREDENTIALS, { TEST_ENDPOINT: endpoint })
  return {
    places,
    endpoint,
    received,
    run: (name, input) => {
      const { handler } = createRequire(import.meta.url)(path.join(places.output, 'functions', name, 'index.js'))
      return handler(input)
    },
    close: async () => {
      process.env = environment
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Inside the repository, so that the SDK is found; below dist/, which git and the linters do not look at. */
async function written(sources: Readonly<Record<string, string>>): Promise<string> {
  const parent = path.join(import.meta.dirname, '../../dist')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(path.join(parent, 'bundle-test-'))
  for (const [name, source] of Object.entries(sources)) {
    await mkdir(path.join(folder, 'functions', name), { recursive: true })
    await writeFile(path.join(folder, 'functions', name, 'handler.ts'), source)
  }
  return folder
}

/** Signature Version 4, written down again from its public description: the bundle's own code is what is under test. */
export function expectedAuthorization({ headers, body, method, path: target }: ReceivedCall, service: string): string {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? ''
  const date = String(headers['x-amz-date'])
  const scope = `${date.slice(0, 8)}/ap-southeast-3/${service}/aws4_request`
  const canonicalHeaders = signed.split(';').map((name) => `${name}:${headers[name]}\n`)
  const canonical = [method, target, '', canonicalHeaders.join(''), signed, sha256(body)].join('\n')
  const key = [date.slice(0, 8), 'ap-southeast-3', service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${CREDENTIALS.AWS_SECRET_ACCESS_KEY}`,
  )
  const signature = createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
    .digest('hex')
  return `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
