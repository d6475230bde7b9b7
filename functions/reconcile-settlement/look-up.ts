/**
 * What a joined day leaves open, looked up: decisions of ids that the day does not have, lines of other files that name the same
 * ids, accounts of customers, and what people have matched. Bounded, and nothing of a plain day.
 *
 * Heals on the way: an accepted decision whose fact a crash left out is the payment that the file speaks of, so the fact is put
 * here, and the run starts over.
 */
import { suspenseAccount } from '../../shared/domain/account.ts'
import { classifyCustomerId } from '../../shared/domain/customer-id.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type {
  AlikeLine,
  AlikePayment,
  HubEntry,
  KnownDecision,
  LookupResults,
  Lookups,
  OtherLine,
} from '../../shared/domain/settlement/day.ts'
import { wasPayment } from '../../shared/domain/suspense-exit.ts'
import { type AcceptedDecision, isAccepted } from '../../shared/ledger/accepted-decision.ts'
import { healPaymentFact, type PaymentFacts, readPaymentFacts } from '../../shared/ledger/payment-facts.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { elsewhereFor, type KeptById, unknownFor } from '../../shared/store/settlements/kept-lines.ts'
import type { DifferenceCase, KeptLine } from '../../shared/store/settlements/records.ts'
import { findPosted, isTakenBack, type PostingResult } from './find-posted.ts'
import type { SettlementPorts } from './ports.ts'
import { idToPost, noteAccount } from './post-unrecorded-payment.ts'

export type HealedPayment = { readonly date: BusinessDate; readonly entry: HubEntry }

export type LookupResult = {
  readonly knowledge: LookupResults
  /** Days whose files have lines of the ids that were asked for. */
  readonly otherFiles: readonly BusinessDate[]
  /** Payments whose facts were put here, or that the day's index does not show yet, and their business dates. */
  readonly healed: readonly HealedPayment[]
}

type Day = { readonly channel: string; readonly date: BusinessDate }

const AT_ONCE = 32
/** What decides what became of an accepted payment. */
const READ = ['payment', 'channelReversal', 'financeReversal', 'release'] as const

export async function lookUp(
  ports: SettlementPorts,
  day: Day,
  needs: Lookups,
  cases: readonly DifferenceCase[],
): Promise<LookupResult> {
  const decisions = new Map<string, KnownDecision>()
  const healed: HealedPayment[] = []
  const found = await decisionsOf(ports, day.channel, needs.decisions)
  await inParallel(
    found.map((decision) => async () => {
      decisions.set(decision.paymentId, await knownDecision(ports, day, decision, healed))
    }),
    AT_ONCE,
  )
  const accounts = await accountsOf(ports, needs.customers, day.date)
  const otherLines = await linesElsewhere(ports, day, needs.otherLines, decisions)
  const alike = await alikeIn(ports, day, needs, { decisions, otherLines })
  const files = new Set([
    ...[...otherLines.values()].flat().map(({ file }) => file),
    ...[...alike.lines.values()].flat().map(({ file }) => file),
    ...[...alike.payments.values()].map(({ businessDate }) => businessDate),
  ])
  return {
    knowledge: { decisions, otherLines, accounts, alike, matches: matchesOf(cases), decided: decidedIn(cases) },
    otherFiles: [...files].sort(),
    healed,
  }
}

async function knownDecision(
  ports: SettlementPorts,
  { date }: Day,
  decision: PaymentDecision,
  healed: HealedPayment[],
): Promise<KnownDecision> {
  const { paymentId } = decision
  const facts = isAccepted(decision) ? await readPaymentFacts(ports.facts, decision, READ) : undefined
  const reversed = facts?.channelReversal !== undefined || facts?.financeReversal !== undefined
  // A plain payment has no posting: two people post only what does not stand, or what they took out of it.
  const posting = facts && !reversed && !facts.release ? undefined : await postingBehind(ports, decision)
  if (posting) return knownPosting(ports, date, decision, posting, healed)
  if (decision.outcome.kind === 'reversed-first') return { kind: 'reversed-first' }
  if (!isAccepted(decision) || !facts) {
    return { kind: 'refused', code: decision.outcome.kind === 'refused' ? decision.outcome.code : 'unknown-customer' }
  }
  const { account, decidedAt } = decision
  const { terms } = decision.outcome
  if (!facts.payment) await heal(ports, decision, facts)
  // The day's index follows its table after a moment: what the table has belongs to this day already.
  if (!facts.payment || terms.businessDate === date) {
    const { amount, outlet } = terms
    const state = reversed ? 'reversed' : 'accepted'
    healed.push({ date: terms.businessDate, entry: { paymentId, account, amount, decidedAt, outlet, state } })
  }
  return { kind: 'accepted', businessDate: terms.businessDate, account, amount: terms.amount, reversed }
}

