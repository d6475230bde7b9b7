/** Code signing: every function is held to it, what is deployed is what was signed, and production is not synthesized by mistake. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { App, Stack } from 'aws-cdk-lib'
import { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer'
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { type AppParts, buildApp } from '../../infra/app.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { archiveOf, sha256Of } from '../../infra/signing/archive.ts'
import { codeSourceOf, type SignedManifest, signedBundle } from '../../infra/signing/manifest.ts'
import { REGIONS_WITHOUT_SIGNER, STAGES, stageNamed } from '../../infra/stages.ts'
import type { Synthesized } from '../../infra/synth.ts'
import {
  type CloudAssembly,
  cloudAssembly,
  deployedFolders,
  ofType,
  type Properties,
  type Resource,
  resourcesOf,
} from './cloud-assembly.ts'

/** Near, and with a signer. */
const SIGNING_REGION = 'ap-southeast-1'
const production = stageNamed('production', SIGNING_REGION)
const rehearsal = stageNamed('rehearsal', SIGNING_REGION)

let plan: CloudAssembly
/** Production as built, in a region that signs. */
let built: Synthesized
let manifest: SignedManifest

beforeAll(async () => {
  plan = await cloudAssembly()
  built = await inSigningRegion('built')
  manifest = await manifestOfAll()
}, 120_000)

const inSigningRegion = (outdir: string, parts: Partial<AppParts> = {}) =>
  plan.again(outdir, { region: SIGNING_REGION, ...parts })

afterAll(() => plan.remove())

async function manifestOfAll(): Promise<SignedManifest> {
  const object = (name: string, sha256: string) => ({ key: `signed/${name}/job.zip`, version: `v-${name}`, sha256 })
  const functions = (await deployedFolders()).map((name) => [
    name,
    object(name, sha256Of(archiveOf(plan.bundleOf(name)))),
  ])
  const layers = foreignLayers(everything(built)).map((arn) => [arn, object('layer', '0'.repeat(64))])
  return { stage: 'production', functions: Object.fromEntries(functions), layers: Object.fromEntries(layers) }
}

function foreignLayers(resources: readonly Resource[]): readonly string[] {
  const layers = functionsOf(resources).flatMap(({ properties }) => properties.Layers ?? [])
  return [...new Set<string>(layers.filter((layer: unknown) => typeof layer === 'string'))]
}

const functionsOf = (resources: readonly Resource[]) => ofType(resources, 'AWS::Lambda::Function')

function everything(synthesized: Synthesized): readonly Resource[] {
  return Object.keys(synthesized.templates).flatMap((stack) => resourcesOf(synthesized, stack))
}

function policyOf(resources: readonly Resource[]): readonly unknown[] {
  return ofType(resources, 'AWS::Lambda::CodeSigningConfig').map(
    ({ properties }) => properties.CodeSigningPolicies.UntrustedArtifactOnDeployment,
  )
}

