/** A channel-day as finance meets it: files, neighbours, credits, reruns. */
import { describe, expect, test } from 'vitest'
import { reconcileDay } from '../../../functions/reconcile-settlement/reconcile-day.ts'
import { MAX_HOPS, reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import { counterOf, failing, healthy } from '../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const NEXT = '2026-11-21'
const day = (channel: string, date: string) => ({ channel, date: date as BusinessDate })

/** Paid at a counter of Indomaret at this minute of 20 November. */
async function paid(hub: SettlementHub, ...ids: readonly string[]): Promise<void> {
  for (const [i, paymentId] of ids.entries()) {
    hub.setClock(`${DAY}T10:${String(i).padStart(2, '0')}`)
    const answer = await counterOf(hub, 'indomaret').pay({ paymentId })
    expect(answer.outcome).toBe('accepted')
  }
}

/** A payment of the next day and its line: a file is its day's only where half of its lines are or more. */
async function ofNext(hub: SettlementHub) {
  hub.setClock(`${NEXT}T10:00`)
  expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })).toMatchObject({ outcome: 'accepted' })
  return [partnerRow('T2', `${NEXT}T10:00`)]
}

const bridgeOf = async (hub: SettlementHub, channel: string, date: string) =>
  Object.fromEntries(
    (await hub.statement(channel, date))?.bridge.map(({ label, amountRupiah }) => [label, amountRupiah]) ?? [],
  )

