/** Files of people end with the day's limit, whichever call hands them out; each route that answers with a file says of whom it is. */
import { describe, expect, test } from 'vitest'
import { refusalOfFile } from '../../../../functions/serve-console/http/export-limit.ts'
import { csv } from '../../../../functions/serve-console/http/reply.ts'
import type { Route } from '../../../../functions/serve-console/http/route.ts'
import { ROUTES } from '../../../../functions/serve-console/routes.ts'
import { UNNAMED_SUBJECT } from '../../../../shared/domain/acting-person.ts'
import { EXPORT_LIMITS } from '../../../../shared/domain/export-limits.ts'
import { type Cohort, NO_COUNTS } from '../../../../shared/domain/sponsors/cohort.ts'
import type { CohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import type { ReadTraceStore } from '../../../../shared/store/read-traces/read-traces.ts'
import { partnerRow, settlementHub } from '../../../support/settlement-hub.ts'
import { consoleOn, row } from '../console.ts'

const { rowsPerFile, rowsPerDay, filesPerDay } = EXPORT_LIMITS[0]?.value ?? {
  rowsPerFile: 0,
  rowsPerDay: 0,
  filesPerDay: 0,
}
const DAY = '2026-11-20'

/** A route that can answer with a file, and of whom that is. A new one has its line here. */
const OF_WHOM: Readonly<Record<string, string>> = {
  'GET /api/agents/{agent}/report': 'nobody',
  'GET /api/cohorts/{cohort}/refused': 'people',
  'GET /api/differences/{id}/attachments/{sha256}': 'people',
  'GET /api/journal/export': 'nobody',
  'GET /api/journal/{date}': 'nobody',
  'GET /api/lapses': 'people',
  'GET /api/programs/{program}/budget': 'nobody',
  'GET /api/programs/{program}/report': 'nobody',
  'GET /api/programs/{program}/report/print': 'nobody',
  'GET /api/settlements/{channel}/{date}/answer-file': 'people',
}

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`
const answersWithFile = ({ responses }: Route) =>
  Object.values(responses).some((each) => 'csv' in each || 'csvFile' in each || 'download' in each)

test('each route that answers with a file says of whom it is, and no other', () => {
  const said = ROUTES.filter(answersWithFile).map((route) => [nameOf(route), route.files])
  expect(Object.fromEntries(said)).toEqual(OF_WHOM)
  expect(ROUTES.filter((route) => route.files !== null && !answersWithFile(route)).map(nameOf)).toEqual([])
  const limited = ROUTES.filter(({ problems, path }) => problems.includes('EXPORT_LIMIT') && path !== '/api/exports')
  expect(limited.map(nameOf).sort()).toEqual(Object.keys(OF_WHOM).filter((name) => OF_WHOM[name] === 'people'))
})

type Stage = {
  readonly traces: Pick<ReadTraceStore, 'put'>
  readonly actor: string
  readonly now: () => number
  readonly ask: () => Promise<{ readonly status: number; readonly body: { readonly code?: string } }>
  readonly tomorrow: () => void
}

async function lapses(): Promise<Stage> {
  const hub = consoleOn()
  await hub.importRows(row())
  await hub.fold()
  return {
    traces: hub.readTraces,
    actor: 'operator-1',
    now: () => hub.ports.now(),
    ask: () => hub.call('viewer', 'GET', '/api/lapses?days=90&format=csv'),
    tomorrow: () => hub.setClock('2026-11-21T00:00'),
  }
}

async function refusedRows(): Promise<Stage> {
  const stage = consoleOn()
  await stage.call('operator', 'POST', '/api/sponsors', {
    id: 'jambi',
    kind: 'province',
    name: 'Jambi',
    regionCode: '15',
  })
  const id = 'jambi.2026.a1' as CohortId
  const cohort: Cohort = {
    id,
    listDigest: 'ab'.repeat(32),
    state: 'enrolled',
    counts: { ...NO_COUNTS, rows: 1, refused: 1 },
    billCodes: [],
    version: 1,
    receivedBy: 'operator-1',
    receivedAt: stage.ports.now(),
  }
  await stage.ports.sponsors.putCohort(cohort)
  const refusal = 'DUPLICATE_IN_LIST'
  await stage.segments.put(id, 1, [{ line: 2, refusal, cells: ['', '', '15.71.01.1001', '', '', ''] }])
  const nobody = { participant: null, kpj: null, regionCode: null, sector: null, income: null }
  const one = { line: 2, ...nobody, state: 'refused', refusal, flagged: false } as const
  await stage.ports.sponsors.putRows(id, 1, [one], null)
  return {
    traces: stage.readTraces,
    actor: 'operator-1',
    now: () => stage.ports.now(),
    ask: () => stage.call('operator', 'GET', `/api/cohorts/${id}/refused`),
    tomorrow: () => stage.setClock('2026-11-21T00:00'),
  }
}

async function settled() {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321' })])
  const [extra] = await hub.cases('indomaret', DAY)
  const stage = {
    traces: hub.consolePorts.readTraces,
    actor: 'local-operator',
    now: () => hub.clock.now,
    tomorrow: () => hub.setClock('2026-11-22T00:00'),
  }
  return { hub, stage, id: extra?.id ?? '' }
}

async function answerFile(): Promise<Stage> {
  const { hub, stage } = await settled()
  const path = `/api/settlements/indomaret/${DAY}/answer-file?format=csv`
  return { ...stage, ask: async () => fileAnswer(await hub.served('operator', 'GET', path, '', 'operator')) }
}

async function attachment(): Promise<Stage> {
  const { hub, stage, id } = await settled()
  const added = await hub.call(
    'operator',
    'PUT',
    `/api/differences/${id}/attachments?name=list.csv`,
    Buffer.from('a,b\n1,2\n'),
  )
  const path = `/api/differences/${id}/attachments/${added.body.sha256}`
  return { ...stage, ask: async () => fileAnswer(await hub.served('operator', 'GET', path, '', 'operator')) }
}

function fileAnswer({ status, body }: { readonly status: number; readonly body: string }) {
  return { status, body: status === 200 ? {} : JSON.parse(body) }
}

const STAGES: Readonly<Record<string, () => Promise<Stage>>> = {
  'GET /api/cohorts/{cohort}/refused': refusedRows,
  'GET /api/differences/{id}/attachments/{sha256}': attachment,
  'GET /api/lapses': lapses,
  'GET /api/settlements/{channel}/{date}/answer-file': answerFile,
}

describe('a file of people', () => {
  const ofPeople = Object.keys(OF_WHOM).filter((name) => OF_WHOM[name] === 'people')

  test.each(ofPeople)('%s is given until the day’s files are taken, and again tomorrow', async (name) => {
    const { traces, actor, now, ask, tomorrow } = await (STAGES[name] as () => Promise<Stage>)()
    for (let number = 0; number < filesPerDay - 1; number++) await traces.put([taken(actor, now(), number, 0)])
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'EXPORT_LIMIT' } })
    tomorrow()
    expect(await ask()).toMatchObject({ status: 200 })
  })

  test('has its rows counted with those of the day', async () => {
    const { traces, actor, now, ask } = await refusedRows()
    for (let number = 0; number < rowsPerDay / rowsPerFile; number++) {
      await traces.put([taken(actor, now(), number, number === 0 ? rowsPerFile - 1 : rowsPerFile)])
    }
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'EXPORT_LIMIT' } })
  })

  test('that nobody named took counts with those of nobody named', async () => {
    const { readTraces, ports } = consoleOn()
    const ask = () => refusalOfFile(readTraces, { actor: null, now: ports.now() }, csv('members.csv', ['kpj'], '\n'))
    const unnamed = UNNAMED_SUBJECT
    for (let number = 0; number < filesPerDay - 1; number++)
      await readTraces.put([taken(unnamed, ports.now(), number, 0)])
    expect(await ask()).toBeUndefined()
    await readTraces.put([taken(unnamed, ports.now(), filesPerDay, 0)])
    expect(await ask()).toMatchObject({ code: 'EXPORT_LIMIT' })
  })

  test('of another person is not counted', async () => {
    const { traces, now, ask } = await lapses()
    for (let number = 0; number < filesPerDay; number++) await traces.put([taken('operator-2', now(), number, 0)])
    expect(await ask()).toMatchObject({ status: 200 })
  })
})

function taken(actor: string, at: number, number: number, rows: number) {
  return {
    actor,
    actorName: null,
    issuer: null,
    at: at as never,
    request: `earlier-${number}`,
    number: 0,
    call: 'POST /api/exports',
    reason: null,
    shown: 'file' as const,
    account: null,
    sourceIp: '203.0.113.7',
    forwardedFor: null,
    file: { name: 'earlier.csv', rows },
  }
}
