import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { describe, expect, test } from 'vitest'
import { type Credentials, signedCalls } from '../../../shared/runtime/signed-call.ts'

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' }

type Request = {
  readonly method: string
  readonly path: string
  readonly getHeader: (name: string) => string
  readonly onSocket: (socket: null, error: Error) => void
}

/** Where the first call goes and what it is signed for, caught by an agent that opens no connection. */
async function firstCall(region: string, endpoint?: string) {
  const caught: { protocol?: string; host?: string; authorization?: string } = {}
  const protocol = endpoint?.startsWith('http:') ? 'http:' : 'https:'
  const agent = protocol === 'http:' ? new HttpAgent() : new HttpsAgent()
  Object.assign(agent, {
    addRequest: (request: Request) => {
      Object.assign(caught, {
        protocol,
        host: request.getHeader('host'),
        authorization: request.getHeader('authorization'),
      })
      request.onSocket(null, new Error('caught'))
    },
  })
  const calls = signedCalls({ service: 'dynamodb', region, credentials: CREDENTIALS, endpoint, now: Date.now, agent })
  await expect(calls.post({}, '{}')).rejects.toThrow('caught')
  calls.close()
  return caught
}

describe('what a call is', () => {
  const NOW = Date.UTC(2026, 10, 20, 7, 3, 21)

  /** The request as an agent gets it, and where it would connect to. */
  async function sent(body: string | Uint8Array, credentials: Credentials = CREDENTIALS) {
    const agent = new HttpAgent()
    const seen: { request?: Request; options?: { readonly host: string; readonly port: number } } = {}
    Object.assign(agent, {
      addRequest: (request: Request, options: { readonly host: string; readonly port: number }) => {
        Object.assign(seen, { request, options })
        request.onSocket(null, new Error('caught'))
      },
    })
    const endpoint = 'http://127.0.0.1:8000'
    const calls = signedCalls({
      service: 'dynamodb',
      region: 'eu-west-1',
      credentials,
      endpoint,
      now: () => NOW,
      agent,
    })
    await expect(calls.post({ 'x-amz-target': 'DynamoDB.Get' }, body)).rejects.toThrow('caught')
    calls.close()
    const { request, options } = seen as Required<typeof seen>
    const header = (name: string) => request.getHeader(name)
    return { method: request.method, path: request.path, host: options.host, port: options.port, header }
  }

  test('a POST to the root of the endpoint, with the headers of its caller and the length of its body in bytes', async () => {
    const call = await sent('{"name":"é"}')
    expect(call).toMatchObject({ method: 'POST', path: '/', host: '127.0.0.1', port: 8000 })
    expect(call.header('x-amz-target')).toBe('DynamoDB.Get')
    expect(call.header('content-length')).toBe('13')
    expect((await sent(new Uint8Array(7))).header('content-length')).toBe('7')
  })

  test('signed at the moment of the call, with the session of its caller where there is one', async () => {
    const call = await sent('{}')
    expect(call.header('x-amz-date')).toBe('20261120T070321Z')
    expect(call.header('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261120\/eu-west-1\/dynamodb\//,
    )
    expect(call.header('x-amz-security-token')).toBeUndefined()
    const session = await sent('{}', { ...CREDENTIALS, sessionToken: 'session' })
    expect(session.header('x-amz-security-token')).toBe('session')
  })
})

describe('where a call goes', () => {
  test.each(['ap-southeast-3', 'ap-southeast-1', 'us-east-1', 'eu-central-2', 'il-central-1', 'mx-central-1'])(
    'without a configured endpoint it is the public one of %s',
    async (region) => {
      const { protocol, host, authorization } = await firstCall(region)
      expect({ protocol, host }).toEqual({ protocol: 'https:', host: `dynamodb.${region}.amazonaws.com` })
      expect(authorization).toContain(`/${region}/dynamodb/aws4_request`)
    },
  )

  test.each([
    ['http://127.0.0.1:8000', 'http:', '127.0.0.1:8000'],
    ['http://localhost:8000/', 'http:', 'localhost:8000'],
    [
      'https://vpce-1.dynamodb.ap-southeast-3.vpce.amazonaws.com',
      'https:',
      'vpce-1.dynamodb.ap-southeast-3.vpce.amazonaws.com',
    ],
  ])('a configured endpoint %s is used as it is, signed for the region', async (endpoint, protocol, host) => {
    const call = await firstCall('ap-southeast-3', endpoint)
    expect(call).toMatchObject({ protocol, host })
    expect(call.authorization).toContain('/ap-southeast-3/dynamodb/aws4_request')
  })

  test.each([
    'cn-north-1',
    'cn-northwest-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'eusc-de-east-1',
    'jakarta',
    'ap-southeast-3b',
    'x-ap-east-1',
    '',
  ])('a region that has no public endpoint below amazonaws.com is refused: "%s"', async (region) => {
    await expect(firstCall(region)).rejects.toMatchObject({ name: 'Defect', code: 'REGION' })
  })

  test.each(['http://localhost:8000/path', 'http://localhost/?a=b', 'localhost:8000', 'ftp://localhost', 'nowhere'])(
    'an endpoint that is not an origin is refused and not quoted: %s',
    async (endpoint) => {
      await expect(firstCall('ap-southeast-3', endpoint)).rejects.toMatchObject({ name: 'Defect', code: 'ENDPOINT' })
      await expect(firstCall('ap-southeast-3', endpoint)).rejects.not.toThrow(endpoint)
    },
  )
})