describe('a day with its file and its credit', () => {
  test('is reconciled, and the same file, the same message and another night change nothing', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1', 'T2')
    hub.setClock(`${NEXT}T06:30`)
    const rows = [partnerRow('T1', `${DAY}T10:00`), partnerRow('T2', `${DAY}T10:01`)]
    await hub.settle('indomaret', DAY, rows)
    expect((await hub.statement('indomaret', DAY))?.verdict).toBe('incomplete')
    expect(await bridgeOf(hub, 'indomaret', DAY)).toMatchObject({ 'file-total': 16_800, 'bank-awaited': -13_800 })

    hub.setClock('2026-11-23T08:00')
    await hub.credit('C1', '2026-11-23', 13_800, 'SETTLEMENT INDOMARET 20261120')
    const statement = await hub.statement('indomaret', DAY)
    expect(statement).toMatchObject({ verdict: 'reconciled', version: 2, bankRupiah: 13_800, unexplainedRupiah: 0 })
    expect(await hub.settlements.watched('indomaret')).toEqual([])

    await hub.settle('indomaret', DAY, rows)
    await reconcileSettlement(hub.ports, { task: 'day', ...day('indomaret', DAY) })
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    expect((await hub.statement('indomaret', DAY))?.version).toBe(2)
    expect(hub.journals).toEqual(['2026-11-22'])
  })

  test('a fact that is added to a closed day makes a second version that says what changed', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    const before = await hub.statement('indomaret', DAY)
    hub.setClock(`${DAY}T12:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T9', amount: 8_400 as never })
    hub.setClock(`${NEXT}T09:00`)
    await reconcileDay(hub.ports, day('indomaret', DAY))
    const after = await hub.statement('indomaret', DAY)
    expect(after?.version).toBe((before?.version ?? 0) + 1)
    expect(after?.changes).toContainEqual({ label: 'hub-payments', before: 8_400, after: 16_800 })
    expect(await hub.settlements.statement('indomaret', DAY as BusinessDate, before?.version)).toEqual(before)
  })

  test('a day before a channel began is left alone, and a quiet day of a channel that has begun is not', async () => {
    const hub = await settlementHub()
    expect(await reconcileDay(hub.ports, day('pos', DAY))).toEqual({ outcome: 'nothing' })
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('pos', DAY, [])
    hub.setClock('2026-11-22T08:00')
    expect((await reconcileDay(hub.ports, day('pos', NEXT))).outcome).toBe('written')
    expect((await hub.statement('pos', NEXT))?.verdict).toBe('incomplete')
  })
})

describe('over midnight', () => {
  async function lateEvening() {
    const hub = await settlementHub()
    hub.setClock(`${DAY}T23:50`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [])
    return hub
  }

  test('a payment near midnight waits for the neighbouring file, then both days say where it stands', async () => {
    const hub = await lateEvening()
    expect(await bridgeOf(hub, 'indomaret', DAY)).toMatchObject({ 'hub-payments': 8_400, pending: -8_400 })
    const rows = await ofNext(hub)
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, [...rows, partnerRow('T1', `${DAY}T23:50`)])
    expect(await bridgeOf(hub, 'indomaret', DAY)).toMatchObject({ 'settled-in-other-file': -8_400 })
    expect(await bridgeOf(hub, 'indomaret', NEXT)).toMatchObject({ 'carried-in': 8_400, 'file-total': 16_800 })
    expect(await hub.cases('indomaret', DAY)).toEqual([])
  })

  test('it becomes a difference when the neighbouring file has come without it, and goes when a corrected file has it', async () => {
    const hub = await lateEvening()
    const rows = await ofNext(hub)
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, rows)
    hub.setClock('2026-11-22T07:30')
    await reconcileDay(hub.ports, day('indomaret', DAY))
    const [missing] = await hub.cases('indomaret', DAY)
    expect(missing).toMatchObject({ state: 'open', finding: { class: 'missing-in-file', paymentId: 'T1' } })
    await hub.settle('indomaret', NEXT, [...rows, partnerRow('T1', `${DAY}T23:50`)])
    const [corrected] = await hub.cases('indomaret', NEXT)
    expect(corrected?.finding.class).toBe('corrected-file')
    expect((await hub.decide(corrected?.id ?? '', 'accept')).status).toBe(200)
    expect((await hub.cases('indomaret', DAY))[0]).toMatchObject({ state: 'resolved', resolution: { how: 'itself' } })
    expect((await hub.settlements.fileVersions('indomaret', NEXT as BusinessDate)).map(({ state }) => state)).toEqual([
      'superseded',
      'accepted',
    ])
  })
})

describe('two files', () => {
  test('a payment that stands in both is settled once, and the second line is asked about', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    hub.setClock(`${NEXT}T10:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, [partnerRow('T2', `${NEXT}T10:00`), partnerRow('T1', `${DAY}T10:00`)])
    expect((await hub.cases('indomaret', NEXT)).map(({ finding }) => finding.class)).toEqual(['duplicate-across-files'])
    expect(await bridgeOf(hub, 'indomaret', NEXT)).toMatchObject({ 'duplicate-across-files': 8_400 })
    expect(await hub.cases('indomaret', DAY)).toEqual([])
  })

  test('it does not matter which of the two came first', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T10:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, [partnerRow('T2', `${NEXT}T10:00`), partnerRow('T1', `${DAY}T10:00`)])
    expect(await bridgeOf(hub, 'indomaret', NEXT)).toMatchObject({ 'carried-in': 8_400 })
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect((await hub.cases('indomaret', NEXT)).map(({ finding }) => finding.class)).toEqual(['duplicate-across-files'])
    expect((await hub.cases('indomaret', DAY)).filter(({ state }) => state === 'open')).toEqual([])
  })

  test('a line of nobody that comes twice is one question, and a second one that says so', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`), partnerRow('X1', `${DAY}T23:59`)])
    const rows = await ofNext(hub)
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, [...rows, partnerRow('X1', `${DAY}T23:59`)])
    expect((await hub.cases('indomaret', DAY)).map(({ finding }) => finding.class)).toEqual(['missing-in-hub'])
    expect((await hub.cases('indomaret', NEXT)).map(({ finding }) => finding.class)).toEqual(['duplicate-across-files'])
  })
})

describe('what a crash left', () => {
  test('an accepted decision without its fact becomes the payment that the file names', async () => {
    const hub = await settlementHub()
    failing(hub, { store: 'facts', method: 'put' }, new Transient('STORE_AWAY', 'gone'))
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    healthy(hub)
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toEqual([])
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
    expect(await hub.cases('indomaret', DAY)).toEqual([])
    expect(await bridgeOf(hub, 'indomaret', DAY)).toMatchObject({ 'hub-payments': 8_400, 'file-total': 8_400 })
    expect(hub.counted).toContain('FactsHealed indomaret 1')
  })

  test('a payment that the day’s index does not show yet counts, because its decision and its fact are there', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1', 'T2')
    hub.setClock(`${NEXT}T06:30`)
    await hub.take('indomaret', DAY, fileOf(partnerRow('T1', `${DAY}T10:00`), partnerRow('T2', `${DAY}T10:01`)))
    const facts = { ...hub.ports.facts, byDay: async function* () {} }
    await reconcileDay({ ...hub.ports, facts }, day('indomaret', DAY))
    expect(await hub.cases('indomaret', DAY)).toEqual([])
    const early = await hub.statement('indomaret', DAY)
    expect(early).toMatchObject({ hubRupiah: 16_800, unexplainedRupiah: 0 })
    expect(hub.counted.filter((line) => line.startsWith('FactsHealed'))).toEqual([])
    await reconcileDay(hub.ports, day('indomaret', DAY))
    expect(await hub.statement('indomaret', DAY)).toEqual(early)
  })

  test('a run that is killed at any write leaves nothing that the same run does not put right', async () => {
    const story = async (dieAt: number) => {
      const hub = await settlementHub()
      await paid(hub, 'T1', 'T2')
      hub.setClock(`${DAY}T23:50`)
      await counterOf(hub, 'indomaret').pay({ paymentId: 'T3' })
      hub.setClock(`${NEXT}T06:30`)
      await hub.take('indomaret', DAY, fileOf(partnerRow('T1', `${DAY}T10:00`), partnerRow('X1', `${DAY}T11:00`)))
      let writes = 0
      hub.entryHook.current = async ({ method, phase }) => {
        if (phase === 'after' && /put|transact/.test(method) && ++writes === dieAt) throw new Error('killed')
      }
      const attempt = () => hub.drain()
      let killed = false
      await attempt().catch(() => {
        killed = true
      })
      hub.entryHook.current = async () => {}
      hub.sent.push({ task: 'day', ...day('indomaret', DAY) })
      await hub.drain()
      const { digest, version, recordedAt: _at, ...statement } = (await hub.statement('indomaret', DAY)) ?? {}
      return { killed, digest, statement, cases: await hub.cases('indomaret', DAY) }
    }
    const whole = await story(0)
    expect(whole.cases.map(({ finding }) => finding.class).sort()).toEqual(['missing-in-file', 'missing-in-hub'])
    let kills = 0
    for (let dieAt = 1; dieAt < 20; dieAt++) {
      const { killed, ...after } = await story(dieAt)
      if (!killed) break
      kills++
      expect(after).toEqual({ digest: whole.digest, statement: whole.statement, cases: whole.cases })
    }
    expect(kills).toBeGreaterThan(3)
  })

  test('two runs of one day at once end as one statement and one case each', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.take('indomaret', DAY, fileOf(partnerRow('X1', `${DAY}T11:00`)))
    await Promise.all(Array.from({ length: 4 }, () => reconcileDay(hub.ports, day('indomaret', DAY))))
    expect((await hub.statement('indomaret', DAY))?.version).toBe(1)
    expect((await hub.cases('indomaret', DAY)).map(({ version }) => version)).toEqual([1, 1])
  })
})

describe('the bank', () => {
  test('a credit for two days pays both, and one without a day is for nobody', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    hub.setClock(`${NEXT}T10:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', NEXT, [partnerRow('T2', `${NEXT}T10:00`)])
    hub.setClock('2026-11-23T08:00')
    await hub.credit('C1', '2026-11-23', 13_800, 'INDOMARET 20261120, 20261121')
    expect((await hub.statement('indomaret', DAY))?.verdict).toBe('reconciled')
    expect((await hub.statement('indomaret', NEXT))?.verdict).toBe('reconciled')
    await hub.credit('C2', '2026-11-23', 5, 'TRANSFER')
    expect(hub.counted).toContain('CreditsUnplaced  1')
  })

  test('a credit that came before its file counts as soon as the file is here', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock('2026-11-23T06:00')
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect((await hub.statement('indomaret', DAY))?.verdict).toBe('reconciled')
  })
})

