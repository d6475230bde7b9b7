/**
 * `npm run bench:cold`: what a channel endpoint adds to a cold start: the bytes of its bundle, and the time to import it against
 * a bare handler that makes a payment's calls through the SDK's own client, bundled alike.
 *
 * 21 processes each, in turn, so that a busy machine slows both; medians, and their ratio. Exits 1 past its limits.
 */
import { spawnSync } from 'node:child_process'
import { type Built, built, endpointEnvironment } from './built.ts'
import { judge, median, percentile, round, tableText } from './report.ts'

const PROCESSES = 21
const BYTES_LIMIT = 300 * 1024
const RATIO_LIMIT = 1
const CHANNEL = 'bni'

const IMPORT_IT =
  'const start = process.hrtime.bigint(); require(process.argv[1]); console.log(Number(process.hrtime.bigint() - start) / 1e6)'

const endpoint = await built('endpoint', 'functions/answer-channel/handler.ts')
const bare = await built('sdk', 'bench/baseline-sdk.ts')
const times = { endpoint: [] as number[], bare: [] as number[] }
for (const _ of Array(PROCESSES).keys()) {
  times.endpoint.push(importMillis(endpoint))
  times.bare.push(importMillis(bare))
}

const row = (name: string, { bytes }: Built, millis: readonly number[]) => [
  name,
  bytes,
  round(bytes / 1024, 1),
  round(median(millis), 1),
  round(percentile(millis, 0), 1),
  round(percentile(millis, 1), 1),
]
const ratio = median(times.endpoint) / median(times.bare)
console.log(`Bundles and their import in a fresh Node.js ${process.versions.node}, ${PROCESSES} processes each\n`)
const head = ['bundle', 'bytes', 'KiB', 'median ms', 'least', 'most']
const rows = [row('answer-channel', endpoint, times.endpoint), row('bare handler', bare, times.bare)]
console.log(`${tableText(head, rows)}\n`)
judge([
  { what: 'bytes of the endpoint', value: endpoint.bytes, limit: BYTES_LIMIT },
  { what: 'import time, endpoint to bare handler', value: round(ratio, 3), limit: RATIO_LIMIT },
])

function importMillis({ file }: Built): number {
  const environment = { PATH: process.env.PATH, ...endpointEnvironment(CHANNEL, { host: '127.0.0.1', port: 9 }) }
  const child = spawnSync(process.execPath, ['-e', IMPORT_IT, file], { env: environment, encoding: 'utf8' })
  const millis = Number(child.stdout)
  if (child.status !== 0 || !(millis > 0)) throw new Error(`expected ${file} to be imported, got: ${child.stderr}`)
  return millis
}
