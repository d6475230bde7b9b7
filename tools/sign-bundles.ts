/**
 * `npm run sign-bundles -- --bucket … --profile … [--stage …] [--region …] [--out signed.json]`: builds the functions, has AWS Signer sign each
 * bundle and each layer that is not ours, and writes the manifest that `npx cdk deploy -c signed=…` asks for. Bucket and
 * profile are outputs of the stack Ledger.
 *
 * Everything at AWS is done by the `aws` command with the caller's own credentials, so that no client of ours has to be kept.
 * Promises: what is in the manifest was signed from the bytes that were built here; a job that failed ends this with 1, and nothing is written.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleFolder, bundleFunctions } from '../infra/bundle.ts'
import { archiveOf, sha256Of } from '../infra/signing/archive.ts'
import type { SignedManifest, SignedObject } from '../infra/signing/manifest.ts'
import { hasSigner, type Stage, stageNamed } from '../infra/stages.ts'
import { type Synthesized, synthesize } from '../infra/synth.ts'

type Place = { readonly bucket: string; readonly profile: string; readonly region: string; readonly scratch: string }
/** What is to be signed; `name` is a folder of functions/, or the ARN of a layer's version. */
type Unsigned = { readonly name: string; readonly archive: Buffer }
type Job = { readonly name: string; readonly id: string; readonly source: SignedObject }

const { values } = parseArgs({
  options: {
    region: { type: 'string' },
    bucket: { type: 'string' },
    profile: { type: 'string' },
    stage: { type: 'string' },
    out: { type: 'string', default: 'signed.json' },
  },
})

const scratch = mkdtempSync(path.join(tmpdir(), 'hub-sign-'))
try {
  const { bucket, profile, out } = values
  if (bucket === undefined || profile === undefined)
    throw new Error(
      'expected --bucket and --profile, got none; they are the outputs SignedBundlesBucket and SigningProfileName of the stack Ledger',
    )
  const stage = stageNamed(values.stage, values.region)
  if (!hasSigner(stage))
    throw new Error(`expected a region with AWS Signer, got ${stage.region}; bundles are deployed unsigned there`)
  const place = { bucket, profile, region: stage.region, scratch }
  const functions = (await bundleFunctions()).map(({ name }) => ({ name, archive: archiveOf(bundleFolder(name)) }))
  const layers = await foreignLayers(place, stage)
  const manifest: SignedManifest = {
    stage: stage.name,
    functions: signed(place, functions),
    layers: signed(place, layers),
  }
  writeFileSync(out, `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(`${functions.length} functions and ${layers.length} layers signed by ${profile}; manifest in ${out}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** The layers that functions of the templates have from other accounts, as their publisher keeps them. */
async function foreignLayers(place: Place, stage: Stage): Promise<readonly Unsigned[]> {
  const synthesized = await synthesize({
    outdir: path.join(place.scratch, 'cdk.out'),
    stageName: stage.name,
    region: stage.region,
  })
  return Promise.all(layerArns(synthesized).map(async (name) => ({ name, archive: await layerArchive(place, name) })))
}

function layerArns({ templates }: Synthesized): readonly string[] {
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources))
  const layers = resources.flatMap(({ Properties }) => (Properties?.Layers ?? []) as readonly unknown[])
  return [...new Set(layers.filter((layer) => typeof layer === 'string'))].sort()
}

async function layerArchive({ region }: Place, arn: string): Promise<Buffer> {
  const answer = aws(
    region,
    'lambda',
    'get-layer-version-by-arn',
    '--arn',
    arn,
    '--query',
    'Content',
    '--output',
    'json',
  )
  const { Location, CodeSha256 } = JSON.parse(answer) as { readonly Location: string; readonly CodeSha256: string }
  const response = await fetch(Location)
  const archive = Buffer.from(await response.arrayBuffer())
  const got = createHash('sha256').update(archive).digest('base64')
  if (got !== CodeSha256) throw new Error(`expected layer ${arn} to have digest ${CodeSha256}, got ${got}; try again`)
  return archive
}

/** All jobs are started before the first is waited for. */
function signed(place: Place, unsigned: readonly Unsigned[]): Readonly<Record<string, SignedObject>> {
  const jobs = unsigned.map((one) => started(place, one))
  return Object.fromEntries(jobs.map((job) => [job.name, finished(place, job)]))
}

function started({ bucket, profile, region, scratch }: Place, { name, archive }: Unsigned): Job {
  const sha256 = sha256Of(archive)
  const key = `unsigned/${folderOf(name)}/${sha256}.zip`
  const file = path.join(scratch, `${sha256}.zip`)
  writeFileSync(file, archive)
  // S3 refuses bytes that are not those of the checksum.
  const checksum = ['--checksum-sha256', Buffer.from(sha256, 'hex').toString('base64')]
  const to = ['--bucket', bucket, '--key', key, '--body', file, ...checksum]
  const version = aws(region, 's3api', 'put-object', ...to, '--query', 'VersionId', '--output', 'text')
  const id = aws(
    region,
    'signer',
    'start-signing-job',
    ...['--source', JSON.stringify({ s3: { bucketName: bucket, key, version } })],
    ...['--destination', JSON.stringify({ s3: { bucketName: bucket, prefix: `signed/${folderOf(name)}/` } })],
    ...['--profile-name', profile, '--query', 'jobId', '--output', 'text'],
  )
  return { name, id, source: { key, version, sha256 } }
}

function finished({ bucket, region }: Place, { name, id, source }: Job): SignedObject {
  aws(region, 'signer', 'wait', 'successful-signing-job', '--job-id', id)
  const job = JSON.parse(aws(region, 'signer', 'describe-signing-job', '--job-id', id, '--output', 'json'))
  const from = job.source?.s3
  if (job.status !== 'Succeeded' || from?.key !== source.key || from?.version !== source.version)
    throw new Error(
      `expected job ${id} to have signed ${name} as it was uploaded, got status ${job.status}; sign again`,
    )
  const key = String(job.signedObject.s3.key)
  const at = ['--bucket', bucket, '--key', key]
  const version = aws(region, 's3api', 'head-object', ...at, '--query', 'VersionId', '--output', 'text')
  return { key, version, sha256: source.sha256 }
}

/** Of a layer's ARN the last two parts: its name and its version. */
function folderOf(name: string): string {
  return name.split(':').slice(-2).join('-')
}

function aws(region: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('aws', [...args, '--region', region], { encoding: 'utf8' })
  if (error !== undefined) throw new Error(`expected the aws command to run, got ${error.message}; install the AWS CLI`)
  if (status !== 0) throw new Error(`expected aws ${args.slice(0, 2).join(' ')} to succeed, got ${status}: ${stderr}`)
  return stdout.trim()
}