describe('the clock', () => {
  test('names the files that have not come, the days that are late, and the differences that nobody decides', async () => {
    const hub = await settlementHub()
    await paid(hub, 'T1')
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`)])
    hub.setClock('2026-11-25T07:05')
    await reconcileSettlement(hub.ports, { task: 'morning', due: 'files' })
    expect(hub.counted).toContain('FilesMissing indomaret 4')
    hub.setClock('2026-11-25T09:05')
    await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
    expect(hub.counted).toContain('StatementsLate indomaret 1')
    expect(hub.counted).toContain('DifferencesTooOld indomaret 2')
  })
})

function fileOf(...rows: readonly ReturnType<typeof partnerRow>[]): string {
  const lines = rows.map((row) => {
    const when = new Date(row.at + 7 * 3_600_000).toISOString().slice(0, 19)
    return [row.id, row.customer, row.outlet, when, row.amount, row.adminFee, row.fee, row.status].join(',')
  })
  const amount = rows.reduce((sum, row) => sum + row.amount, 0)
  const fee = rows.reduce((sum, row) => sum + row.fee, 0)
  const header = 'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status'
  return [header, ...lines, `#TRAILER,${rows.length},${amount},${fee},${amount - fee}`, ''].join('\n')
}

test('days that ask one another without coming to rest are stopped as a defect', async () => {
  const hub = await settlementHub()
  const run = reconcileSettlement(hub.ports, { task: 'day', ...day('indomaret', DAY), hops: MAX_HOPS + 1 })
  await expect(run).rejects.toMatchObject({ name: 'Defect', code: 'DAYS_ASK_FOR_EVER' })
})
