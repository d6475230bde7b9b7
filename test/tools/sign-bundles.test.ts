/**
 * The command signs what was built, and its manifest is what a deployment asks for. AWS is played by a script of the name `aws`,
 * which keeps objects by version, refuses bytes that are not those of their checksum, and answers in the forms of the real one.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleFolder, functionNames } from '../../infra/bundle.ts'
import { archiveOf, sha256Of } from '../../infra/signing/archive.ts'
import { manifestOf } from '../../infra/signing/manifest.ts'
import { stageNamed } from '../../infra/stages.ts'
import { synthesize } from '../../infra/synth.ts'

const LAYER = 'a layer of AWS'

const AWS = `#!${process.execPath}
const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const [service, operation, ...rest] = process.argv.slice(2)
const option = (name) => { const at = rest.indexOf('--' + name); return at < 0 ? undefined : rest[at + 1] }
const store = process.env.FAKE_AWS
const file = (text) => store + '/' + encodeURIComponent(text)
const refuse = (why) => { console.error(why); process.exit(255) }
if (option('region') !== 'ap-southeast-1') refuse('wrong region')
const digest = (bytes) => createHash('sha256').update(bytes).digest('base64')
const answers = {
  'lambda get-layer-version-by-arn': () => JSON.stringify({
    Location: 'data:application/zip;base64,' + Buffer.from(${JSON.stringify(LAYER)}).toString('base64'),
    CodeSha256: process.env.FAKE_LAYER_DIGEST || digest(${JSON.stringify(LAYER)}),
  }),
  's3api put-object': () => {
    const bytes = readFileSync(option('body'))
    if (digest(bytes) !== option('checksum-sha256')) refuse('BadDigest')
    writeFileSync(file(option('key') + '@v1'), bytes)
    return 'v1'
  },
  'signer start-signing-job': () => {
    const source = JSON.parse(option('source')).s3
    const { prefix } = JSON.parse(option('destination')).s3
    const id = 'job-' + digest(source.key).replace(/[^a-z0-9]/gi, '')
    const signedKey = prefix + id + '.zip'
    writeFileSync(file(signedKey + '@v2'), 'signed ' + readFileSync(file(source.key + '@' + source.version)))
    const status = source.key.includes(process.env.FAKE_FAILING || 'nothing') ? 'Failed' : 'Succeeded'
    writeFileSync(file(id), JSON.stringify({ status, source: { s3: source }, signedObject: { s3: { key: signedKey } } }))
    return id
  },
  'signer wait': () => JSON.parse(readFileSync(file(option('job-id')))).status === 'Failed' ? refuse('Waiter failed') : '',
  'signer describe-signing-job': () => readFileSync(file(option('job-id')), 'utf8'),
  's3api head-object': () => readFileSync(file(option('key') + '@v2')) && 'v2',
}
console.log(answers[service + ' ' + operation]())
`

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hub-signing-'))
  mkdirSync(path.join(folder, 'bin'))
  mkdirSync(path.join(folder, 'aws'))
  writeFileSync(path.join(folder, 'bin/aws'), AWS)
  chmodSync(path.join(folder, 'bin/aws'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const out = () => path.join(folder, 'signed.json')

function sign(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const commands = `${path.join(folder, 'bin')}:${process.env.PATH}`
  return spawnSync(process.execPath, ['tools/sign-bundles.ts', ...args, '--out', out()], {
    encoding: 'utf8',
    env: { ...process.env, PATH: commands, FAKE_AWS: path.join(folder, 'aws'), ...env },
  })
}

const REGION = 'ap-southeast-1'
const PLACE = ['--bucket', 'bundles', '--profile', 'hub_bundles', '--region', REGION] as const

test('signs every function and the layer, and production is synthesized from its manifest', async () => {
  const { status, stdout, stderr } = sign(PLACE)
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('expected')])
  const names = await functionNames()
  expect(stdout).toContain(`${names.length} functions and 1 layers signed by hub_bundles`)
  const manifest = manifestOf(out(), stageNamed('production'))
  expect(Object.keys(manifest.functions).sort()).toEqual(names)
  for (const [name, { key, version, sha256 }] of Object.entries(manifest.functions)) {
    const archive = archiveOf(bundleFolder(name))
    expect(sha256).toBe(sha256Of(archive))
    const kept = readFileSync(path.join(folder, 'aws', encodeURIComponent(`${key}@${version}`)))
    expect(kept.equals(Buffer.from(`signed ${archive}`))).toBe(true)
  }
  expect(Object.values(manifest.layers).map(({ sha256 }) => sha256)).toEqual([sha256Of(Buffer.from(LAYER))])
  const { templates } = await synthesize({
    outdir: path.join(folder, 'cdk.out'),
    region: REGION,
    codeSource: { kind: 'signed', manifest },
  })
  expect(JSON.stringify(templates.Hub)).toContain(manifest.functions['answer-channel']?.key)
}, 180_000)

test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
  ['a job failed', PLACE, { FAKE_FAILING: 'import-file' }, 'expected aws signer wait to succeed'],
  ['a layer came damaged', PLACE, { FAKE_LAYER_DIGEST: 'another' }, 'to have digest another'],
  ['it was not told where', [], {}, 'SignedBundlesBucket'],
  ['the region has no signer', PLACE.slice(0, 4), {}, 'expected a region with AWS Signer, got ap-southeast-3'],
])(
  'writes nothing and ends with 1 when %s',
  (_, args, env, said) => {
    const { status, stderr } = sign(args, env)
    expect([status, stderr]).toEqual([1, expect.stringContaining(said)])
    expect(existsSync(out())).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['aws', 'bin'])
  },
  180_000,
)
