/**
 * The proxy of a function's AWS calls, in a thread of its own. Who calls is told by the access key of the call's signature; what
 * it may do by its role in the template; what goes wrong on purpose by the armed faults.
 *
 * Allowed calls go on to the emulators as they are. The delivery stream and the secrets extension are answered here.
 * Fails closed: an unknown caller, service or operation is refused with AWS's own error.
 */
import { Worker } from 'node:worker_threads'
import type { CloudAssembly } from '../cloud-assembly/cloud-assembly.ts'
import { type Fault, faultCounts } from './faults.ts'

export type AwsProxyOptions = {
  readonly plan: CloudAssembly
  readonly dynamo: string
  readonly queues: string
  readonly objects: string
  readonly notices: string
  readonly dataDir: string
  readonly clock: SharedArrayBuffer
  readonly identities: readonly Identity[]
}
/** What its thread is given. */
export type ProxyTask = AwsProxyOptions & { readonly struck: SharedArrayBuffer }

/** One function's credentials; the token is also what the secrets extension knows it by. */
export type Identity = {
  readonly functionArn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export type AwsProxy = {
  readonly port: number
  /** How often each kind of fault has struck, here or wherever else these counts are given. */
  readonly struck: SharedArrayBuffer
  readonly arm: (faults: readonly Fault[]) => void
  readonly stop: () => Promise<void>
}

export async function startAwsProxy(order: AwsProxyOptions): Promise<AwsProxy> {
  const struck = faultCounts()
  const thread = new Worker(new URL('./proxy-thread.ts', import.meta.url), {
    workerData: { ...order, struck } satisfies ProxyTask,
    resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 },
  })
  const port = await new Promise<number>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return {
    port,
    struck,
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
