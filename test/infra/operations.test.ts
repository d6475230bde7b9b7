/** Every alarm has its article, every article its alarm: a name at night leads to a page, and no page is about nothing. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../infra/app.ts'
import { hubMetric } from '../../infra/constructs/alarm.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { STAGES } from '../../infra/stages.ts'

const RUNBOOK = path.join(import.meta.dirname, '../../docs/operations.md')
const CHANNELS = registeredProfiles().map(({ name }) => name)

let folder: string
let articles: ReadonlyMap<string, string>
let alarms: readonly { readonly name: string; readonly description: string; readonly actions: number }[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'runbook-test-'))
  const bundle = path.join(folder, 'bundle')
  await mkdir(bundle)
  alarms = alarmsOf('production', bundle)
  const text = await readFile(RUNBOOK, 'utf8')
  const sections = text.slice(text.indexOf('\n# Alarms\n')).split('\n### ').slice(1)
  articles = new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')), section]))
})

afterAll(async () => rm(folder, { recursive: true, force: true }))

describe('the runbook', () => {
  test('has one article per alarm, under its exact name, and no other', () => {
    const expanded = [...articles.keys()].flatMap((heading) =>
      heading.includes('{channel}') ? CHANNELS.map((channel) => heading.replace('{channel}', channel)) : [heading],
    )
    expect(expanded.sort()).toEqual(alarms.map(({ name }) => name).sort())
  })

  test('says in each article what it means for a person, what to look at and what to do', () => {
    expect(articles.size).toBeGreaterThan(20)
    for (const article of articles.values()) {
      expect(article).toMatch(/^- \*\*For a person\.\*\* \S.*\n- \*\*Look at\.\*\* \S.*\n- \*\*Do\.\*\* \S/m)
    }
  })

  test('is named by every alarm, after whom it hurts', () => {
    for (const { name, description, actions } of alarms) {
      const [, article] =
        /^(?:member|partner|operator|finance): .+\. Runbook: docs\/operations\.md, "(.+)"\.$/.exec(description) ?? []
      expect([name, [...articles.keys()]]).toEqual([name, expect.arrayContaining([article])])
      expect(actions).toBe(1)
    }
  })
})

describe('alarms', () => {
  test('of another stage say so in their names', () => {
    const rehearsal = alarmsOf('rehearsal', path.join(folder, 'bundle'))
    expect(rehearsal.map(({ name }) => name).sort()).toEqual(alarms.map(({ name }) => `rehearsal ${name}`).sort())
  })

  test('cannot watch a metric with other dimensions than it is written with', () => {
    expect(() => hubMetric(STAGES.production, 'answer-channel', 'UnknownOutcomes', {}, 'Sum')).toThrow(
      'METRIC_DIMENSIONS',
    )
    const metric = hubMetric(STAGES.production, 'answer-channel', 'UnknownOutcomes', { channel: 'bni' }, 'Sum')
    expect(metric.dimensions).toEqual({ service: 'answer-channel', channel: 'bni' })
  })
})

function alarmsOf(stageName: string, bundle: string) {
  const outdir = path.join(folder, stageName)
  const app = buildApp({ profiles: registeredProfiles(), bundleOf: () => bundle, outdir, stageName })
  return app.node
    .findAll()
    .filter((each) => each instanceof CfnAlarm)
    .map(({ alarmName, alarmDescription, alarmActions }) => ({
      name: alarmName ?? '',
      description: alarmDescription ?? '',
      actions: alarmActions?.length ?? 0,
    }))
}
