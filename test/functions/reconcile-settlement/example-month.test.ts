/**
 * The month of test/support/month-of-books.ts as settlement leaves it: each day's statement, every case, every movement's place, the
 * journal's sums. example-month.txt is what finance would see; `npm test -- <this file> -u` writes it anew, and a figure that
 * changes is seen in review.
 */
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import type { DifferenceCase, Statement } from '../../../shared/store/settlements/records.ts'
import { emptyHub, play } from '../../support/month-of-books.ts'
import { CHANNELS, DAYS } from '../../support/month-rows.ts'
import { tellMonth } from '../../support/month-story.ts'
import type { SettlementHub } from '../../support/settlement-hub.ts'

const FIRST = '2026-11-01' as BusinessDate
const LAST = '2026-12-02' as BusinessDate

let hub: SettlementHub

beforeAll(async () => {
  hub = await emptyHub()
  await play(hub, await tellMonth(), FIRST, LAST)
}, 120_000)

/** What is zero or empty is left out: a plain day is a short line. */
function words(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== 0 && value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')
}

function statementLine(statement: Statement): string {
  const { channel, date, version, verdict, file, bridge, credits, openItems, charges = [], notes = [] } = statement
  const figures = words({
    file: file?.version,
    hub: statement.hubRupiah,
    settled: statement.fileRupiah,
    fees: statement.channelFeesRupiah,
    bank: statement.bankRupiah,
    writtenOff: statement.writtenOffRupiah,
    charged: statement.chargedRupiah,
    feesWrittenOff: statement.feesMoved.writtenOffRupiah,
    feesCharged: statement.feesMoved.chargedRupiah,
    unexplained: statement.unexplainedRupiah,
    open: statement.openDifferences,
    pending: statement.pendingCount,
  })
  const rows = [
    ...bridge
      .filter(({ amountRupiah, count }) => amountRupiah !== 0 || count !== 0)
      .map((row) => `  row ${JSON.stringify(row)}`),
    ...openItems.map((item) => `  owed ${JSON.stringify(item)}`),
    ...charges.map((charge) => `  charge ${JSON.stringify(charge)}`),
    ...notes.map((note) => `  note ${JSON.stringify(note)}`),
    ...credits.map(({ id, amountRupiah }) => `  credit ${id} ${amountRupiah}`),
    ...Object.entries(statement.differenceCounts).map(([kind, count]) => `  found ${kind} ${count}`),
  ]
  return [`${channel} ${date} v${version} ${verdict}: ${figures}`, ...rows].join('\n')
}

function caseLine({ channel, date, state, version, finding, resolution, parts, history }: DifferenceCase): string {
  const {
    class: kind,
    paymentId,
    hubAmountRupiah,
    fileAmountRupiah,
    lines,
    evidence,
  } = finding as never as Record<string, unknown>
  const { sha256: _, ...told } = (evidence ?? {}) as Record<string, unknown>
  const found = words({ paymentId, hub: hubAmountRupiah, file: fileAmountRupiah, lines, evidence: told, parts })
  const steps = history.map(({ what, by, note }) => `${what}${by ? ` by ${by}` : ''}${note ? ` (${note})` : ''}`)
  return `${channel} ${date} ${kind} ${state} v${version}: ${found}\n  ${steps.join(' -> ')}\n  ${words({ ...resolution, at: undefined })}`
}

/** A day like an earlier one names it; what differs is the day itself and the credit's number. */
function sameAsBefore(text: string, seen: Map<string, string>): readonly string[] {
  const [heading = '', ...rows] = text.split('\n')
  const [, day = '', told = ''] = /^(\S+ \S+) (.*)$/.exec(heading) ?? []
  const key = [told, ...rows].join('\n').replace(/credit C\d+[a-z]+/g, 'credit')
  const first = seen.get(key)
  if (first !== undefined) return [`${day}: as ${first}`]
  seen.set(key, day)
  return [text]
}

/** Digests and generated ids say nothing to a reader. */
const readable = (text: string) => text.replace(/[0-9a-f]{64}/g, '<digest>')

async function told(): Promise<string> {
  const days: string[] = []
  const seen = new Map<string, string>()
  const cases: string[] = []
  for (const channel of CHANNELS) {
    for (const date of DAYS) {
      const statement = await hub.statement(channel, date)
      days.push(...sameAsBefore(statement ? statementLine(statement) : `${channel} ${date} no statement`, seen))
      cases.push(...(await hub.cases(channel, date)).map(caseLine))
    }
  }
  const places: string[] = []
  for (let day = 1; day <= 32; day++) {
    const date = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10) as BusinessDate
    for (const { movement, placement } of await hub.settlements.movementsBooked(date)) {
      const where = (placement?.places ?? []).map((place) => JSON.stringify(place)).join(' ')
      places.push(`${date} ${movement.id} ${movement.amount} v${placement?.version} ${placement?.by}: ${where}`)
    }
  }
  const sums = new Map<string, number>()
  for (let day = 1; day <= 32; day++) {
    const date = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10) as BusinessDate
    for (const { kind, account, channel, program, debit, credit } of (await hub.journal.get(date))?.entries ?? []) {
      const key = [kind, account, channel, program].filter((part) => part !== null).join(' ')
      sums.set(key, (sums.get(key) ?? 0) + debit - credit)
    }
  }
  const counts = new Map<string, number>()
  for (const line of hub.counted) {
    const [, name = '', value = ''] = /^(.*) (\d+)$/.exec(line) ?? []
    counts.set(name, (counts.get(name) ?? 0) + Number(value))
  }
  const section = (heading: string, lines: readonly string[]) => [`# ${heading}`, '', ...lines, '']
  const sorted = (entries: ReadonlyMap<string, number>) => [...entries].map(([key, sum]) => `${key}: ${sum}`).sort()
  return readable(
    [
      ...section('Statements', days),
      ...section('Cases', cases),
      ...section('Movements of the bank', places),
      ...section('Journal, the sum of the month', sorted(sums)),
      ...section('Counted', sorted(counts)),
      ...section(
        'Mailed',
        hub.mails.map(({ subject, to }) => `${subject} to ${to.join()}`),
      ),
    ].join('\n'),
  )
}

test('every figure of the month is as it was looked through', async () => {
  const text = await told()
  expect(text).toContain('reconciled')
  await expect(text).toMatchFileSnapshot(path.join(import.meta.dirname, 'example-month.txt'))
})
