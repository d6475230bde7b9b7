/**
 * The records of the books that people make and no fact rests on: days signed off, months closed, places that people gave to
 * movements of the bank, fee invoices. Each night those of the last 400 days of the books are held against the audit chain; closed
 * months always.
 *
 * Promise: a record is right where an entry of just that was appended at the record's own instant, in one transaction with it
 * (shared/store/settlements/resolutions.ts). What is wrong counts under subject `books`.
 */
import { isDeepStrictEqual } from 'node:util'
import { feeInvoiceSubject, monthSubject, movementSubject, signOffSubject } from '../../shared/domain/audit-subjects.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Month } from '../../shared/domain/month.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { AuditEntry } from '../../shared/store/audit/audit.ts'
import { canonical } from '../../shared/store/audit/item.ts'
import type { AuditSample } from '../../shared/store/statistics/ledger-audits.ts'
import type { Audited, AuditPorts } from './ports.ts'
import { difference, looked } from './tally.ts'
import { putLine } from './walk.ts'

/** Days of the books that are looked at, whenever they were signed: who forges a record may choose any of them. */
const DAYS = 400
/** Beside the channels: whose days are signed off, too. */
const BANK = 'bank'
const AT_ONCE = 8

type BooksPorts = Pick<AuditPorts, 'books' | 'channels' | 'chainAt' | 'audits' | 'now'>

/** Something that people did, and the entry that must say so. */
type BookRecord = {
  readonly subject: string
  readonly at: Instant
  readonly says: (entry: AuditEntry) => boolean
}

export async function auditBooks(ports: BooksPorts): Promise<Audited> {
  const startedAt = ports.now()
  const day = businessDateOf(startedAt)
  const records = await recordsOf(ports, addDays(day, -DAYS), day)
  const found: AuditSample[] = []
  const looks = records.map(({ subject, at, says }) => async () => {
    const entries = (await ports.chainAt(at)).filter((entry) => entry.subject === subject)
    if (!entries.some(says)) found.push(difference('record-without-entry', 'books', subject))
  })
  await inParallel(looks, AT_ONCE)
  const tally = { ...looked(found), looks: records.length }
  return { outcome: 'done', found: tally, line: await putLine(ports, { ...tally, day, subject: 'books', startedAt }) }
}

async function recordsOf(ports: BooksPorts, from: BusinessDate, to: BusinessDate): Promise<readonly BookRecord[]> {
  const reads = [
    ...[...ports.channels, BANK].map((channel) => () => signOffs(ports, channel, from, to)),
    ...ports.channels.flatMap((channel) => monthsIn(from, to).map((month) => () => feeInvoices(ports, channel, month))),
    ...daysIn(from, to).map((bookedOn) => () => placements(ports, bookedOn)),
    () => closedMonths(ports),
  ]
  const records: BookRecord[] = []
  const collecting = reads.map((read) => async () => void records.push(...(await read())))
  await inParallel(collecting, AT_ONCE)
  return records
}

async function signOffs({ books }: BooksPorts, channel: string, from: BusinessDate, to: BusinessDate) {
  return (await books.signOffs(channel, from, to)).map(({ date, version, digest, signedAt }) =>
    approvedAs(signOffSubject(channel, date), signedAt, { version, digest }),
  )
}

async function closedMonths({ books }: BooksPorts) {
  return (await books.closedMonths()).map(({ month, digest, closedAt }) =>
    approvedAs(monthSubject(month), closedAt, { digest }),
  )
}

/** Only what people placed: the rules place by what anybody can compute again. */
async function placements({ books }: BooksPorts, bookedOn: BusinessDate) {
  const placed = (await books.movementsBooked(bookedOn)).flatMap(({ placement }) => placement ?? [])
  return placed
    .filter(({ by }) => by === 'resolution')
    .map(({ id, recordedAt, approvedAt = recordedAt }) => approvedAs(movementSubject(bookedOn, id), approvedAt, {}))
}

async function feeInvoices({ books }: BooksPorts, channel: string, month: Month): Promise<readonly BookRecord[]> {
  return (await books.feeInvoices(channel, month)).map(({ enteredBy, enteredAt, ...content }) => ({
    subject: feeInvoiceSubject(channel, content.number),
    at: enteredAt,
    says: ({ action, actor, detail }) =>
      action === 'entered' &&
      actor === enteredBy &&
      canonical(detail) === canonical(JSON.parse(JSON.stringify(content))),
  }))
}

/** `request`: what of the approved request the record repeats. */
function approvedAs(subject: string, at: Instant, request: Readonly<Record<string, unknown>>): BookRecord {
  return {
    subject,
    at,
    says: ({ action, detail }) => {
      const asked = (detail as { request?: Readonly<Record<string, unknown>> } | null)?.request ?? {}
      const repeated = Object.fromEntries(Object.keys(request).map((name) => [name, asked[name]]))
      return action === 'approved' && isDeepStrictEqual(repeated, request)
    },
  }
}

function daysIn(from: BusinessDate, to: BusinessDate): readonly BusinessDate[] {
  const days: BusinessDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function monthsIn(from: BusinessDate, to: BusinessDate): readonly Month[] {
  return [...new Set(daysIn(from, to).map((day) => day.slice(0, 7) as Month))]
}
