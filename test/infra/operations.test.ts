/** Every alarm has its article and every article its alarm; links between the pages of the runbook lead to a heading. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../infra/app.ts'
import { hubMetric } from '../../infra/constructs/hub-alarm.ts'
import { registeredProfiles } from '../../infra/registered-profiles.ts'
import { STAGES } from '../../infra/stages.ts'

const OPERATIONS = path.join(import.meta.dirname, '../../docs/operations')
const CHANNELS = registeredProfiles().map(({ name }) => name)

let folder: string
let articles: ReadonlyMap<string, string>
let alarms: readonly { readonly name: string; readonly description: string; readonly actions: number }[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'runbook-test-'))
  const bundle = path.join(folder, 'bundle')
  await mkdir(bundle)
  alarms = alarmsOf('production', bundle)
  const text = await readFile(path.join(OPERATIONS, 'alarms.md'), 'utf8')
  const sections = text.split('\n## ').slice(1)
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
        /^(?:member|partner|operator|finance): .+\. Runbook: docs\/operations\/alarms\.md, "(.+)"\.$/.exec(
          description,
        ) ?? []
      expect([name, [...articles.keys()]]).toEqual([name, expect.arrayContaining([article])])
      expect(actions).toBe(1)
    }
  })
})

describe('the pages of operations', () => {
  const pageNames = ['README.md', 'deploy.md', 'procedures.md', 'alarms.md']
  const read = (page: string) => readFile(path.join(OPERATIONS, page), 'utf8')
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-')

  test('link only to headings that are there', async () => {
    const anchors = new Map<string, readonly string[]>()
    for (const page of pageNames) {
      anchors.set(
        page,
        [...(await read(page)).matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
      )
    }
    const broken: string[] = []
    for (const page of pageNames) {
      for (const [link, to = page, anchor = ''] of (await read(page)).matchAll(/\]\((\w+\.md)?#([\w-]+)\)/g))
        if (!anchors.get(to)?.includes(anchor)) broken.push(`${page}: ${link}`)
    }
    expect(broken).toEqual([])
  })

  test('have a procedure for everything that is done by hand', async () => {
    const headings = [...(await read('procedures.md')).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'The first user',
      "Rotate a partner's key",
      "Rotate a partner's client certificate",
      'Lock and unlock at an endpoint',
      'Change the keys of encrypted files',
      'Change the trust store',
      'Follow one payment',
      'Who saw whose data',
      'Close or reopen a membership',
      "Erase a person's data",
      'When personal data got out',
      'Repair',
      'Audit the ledger',
      'Money in suspense',
      'Redrive',
      'Restore a table',
      "Enter a channel's fee invoice",
      'Read evidence',
      'When data keys end',
      'Work through the differences',
      'Confirm a bank statement',
      'Close a month',
      'Check the audit chain',
      'Say what is installed',
      'Invite somebody',
    ])
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
  const app = buildApp({
    profiles: registeredProfiles(),
    bundleOf: () => bundle,
    outdir,
    stageName,
    codeSource: { kind: 'as built' },
  })
  return app.node
    .findAll()
    .filter((each) => each instanceof CfnAlarm)
    .map(({ alarmName, alarmDescription, alarmActions }) => ({
      name: alarmName ?? '',
      description: alarmDescription ?? '',
      actions: alarmActions?.length ?? 0,
    }))
}
