/**
 * One call to a JSON service of AWS: a POST to the root of its endpoint, signed, one try, on a connection that is kept.
 *
 * Promise: signed at the moment it is sent, so a repeat is signed anew. The SDK's signer signs, its HTTP handler carries it
 * (kept-connections.ts). Refuses to know services, retries and what an answer means; reads no environment.
 */
import { Sha256Node } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import { Defect } from './faults.ts'
import { type Agent, type Answer, keptConnections, newAgent } from './kept-connections.ts'

export type Credentials = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** How a service is reached and by whom. */
export type Caller = {
  readonly service: string
  /** What calls are signed for, wherever the endpoint is. */
  readonly region: string
  readonly credentials: Credentials
  /** In place of the region's public endpoint. */
  readonly endpoint?: string | undefined
  /** Milliseconds of the wall clock. */
  readonly now: () => number
  /** In place of one that opens connections. */
  readonly agent?: Agent | undefined
}
export type SignedCalls = {
  readonly post: (headers: Readonly<Record<string, string>>, body: string | Uint8Array) => Promise<Answer>
  readonly close: () => void
}

/** Regions whose services live below amazonaws.com; those of China, of governments and of the sovereign cloud do not. */
const REGION = /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/

/** Throws a Defect for a region without a public endpoint that is known here, and for an endpoint with a path. */
export function signedCalls({ service, region, credentials, endpoint, now, agent }: Caller): SignedCalls {
  const { protocol, hostname, port, host } = endpointOf(service, region, endpoint)
  const target = { protocol, hostname, path: '/', method: 'POST', ...(port ? { port: Number(port) } : {}) }
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256Node })
  const connections = keptConnections(agent ?? newAgent({ secure: protocol === 'https:', now }), now)
  return {
    post: async (headers, body) => {
      const whole = { ...headers, host, 'content-length': String(Buffer.byteLength(body)) }
      const signed = await signer.sign(new HttpRequest({ ...target, headers: whole, body }), {
        signingDate: new Date(now()),
      })
      return connections.send(signed as HttpRequest)
    },
    close: connections.close,
  }
}

function endpointOf(service: string, region: string, configured: string | undefined): URL {
  if (configured) {
    const url = URL.parse(configured)
    if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search) return url
    throw new Defect(
      'ENDPOINT',
      `expected the endpoint of ${service} to be http(s)://host[:port], it is something else`,
    )
  }
  if (REGION.test(region)) return new URL(`https://${service}.${region}.amazonaws.com`)
  throw new Defect(
    'REGION',
    `expected AWS_REGION to name a region of the aws partition, got ${region || 'none'}; set it, or configure the endpoint of ${service}`,
  )
}
