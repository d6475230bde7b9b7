/** What `npm run synth` promises: the same assembly every time, and none at all when a rule is broken. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Stack } from 'aws-cdk-lib'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../infra/app.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { stageNamed } from '../../infra/stages.ts'
import { type Synthesized, synthesize } from '../../infra/synth.ts'
import { type CloudAssembly, cloudAssembly } from './cloud-assembly.ts'

let plan: CloudAssembly

beforeAll(async () => {
  plan = await cloudAssembly()
}, 120_000)

afterAll(() => plan.remove())

describe('the assembly', () => {
  test('is the same when it is made again', async () => {
    const second = await plan.again('second')
    expect(second.templates).toEqual(plan.synthesized.templates)
    const files = (from: Synthesized) => readdir(from.outdir, { recursive: true })
    expect((await files(second)).sort()).toEqual((await files(plan.synthesized)).sort())
  })

  test('is refused, and the last good one kept, when a rule is broken', async () => {
    const app = buildApp({
      profiles: registeredProfiles(),
      bundleOf: plan.bundleOf,
      outdir: path.join(plan.folder, 'broken'),
      codeSource: { kind: 'as built' },
    })
    new Bucket(new Stack(app, 'Careless'), 'OpenToAll')
    expect(() => app.synth()).toThrow('AwsSolutions-S1')
    await expect(synthesize({ outdir: plan.synthesized.outdir, bundleOf: () => '/nowhere' })).rejects.toThrow(
      '/nowhere',
    )
    expect(existsSync(path.join(plan.synthesized.outdir, 'Hub.template.json'))).toBe(true)
  })

  test.each([
    ['production', { Ledger: true, Hub: false, Dashboard: false }],
    ['rehearsal', { 'Ledger-rehearsal': false, 'Hub-rehearsal': false, 'Dashboard-rehearsal': false }],
  ])('of %s: only the ledger of production is protected against deletion', (stageName, expected) => {
    const outdir = path.join(plan.folder, stageName)
    const app = buildApp({ profiles: registeredProfiles(), bundleOf: plan.bundleOf, outdir, stageName })
    const stacks = app.node.children.filter((each) => Stack.isStack(each))
    const protections = stacks.map(({ stackName, terminationProtection }) => [stackName, terminationProtection])
    expect(Object.fromEntries(protections)).toEqual(expected)
    expect(new Set(stacks.map(({ region }) => region))).toEqual(new Set(['ap-southeast-3']))
  })

  test('knows its stages, and names them when it is asked for another', () => {
    expect(stageNamed(undefined).name).toBe('production')
    expect(() => stageNamed('staging')).toThrow('expected one of production, rehearsal, got staging')
  })
})