describe('each function of the templates', () => {
  test('has the one config, which refuses in production what the hub’s own profile has not signed', () => {
    const all = everything(built)
    expect(policyOf(all)).toEqual(['Enforce'])
    const [profile] = ofType(all, 'AWS::Signer::SigningProfile')
    expect(profile?.properties).toMatchObject({ PlatformId: 'AWSLambda-SHA384-ECDSA', ProfileName: 'hub_bundles' })
    const [config] = ofType(all, 'AWS::Lambda::CodeSigningConfig')
    expect(config?.properties.AllowedPublishers.SigningProfileVersionArns).toEqual([
      { 'Fn::GetAtt': [profile?.id, 'ProfileVersionArn'] },
    ])
    expect(functionsOf(all).length).toBeGreaterThan(10)
    for (const { id, properties } of functionsOf(all)) {
      expect([id, JSON.stringify(properties.CodeSigningConfigArn)]).toEqual([
        id,
        expect.stringMatching(/CodeSigningConfig.*CodeSigningConfigArn/),
      ])
    }
  })

  test('is warned of only where developers deploy straight', async () => {
    const all = everything(await inSigningRegion('rehearsal', { stageName: 'rehearsal' }))
    expect(policyOf(all)).toEqual(['Warn'])
    for (const { properties } of functionsOf(all)) expect(properties.CodeSigningConfigArn).toBeDefined()
  })

  test('has it without a line of its own: one that is added later, by whatever means', () => {
    const app = buildApp({
      profiles: registeredProfiles(),
      bundleOf: plan.bundleOf,
      outdir: path.join(plan.folder, 'later'),
      codeSource: { kind: 'as built' },
      region: SIGNING_REGION,
    })
    const hub = app.node.findChild('Hub')
    new CfnFunction(hub, 'Later', {
      code: { zipFile: 'exports.handler = 1' },
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      role: 'arn:aws:iam::000000000000:role/later',
    })
    const { Resources } = app.synth().getStackByName('Hub').template
    expect(Resources.Later.Properties.CodeSigningConfigArn).toBeDefined()
  })

  test('asks for no signer where the region has none, as CloudFormation itself says of it', () => {
    const all = everything(plan.synthesized)
    expect(all.filter(({ type }) => /^AWS::(Signer|Lambda::CodeSigningConfig)/.test(type))).toEqual([])
    expect(functionsOf(all).filter(({ properties }) => properties.CodeSigningConfigArn !== undefined)).toEqual([])
    for (const region of REGIONS_WITHOUT_SIGNER) {
      const app = new App({ outdir: path.join(plan.folder, 'refused'), context: recommendedFlags })
      new SigningProfile(new Stack(app, 'Here', { env: { region } }), 'P', {
        platform: Platform.AWS_LAMBDA_SHA384_ECDSA,
      })
      expect(() => app.synth()).toThrow(`Resource type 'AWS::Signer::SigningProfile' does not exist in '${region}'`)
    }
  })
})

