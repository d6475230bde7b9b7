/**
 * One call to a JSON service of AWS: a POST to its endpoint with Signature Version 4, one try, on a connection that is kept.
 *
 * Built from the SDK's own signer and HTTP handler. Promise: signed at the moment it is sent, so a repeat is signed anew.
 * Refuses to know services, retries and what an answer means; reads no environment.
 */
import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/protocols'
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler'
import { SignatureV4 } from '@smithy/signature-v4'
import type { AwsCredentialIdentity, HttpResponse } from '@smithy/types'
import { Defect } from './faults.ts'

/** How a service is reached and by whom. What is a function is asked with each call. */
export type Caller = {
  readonly service: string
  readonly region: string | (() => Promise<string>)
  readonly credentials: AwsCredentialIdentity | (() => Promise<AwsCredentialIdentity>)
  readonly connections?: NodeHttpHandlerOptions | undefined
}
export type SignedCalls = {
  readonly post: (
    endpoint: URL,
    headers: Readonly<Record<string, string>>,
    body: string | Uint8Array,
  ) => Promise<HttpResponse>
  readonly close: () => void
}

/** Regions whose services live below amazonaws.com; those of China, of governments and of the sovereign cloud do not. */
const REGION = /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/

/** `configured` where there is one, else the service's public endpoint. Throws a Defect for a region that has none there. */
export function serviceEndpoint(service: string, region: string | undefined, configured: string | undefined): URL {
  if (configured) return new URL(configured)
  if (region !== undefined && REGION.test(region)) return new URL(`https://${service}.${region}.amazonaws.com`)
  throw new Defect(
    'REGION',
    `expected AWS_REGION to name a region of the aws partition, got ${region || 'none'}; set it, or configure the endpoint of ${service}`,
  )
}

export function signedCalls({ service, region, credentials, connections }: Caller): SignedCalls {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 })
  const handler = new NodeHttpHandler(connections)
  return {
    post: async (endpoint, headers, body) => {
      const { protocol, hostname, port, host, pathname: path } = endpoint
      const request = new HttpRequest({
        protocol,
        hostname,
        path,
        method: 'POST',
        headers: { ...headers, host, 'content-length': String(Buffer.byteLength(body)) },
        body,
        ...(port ? { port: Number(port) } : {}),
      })
      const { response } = await handler.handle((await signer.sign(request)) as HttpRequest)
      return response
    },
    close: () => handler.destroy(),
  }
}