async function knownPosting(
  ports: SettlementPorts,
  date: BusinessDate,
  { channel, paymentId, account: paidBy }: PaymentDecision,
  { amount, businessDate, fact }: PostingResult,
  healed: HealedPayment[],
): Promise<KnownDecision> {
  const reversed = await isTakenBack(ports, fact)
  // A line names whom the channel collected it for, wherever the money was released to.
  const isPayment = fact.kind === 'posting' && wasPayment(fact)
  const account = isPayment && paidBy !== null ? paidBy : suspenseAccount(channel, paymentId)
  const state = reversed ? 'reversed' : 'accepted'
  const entry = { paymentId, account, amount, decidedAt: fact.decidedAt, outlet: '', state } as const
  if (businessDate === date) healed.push({ date: businessDate, entry })
  return { kind: 'accepted', businessDate, account, amount, reversed }
}

/** The posting that holds the money of this id, where one does: the channel's later lines are about it, whatever was decided first. */
async function postingBehind(
  ports: SettlementPorts,
  { channel, paymentId }: PaymentDecision,
): Promise<PostingResult | undefined> {
  const money = await findPosted(ports, channel, paymentId)
  return money?.fact.kind === 'posting' ? money : undefined
}

async function heal(ports: SettlementPorts, decision: AcceptedDecision, facts: PaymentFacts): Promise<void> {
  await noteAccount(ports, decision.decidedAt, decision.account)
  await healPaymentFact(ports, decision, facts)
  ports.metrics.count('FactsHealed', { channel: decision.channel })
}

/** How many ids one call asks for, and how many calls are on their way. */
const BATCH = 1_000
const BATCHES_AT_ONCE = 8

async function decisionsOf(
  { decisions }: SettlementPorts,
  channel: string,
  paymentIds: readonly string[],
): Promise<readonly PaymentDecision[]> {
  const found: PaymentDecision[] = []
  await inBatches(paymentIds, async (batch) => {
    for (const decision of await decisions.getMany(channel, batch)) found.push(decision)
  })
  return found
}

/** KPJ or bill code by customer id; a NIK by the one membership that pays for itself. */
async function accountsOf(
  { decisions, digests }: SettlementPorts,
  customerIds: readonly string[],
  on: BusinessDate,
): Promise<ReadonlyMap<string, string>> {
  const accounts = new Map<string, string>()
  const persons: (readonly [customerId: string, participant: ParticipantHash])[] = []
  for (const customerId of customerIds) {
    const id = classifyCustomerId(customerId, on)
    if (id.kind === 'kpj') accounts.set(customerId, id.kpj)
    else if (id.kind === 'bill-code') accounts.set(customerId, id.billCode)
    else if (id.kind === 'nik') persons.push([customerId, digests.participant(id.nik)])
  }
  await inBatches(persons, async (batch) => {
    const kpjs = await decisions.selfPaidMemberships(batch.map(([, participant]) => participant))
    for (const [customerId, participant] of batch) {
      const kpj = kpjs.get(participant)
      if (kpj !== undefined) accounts.set(customerId, kpj)
    }
  })
  return accounts
}

async function inBatches<T>(all: readonly T[], each: (batch: readonly T[]) => Promise<void>): Promise<void> {
  const count = Math.ceil(all.length / BATCH)
  await inParallel(
    Array.from({ length: count }, (_, i) => () => each(all.slice(i * BATCH, (i + 1) * BATCH))),
    BATCHES_AT_ONCE,
  )
}

/** Lines of other days' accepted files that name one of these ids: under the payment's own day, or under nobody's. */
async function linesElsewhere(
  ports: SettlementPorts,
  { channel, date }: Day,
  paymentIds: readonly string[],
  decisions: ReadonlyMap<string, KnownDecision>,
): Promise<ReadonlyMap<string, readonly OtherLine[]>> {
  const standing = acceptedFiles(ports, channel)
  const found = new Map<string, OtherLine[]>()
  const add = (paymentId: string, line: OtherLine) => {
    const known = found.get(paymentId)
    if (known) known.push(line)
    else found.set(paymentId, [line])
  }
  const addKept = async (kept: KeptById) => {
    for (const [paymentId, lines] of kept) {
      for (const line of lines) {
        const isStanding = line.fileDate !== date && (await standing(line.fileDate)) === line.sha256
        if (isStanding) add(paymentId, otherLineOf(line))
      }
    }
  }
  const ownDay = (paymentId: string) => {
    const decision = decisions.get(paymentId)
    return decision?.kind === 'accepted' ? decision.businessDate : date
  }
  for (const [own, ids] of Map.groupBy(paymentIds, ownDay)) {
    await addKept(await elsewhereFor(ports, channel, own, new Set(ids)))
    if (own === date) continue
    for (const [paymentId, line] of await linesInOwnFile(ports, channel, own, ids)) add(paymentId, line)
  }
  const undecided = paymentIds.filter((paymentId) => !decisions.has(paymentId))
  await addKept(await unknownFor(ports, channel, new Set(undecided)))
  for (const lines of found.values()) lines.sort(byFileAndLine)
  return found
}

