/**
 * Bundles for a bench, made as infra/bundle.ts makes every function's, in a folder of their own that goes with the process;
 * and the environment in which an endpoint's bundle runs, as the template would set it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOne } from '../infra/bundle.ts'
import { TABLES } from '../shared/store/tables.ts'

export type Built = { readonly file: string; readonly bytes: number }

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'hub-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** As infra/bundle.ts bundles every function. `entry` from the repository's root. */
export async function built(name: string, entry: string): Promise<Built> {
  const { outputFiles } = await buildOne(join(REPOSITORY, entry))
  return written(name, outputFiles.find(({ path }) => path.endsWith('.js'))?.contents)
}

function written(name: string, code: Uint8Array | undefined): Built {
  if (!code) throw new Error(`expected a bundle for ${name}, got none`)
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'package.json'), '{"type":"commonjs"}\n')
  writeFileSync(join(place, 'index.js'), code)
  return { file: join(place, 'index.js'), bytes: code.byteLength }
}

/** Where the function finds its tables, stream and secrets: `endpoint` answers for all of them. */
export function endpointEnvironment(channel: string, endpoint: { readonly host: string; readonly port: number }) {
  const url = `http://${endpoint.host}:${endpoint.port}`
  return {
    CHANNEL: channel,
    CHANNEL_SECRET: `${channel}-keys`,
    DIGEST_SECRET: 'digest-keys',
    EVIDENCE_SECRET: 'evidence-keys',
    EVIDENCE_STREAM: 'evidence',
    EVIDENCE_BUCKET: 'evidence',
    ...Object.fromEntries(TABLES.map((table) => [`${table.toUpperCase().replaceAll('-', '_')}_TABLE`, table])),
    POWERTOOLS_SERVICE_NAME: 'answer-channel',
    POWERTOOLS_METRICS_NAMESPACE: 'ContributionHub',
    AWS_REGION: 'ap-southeast-3',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_SESSION_TOKEN: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_FIREHOSE: url,
    AWS_ENDPOINT_URL_S3: url,
    PARAMETERS_SECRETS_EXTENSION_HTTP_HOST: endpoint.host,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(endpoint.port),
  }
}
