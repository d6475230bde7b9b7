/**
 * The proxy of a function's AWS calls, in a thread of its own. The access key of the call's signature names the caller, its role
 * in the template what it may do, the armed faults what goes wrong.
 *
 * Allowed calls go on to the emulators as they are. The delivery stream, the signing key and the secrets extension are answered here.
 * Fails closed: an unknown caller, service or operation is refused with AWS's own error.
 */
import { Worker } from 'node:worker_threads'
import type { CloudAssembly } from '../cloud-assembly/cloud-assembly.ts'
import { writesMemory } from '../event-sources/table-writes.ts'
import { type Fault, faultCounts } from './faults.ts'

export type AwsProxyOptions = {
  readonly assembly: CloudAssembly
  /** Where allowed calls go: the emulators, or AWS. */
  readonly dynamodb: string
  readonly sqs: string
  readonly s3: string
  readonly notices: string
  readonly cloudwatch: string
  readonly dataDir: string
  readonly clock: SharedArrayBuffer
  readonly identities: readonly Identity[]
}
/** What its thread is given. */
export type ProxyTask = AwsProxyOptions & { readonly injected: SharedArrayBuffer; readonly writes: SharedArrayBuffer }

/** One function's credentials; the token is also what the secrets extension knows it by. */
export type Identity = {
  readonly functionArn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export type AwsProxy = {
  readonly port: number
  /** How often each kind of fault was injected, here and where else these counts are shared. */
  readonly injected: SharedArrayBuffer
  /** Writes to each table of the assembly, in its order: event-sources/table-writes.ts. */
  readonly writes: SharedArrayBuffer
  readonly arm: (faults: readonly Fault[]) => void
  readonly stop: () => Promise<void>
}

export async function startAwsProxy(options: AwsProxyOptions): Promise<AwsProxy> {
  const injected = faultCounts()
  const writes = writesMemory(options.assembly.tables.map(({ name }) => name))
  const thread = new Worker(new URL('./proxy-thread.ts', import.meta.url), {
    name: 'aws-proxy',
    workerData: { ...options, injected, writes } satisfies ProxyTask,
    resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 },
  })
  const port = await new Promise<number>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return {
    port,
    injected,
    writes,
    arm: (faults) => {
      thread.postMessage({ faults })
    },
    stop: async () => {
      const gone = new Promise((resolve) => thread.once('exit', resolve))
      thread.postMessage('stop')
      await gone
    },
  }
}