function byFileAndLine(a: OtherLine, b: OtherLine): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line
}

/** The lines that settled payments of another day in that day's own file, as its latest statement has them. */
async function linesInOwnFile(
  { settlements, lines }: SettlementPorts,
  channel: string,
  date: BusinessDate,
  paymentIds: readonly string[],
): Promise<readonly (readonly [paymentId: string, line: OtherLine])[]> {
  const statement = await settlements.statement(channel, date)
  if (!statement?.file) return []
  const matched = await lines.matchedOfMany(channel, date, statement.lines, paymentIds)
  return [...matched].map(([paymentId, { line, status, amount }]) => [paymentId, { file: date, line, status, amount }])
}

/** More ids than these are no slip of letters: then nothing is looked for. */
const ALIKE_AT_MOST = 5_000

/** Payments and lines of other days whose ids are the same in capitals or in small letters. */
async function alikeIn(
  ports: SettlementPorts,
  { channel, date }: Day,
  needs: Lookups,
  known: Pick<LookupResults, 'decisions' | 'otherLines'>,
): Promise<NonNullable<LookupResults['alike']>> {
  const payments = new Map<string, AlikePayment>()
  const lines = new Map<string, readonly AlikeLine[]>()
  const neededDecisions = new Set(needs.decisions)
  const unknown = needs.decisions.filter((id) => !known.decisions.has(id))
  const inNoFile = needs.otherLines.filter((id) => !neededDecisions.has(id) && !known.otherLines.has(id))
  const standing = acceptedFiles(ports, channel)
  if (unknown.length <= ALIKE_AT_MOST) {
    const variants = unknown.flatMap((id) => lettersOf(id).map((variant) => [variant, id] as const))
    const found = await decisionsOf(ports, channel, [...new Set(variants.map(([variant]) => variant))])
    const accepted = new Map(found.filter(isAccepted).map((decision) => [decision.paymentId, decision.outcome.terms]))
    for (const [variant, id] of variants) {
      const terms = accepted.get(variant)
      if (terms) payments.set(id, { paymentId: variant, businessDate: terms.businessDate, amount: terms.amount })
    }
  }
  if (inNoFile.length <= ALIKE_AT_MOST) {
    const variants = inNoFile.flatMap((id) => lettersOf(id).map((variant) => [variant, id] as const))
    const kept = await unknownFor(ports, channel, new Set(variants.map(([variant]) => variant)))
    for (const [variant, id] of variants) {
      for (const { fileDate, sha256 } of kept.get(variant) ?? []) {
        if (fileDate === date || (await standing(fileDate)) !== sha256) continue
        lines.set(id, [...(lines.get(id) ?? []), { paymentId: variant, file: fileDate }])
      }
    }
  }
  return { payments, lines }
}

function lettersOf(id: string): readonly string[] {
  return [...new Set([id.toUpperCase(), id.toLowerCase()])].filter((variant) => variant !== id)
}

/** What a kept line counts by: the bytes that are accepted for its day now. */
function acceptedFiles({ settlements }: SettlementPorts, channel: string) {
  const known = new Map<BusinessDate, Promise<string | undefined>>()
  return (date: BusinessDate): Promise<string | undefined> => {
    const there =
      known.get(date) ??
      settlements
        .fileVersions(channel, date)
        .then((versions) => versions.find(({ state }) => state === 'accepted')?.sha256)
    known.set(date, there)
    return there
  }
}

/** Approved matches, and lines without a whole id that were posted under one that the hub made. */
export function matchesOf(cases: readonly DifferenceCase[]): ReadonlyMap<string, string> {
  const matches = new Map<string, string>()
  for (const { resolution, proposal, finding, date } of cases) {
    const { lineIdentity } = finding.evidence
    if (resolution?.how !== 'resolution' || !proposal || lineIdentity === undefined) continue
    if (proposal.action === 'match' && proposal.paymentId !== null) matches.set(lineIdentity, proposal.paymentId)
    if (proposal.action === 'post' && idToPost({ finding, date }) !== finding.paymentId) {
      matches.set(lineIdentity, idToPost({ finding, date }))
    }
  }
  return matches
}

/** Cases that people have proposed or decided something about. */
function decidedIn(cases: readonly DifferenceCase[]): ReadonlySet<string> {
  const byPeople = cases.filter(
    ({ state, resolution, parts = [] }) =>
      state === 'proposed' || state === 'approved' || resolution?.how === 'resolution' || parts.length > 0,
  )
  return new Set(byPeople.map(({ id }) => id))
}

function otherLineOf({ fileDate, line, status, amount }: KeptLine): OtherLine {
  return { file: fileDate, line, status, amount }
}
