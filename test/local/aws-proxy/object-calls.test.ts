/** S3 at the proxy: streamed through for who may, refused in S3's XML for who may not, made to fail when asked. */
import { Agent, createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultKind } from '../../../local/aws-proxy/faults.ts'
import { answerS3Call, isS3Call } from '../../../local/aws-proxy/object-calls.ts'
import { objectPermissionsFrom } from '../../../local/iam/object-permissions.ts'
import { policyOf } from '../../../local/iam/policy.ts'

const KEY = 'arn:aws:kms:ap-southeast-3:000000000000:key/files'
const bucket = { name: 'files', arn: 'arn:aws:s3:::files', keyArn: KEY, notifications: [] }
const allow = (actions: readonly string[], ...resources: readonly string[]) => ({
  effect: 'Allow' as const,
  actions,
  notActions: [],
  resources,
  notResources: [],
  condition: {},
})
const statements = [
  allow(['s3:GetObject'], 'arn:aws:s3:::files/drop/*', 'arn:aws:s3:::files/kept/*'),
  allow(['s3:PutObject'], 'arn:aws:s3:::files/kept/*'),
  allow(['kms:Decrypt'], KEY),
]
let may = [...statements, allow(['kms:GenerateDataKey'], KEY)]
let fault: FaultKind | undefined
let served: string[] = []
let behind: Server
let proxy: Server

beforeAll(async () => {
  behind = createServer(async (incoming, outgoing) => {
    let bytes = 0
    for await (const chunk of incoming) bytes += chunk.length
    served.push(`${incoming.method} ${incoming.url} ${bytes}`)
    const status = incoming.url?.includes('absent') ? 404 : 200
    outgoing
      .writeHead(status, { etag: '"e"' })
      .end(status === 200 ? 'the object' : '<Error><Code>NoSuchKey</Code></Error>')
  })
  const port = await listening(behind)
  const permissionsOf = objectPermissionsFrom([bucket])
  const target = { url: new URL(`http://127.0.0.1:${port}`), agent: new Agent() }
  proxy = createServer((incoming, outgoing) => {
    const parts = { target, permissionsOf, policy: policyOf(may), inject: () => fault, refusal: () => 'not authorized' }
    answerS3Call(parts, incoming, outgoing).catch(() => outgoing.destroy())
  })
  await listening(proxy)
})
afterAll(() => {
  proxy.close()
  behind.close()
})

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
}

async function call(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  served = []
  const url = `http://127.0.0.1:${(proxy.address() as { port: number }).port}${path}`
  const reply = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: reply.status, code: /<Code>(\w+)</.exec(await reply.text())?.[1] }
}

describe('S3 at the proxy', () => {
  test('is told from other services by the signature', () => {
    const signed = (service: string) => ({
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=ASIA/20261121/ap-southeast-3/${service}/aws4_request, S=1`,
      },
    })
    expect(isS3Call(signed('s3') as never)).toBe(true)
    expect(isS3Call(signed('dynamodb') as never)).toBe(false)
  })

  test('goes on as it is where the role allows it', async () => {
    expect(await call('PUT', '/files/kept/1', 'x'.repeat(1_000_000))).toEqual({ status: 200, code: undefined })
    expect(served).toEqual(['PUT /files/kept/1 1000000'])
    expect(await call('GET', '/files/drop/a')).toEqual({ status: 200, code: undefined })
  })

  test.each([
    ['a folder that is not the function’s', 'PUT', '/files/drop/a', {}],
    ['an action that it lacks', 'DELETE', '/files/kept/1', {}],
    ['a copy of what it may not read', 'PUT', '/files/kept/1', { 'x-amz-copy-source': '/files/settled/1' }],
    ['the absence of an object, to who may not list', 'GET', '/files/kept/absent', {}],
  ])('refuses %s', async (_, method, path, headers) => {
    expect(await call(method, path, undefined, headers)).toEqual({ status: 403, code: 'AccessDenied' })
  })

  test('refuses a put to who may not use the key', async () => {
    const before = may
    may = statements
    expect(await call('PUT', '/files/kept/1', 'x')).toEqual({ status: 403, code: 'AccessDenied' })
    may = before
    expect(served).toEqual([])
  })

  test('tells who may list that an object is not there', async () => {
    const before = may
    may = [...may, allow(['s3:ListBucket'], 'arn:aws:s3:::files')]
    expect(await call('GET', '/files/kept/absent')).toEqual({ status: 404, code: 'NoSuchKey' })
    may = before
  })

  test.each([
    ['throttle', 503, 'SlowDown'],
    ['error', 500, 'InternalError'],
  ] as const)('fails on purpose: %s', async (kind, status, code) => {
    fault = kind
    expect(await call('PUT', '/files/kept/1', 'x')).toEqual({ status, code })
    fault = undefined
    expect(served).toEqual([])
  })

  test('can do what was asked and let nobody know', async () => {
    fault = 'timeout-after-commit'
    await expect(call('PUT', '/files/kept/1', 'x')).rejects.toThrow()
    fault = undefined
    expect(served).toEqual(['PUT /files/kept/1 1'])
  })
})
