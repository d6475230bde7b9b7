/** The journal as finance asks for it: an open day for the eye, a closed one for the ledger. */
import { describe, expect, test } from 'vitest'
import { journalTask } from '../../../../functions/reconcile-settlement/journal.ts'
import { date } from '../../../support/facts.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const DAY = '2026-11-20'

async function paidDay() {
  const hub = consoleOn({ now: `${DAY}T08:00` })
  await hub.importRows(row())
  hub.setClock(`${DAY}T10:00`)
  await hub.pay('T1', `${DAY}T10:00`, ['2026-11'], { account: KPJ })
  await hub.fold()
  return hub
}

async function close(hub: Awaited<ReturnType<typeof paidDay>>) {
  const { books, ...rest } = hub.ports
  const tasks: Parameters<typeof journalTask>[1][] = [{ task: 'journal', date: date(DAY) }]
  const ports = {
    ...rest,
    ...books,
    movementsBooked: rest.settlements.movementsBooked,
    journal: hub.journal,
    parts: 2,
    sendTasks: async (sent: typeof tasks | readonly (typeof tasks)[number][]) => void tasks.push(...sent),
  }
  for (let task = tasks.shift(); task; task = tasks.shift()) await journalTask(ports, task)
}

describe('GET /api/journal/{date}', () => {
  test('shows what an open day has come to, and that it is open', async () => {
    const hub = await paidDay()
    const { status, body } = await hub.call('viewer', 'GET', `/api/journal/${DAY}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ date: DAY, closed: false, closedAt: null, trialRupiah: 0, debitRupiah: 16_800 })
    expect(body.entries).toContainEqual({
      kind: 'collected',
      account: 'receivable',
      channel: 'bni',
      program: null,
      debitRupiah: 8_400,
      creditRupiah: 0,
      count: 1,
    })
  })
  test('an open day cannot be exported', async () => {
    const hub = await paidDay()
    const { status, body } = await hub.call('viewer', 'GET', `/api/journal/${DAY}?format=csv`)
    expect([status, body.code]).toEqual([409, 'DAY_OPEN'])
  })
  test('a closed day is exported as CSV, the same one for ever', async () => {
    const hub = await paidDay()
    hub.setClock('2026-11-21T00:40')
    await close(hub)
    const first = await hub.call('viewer', 'GET', `/api/journal/${DAY}?format=csv`)
    expect(first.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(first.body.split('\n')).toEqual([
      'date,kind,account,channel,program,debit_rupiah,credit_rupiah,count',
      '2026-11-20,collected,receivable,bni,,8400,0,1',
      '2026-11-20,collected,unallocated,bni,,0,8400,1',
      '2026-11-20,allocated,unallocated,bni,,8400,0,2',
      '2026-11-20,allocated,contribution,bni,JKK,0,5000,1',
      '2026-11-20,allocated,contribution,bni,JKM,0,3400,1',
      '',
    ])
    await hub.pay('T2', '2026-11-20T23:59', ['2026-12'], { account: KPJ, recordedAt: hub.ports.now() })
    await close(hub)
    expect((await hub.call('viewer', 'GET', `/api/journal/${DAY}?format=csv`)).body).toBe(first.body)
    const json = await hub.call('viewer', 'GET', `/api/journal/${DAY}`)
    expect(json.body).toMatchObject({ closed: true, closedAt: '2026-11-20T17:40:00.000Z', trialRupiah: 0 })
    expect(
      json.body.balances.reduce((sum: number, line: { balanceRupiah: number }) => sum + line.balanceRupiah, 0),
    ).toBe(0)
  })
  test.each(['2026-11-22', '2026-02-30', 'yesterday'])('%s is no day of ours', async (day) => {
    const hub = await paidDay()
    const { status, body } = await hub.call('viewer', 'GET', `/api/journal/${day}`)
    expect([status, body.code]).toEqual([404, 'UNKNOWN_DAY'])
  })
})
