/**
 * What a member of a sponsor's list costs in write units, by DynamoDB's rules: from a row of the list to an unpaid membership, and from
 * the bill's payment to one that is active. A small list goes through the same use cases and adapters as the bench's large one; what
 * the list and the bill cost as a whole is shared out over its members. bench/cohort.ts judges it, a test pins it.
 */
import { applyBillPayment } from '../functions/apply-bill-payment/apply-bill-payment.ts'
import { enrolCohort } from '../functions/enrol-cohort/enrol-cohort.ts'
import { reconcileMembership } from '../functions/reconcile-membership/reconcile-membership.ts'
import { RULES } from '../shared/domain/rules.ts'
import type { CohortId } from '../shared/domain/sponsors/sponsor.ts'
import type { CohortMessage } from '../shared/messages/cohort.ts'
import { inParallel } from '../shared/runtime/in-parallel.ts'
import type { Tables } from '../shared/store/tables.ts'
import { listOf, villagesOf } from '../test/articles/invented-people.ts'
import { accountOf } from '../test/support/ids.ts'
import { memoryFiles, memoryListSegments } from '../test/support/memory-files.ts'
import { memoryCohortRows } from '../test/support/memory-sponsors.ts'
import { type Charge, type Meter, meteredClient } from './capacity.ts'
import { type CohortHub, cohortHub, openProgram, SPONSOR } from './cohort-hub.ts'
import { localEndpoint } from './local-endpoint.ts'

/** A write is named by what it is for; `list` is the list's own record and rows. */
export const MEMBER_WRITES = [
  'fact',
  'day index',
  'contact',
  'view',
  'person index',
  'list',
  'bill',
  'decision',
] as const
type MemberWrite = (typeof MEMBER_WRITES)[number]

export type MemberUnits = {
  readonly stage: 'enrol' | 'cover'
  /** Write units of one member. */
  readonly writes: Readonly<Partial<Record<MemberWrite, number>>>
  readonly total: number
}

const AT_ONCE = 32
const VALID_FOR_MILLIS = 20 * 86_400_000
const DIGEST_SECRET = JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } })

/** `people` a multiple of 1,000 makes whole segments, as a list of 100,000 has them. */
export async function countMemberUnits(
  endpoint: string,
  tables: Tables,
  people: number,
): Promise<readonly MemberUnits[]> {
  const { client, unmetered, meter } = meteredClient(endpoint, tables)
  const bucket = { files: memoryFiles(), segments: memoryListSegments(), rows: memoryCohortRows() }
  const hub = cohortHub(client, tables, bucket, DIGEST_SECRET)
  const program = await openProgram(hub, people)
  meter.taken()
  const list = Buffer.from(listOf(villagesOf(['15.71'], Math.ceil(people / 50), people)))
  const { cohortId } = await hub.ask('POST', `/api/sponsors/${SPONSOR}/cohorts?program=${program}`, list)
  await workOff(hub, cohortId)
  const enrolling = await followed(hub, meter)

  const validUntil = new Date(hub.now() + VALID_FOR_MILLIS).toISOString().slice(0, 10)
  const { bills } = await hub.ask('POST', `/api/cohorts/${cohortId}/bill`, { validUntil })
  await workOff(hub, cohortId)
  await payBill(hub, bills[0].billCode)
  const covering = await followed(hub, meter)
  client.destroy()
  unmetered.destroy()
  return [unitsOf('enrol', enrolling, people), unitsOf('cover', covering, people)]
}

/** The bank asks and pays; what it paid. */
export async function payBill(hub: CohortHub, billCode: string): Promise<number> {
  const { partner } = await localEndpoint('bni', hub.stores, hub.now)
  const call = { id: `BENCH-${billCode}`, customerId: billCode, months: 1, adminFeeRupiah: 0, outlet: '' }
  const { amountRupiah } = await partner.inquire(call)
  if (amountRupiah === null) throw new Error('expected the bank to be told what the bill costs, it was not')
  const { accepted, code } = await partner.pay({ ...call, amountRupiah })
  if (!accepted) throw new Error(`expected the bill to be payable, got ${code}`)
  return amountRupiah
}

/** Everything since the last count, and what its facts set off, by the outbox's rule: an inserted fact sends its account to the fold. */
async function followed(hub: CohortHub, meter: Meter): Promise<readonly Charge[]> {
  const all: Charge[] = []
  for (let charges = meter.taken().charges; charges.length > 0; charges = meter.taken().charges) {
    all.push(...charges)
    await lookAgain(hub, announcedBy(charges))
  }
  return all
}

function announcedBy(charges: readonly Charge[]): readonly string[] {
  const inserted = charges.filter(
    ({ kind, table, index, failed }) => kind === 'write' && table === 'facts' && index === null && !failed,
  )
  return [...new Set(inserted.map(({ key }) => key))]
}

async function lookAgain({ stores, now }: CohortHub, accounts: readonly string[]): Promise<void> {
  const sendChunks = async (chunks: readonly CohortMessage[]) => {
    for (const chunk of chunks) await applyBillPayment({ ...stores, now, sendAccounts: async () => {} }, chunk)
  }
  const looks = accounts.map((account) => async () => {
    await reconcileMembership({ ...stores, rules: RULES, now, sendChunks }, { account: accountOf(account) })
  })
  await inParallel(looks, AT_ONCE)
}

/** As the stream and the queue do: every version of the list's record is looked at. */
async function workOff({ stores, bucket, participantOf, now }: CohortHub, cohort: string): Promise<void> {
  const ports = { ...stores, ...bucket, participantOf, now, rules: RULES }
  while ((await enrolCohort(ports, cohort as CohortId)).outcome !== 'idle');
}

function unitsOf(stage: MemberUnits['stage'], charges: readonly Charge[], people: number): MemberUnits {
  const units: Partial<Record<MemberWrite, number>> = {}
  for (const charge of charges) {
    if (charge.kind !== 'write') continue
    const what = writeNamed(charge)
    units[what] = (units[what] ?? 0) + charge.byRule
  }
  const total = Object.values(units).reduce((sum, each) => sum + each, 0) / people
  const each = Object.entries(units).map(([what, whole]) => [what, whole / people])
  return { stage, writes: Object.fromEntries(each), total }
}

function writeNamed({ table, index }: Charge): MemberWrite {
  if (table === 'facts') return index === null ? 'fact' : 'day index'
  if (table === 'memberships') return index === null ? 'view' : 'person index'
  if (table === 'contacts') return 'contact'
  if (table === 'sponsors') return 'list'
  if (table === 'bills') return 'bill'
  if (table === 'payment-decisions') return 'decision'
  throw new Error(`expected no write to ${table}`)
}
