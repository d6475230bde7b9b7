import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { describe, expect, test } from 'vitest'
import { signedCalls } from '../../../shared/runtime/signed-call.ts'

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' }

type Request = { getHeader: (name: string) => string; onSocket: (socket: null, error: Error) => void }

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