describe('with a manifest', () => {
  test('each function is a signed object of the stage’s own bucket, and no layer is somebody else’s', async () => {
    const all = everything(await inSigningRegion('signed', { codeSource: { kind: 'signed', manifest } }))
    for (const { properties } of functionsOf(all)) {
      const service = properties.Environment.Variables.POWERTOOLS_SERVICE_NAME
      const { key, version } = manifest.functions[service] ?? {}
      expect(properties.Code).toEqual({
        S3Bucket: { 'Fn::ImportValue': expect.stringContaining('CodeSigningBundles') },
        S3Key: key,
        S3ObjectVersion: version,
      })
    }
    expect(foreignLayers(everything(built))).toHaveLength(1)
    expect(foreignLayers(all)).toEqual([])
    const before = functionsOf(everything(built)).filter(({ properties }) => properties.Layers !== undefined)
    const after = functionsOf(all).filter(({ properties }: { readonly properties: Properties }) => properties.Layers)
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(ofType(all, 'AWS::Lambda::LayerVersion').map(({ properties }) => properties.Content.S3Key)).toEqual([
      'signed/layer/job.zip',
    ])
  })

  test.each<[string, Partial<SignedManifest>, string]>([
    ['knows no layer', { layers: {} }, 'LAYER_NOT_SIGNED'],
    ['knows no function', { functions: {} }, 'BUNDLE_NOT_SIGNED'],
  ])('that %s, nothing is synthesized', async (_, part, code) => {
    const codeSource = { kind: 'signed', manifest: { ...manifest, ...part } } as const
    await expect(inSigningRegion('partial', { codeSource })).rejects.toThrow(code)
  })

  test('a bundle that is not the signed one is refused, be it by one byte', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hub-bundle-'))
    try {
      const built = await readFile(path.join(plan.bundleOf('import-file'), 'index.js'), 'utf8')
      await writeFile(path.join(folder, 'index.js'), built)
      expect(signedBundle(manifest, 'import-file', folder)).toEqual(manifest.functions['import-file'])
      await writeFile(path.join(folder, 'index.js'), `${built} `)
      expect(() => signedBundle(manifest, 'import-file', folder)).toThrow('BUNDLE_NOT_AS_SIGNED')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('what `cdk` is told by -c', () => {
  const asked = (said: Readonly<Record<string, unknown>>) => (name: string) => said[name]

  test('is needed in production, where there is a signer', () => {
    expect(() => codeSourceOf(asked({}), production)).toThrow('SIGNED_MANIFEST_MISSING')
    expect(codeSourceOf(asked({}), rehearsal)).toEqual({ kind: 'as built' })
    expect(codeSourceOf(asked({ unsigned: 'yes' }), production)).toEqual({ kind: 'as built' })
    expect(codeSourceOf(asked({}), STAGES.production)).toEqual({ kind: 'as built' })
  })

  test.each([
    [{ unsigned: 'yes', signed: 'signed.json' }, production],
    [{ unsigned: 'no' }, production],
    [{ signed: 'signed.json' }, STAGES.production],
  ])('is refused when it is unclear: %j', (said, stage) =>
    expect(() => codeSourceOf(asked(said), stage)).toThrow('CODE_SOURCE_UNCLEAR'),
  )

  test('leads to a manifest of this stage, in its own form', async () => {
    const file = path.join(plan.folder, 'manifest.json')
    const said = asked({ signed: file })
    await writeFile(file, JSON.stringify(manifest))
    expect(codeSourceOf(said, production)).toEqual({ kind: 'signed', manifest })
    expect(() => codeSourceOf(said, rehearsal)).toThrow('expected a manifest of stage rehearsal, got one of prod')
    await writeFile(file, JSON.stringify({ ...manifest, functions: { a: { key: 'a' } } }))
    expect(() => codeSourceOf(said, production)).toThrow('SIGNED_MANIFEST_WRONG')
  })
})

describe('the archive of a bundle', () => {
  test('holds its files as they are, for any reader of ZIP, and is the same bytes whenever it is made', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hub-archive-'))
    try {
      const files = { 'index.js': 'exports.handler = () => "né"\n'.repeat(1_000), 'package.json': '{}', 'a.txt': '' }
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
      const first = archiveOf(folder)
      for (const [name, text] of Object.entries(files).reverse()) await writeFile(path.join(folder, name), text)
      expect(archiveOf(folder).equals(first)).toBe(true)
      expect(await unzipped(first)).toEqual(files)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('is these bytes: headers, files and directory as the format lays them out, read so by unzip and by Python', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hub-archive-'))
    try {
      await writeFile(path.join(folder, 'b.map'), 'bb')
      await writeFile(path.join(folder, 'a.mjs'), 'a')
      const files = [
        '504b030414000008000000002100 43beb7e8 01000000 01000000 0500 0000 612e6d6a73 61',
        '504b030414000008000000002100 ae1baeb5 02000000 02000000 0500 0000 622e6d6170 6262',
      ]
      // Made by Unix; two lengths, none of extra fields or comments; -rw-r--r--; where each begins.
      const directory = [
        '504b010214031400000800000000 2100 43beb7e8 01000000 01000000 0500 0000 0000 0000 0000 0000a481 00000000 612e6d6a73',
        '504b010214031400000800000000 2100 ae1baeb5 02000000 02000000 0500 0000 0000 0000 0000 0000a481 24000000 622e6d6170',
      ]
      const end = '504b0506 0000 0000 0200 0200 66000000 49000000 0000'
      const expected = [...files, ...directory, end].join('').replaceAll(' ', '')
      expect(archiveOf(folder).toString('hex')).toBe(expected)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

/** Refuses a file whose checksum is not that of its bytes, and one that nobody but its owner could read. */
async function unzipped(archive: Buffer): Promise<Readonly<Record<string, string>>> {
  const zip = await fromBufferPromise(archive, { strictFileNames: true })
  const files: Record<string, string> = {}
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    expect([entry.fileName, entry.crc32]).toEqual([entry.fileName, crc32(bytes)])
    expect((entry.externalFileAttributes >>> 16) & 0o777).toBe(0o644)
    files[entry.fileName] = bytes.toString('utf8')
  }
  return files
}
