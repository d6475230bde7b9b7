/**
 * What a joined day leaves open, looked up: decisions of ids that the day does not have, lines of other files that name the same
 * ids, accounts of customers, and what people have matched. Bounded, and nothing of a plain day.
 *
 * Heals on the way: an accepted decision whose fact a crash left out is the payment that the file speaks of, so the fact is put
 * here, and the run starts over.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { HubEntry, Knowledge, KnownDecision, Needs, OtherLine } from '../../shared/domain/settlement/day.ts'
import { type AcceptedDecision, isAccepted } from '../../shared/ledger/accepted-decision.ts'
import { namedAccount } from '../../shared/ledger/payer.ts'
import { healPaymentFact, type PaymentFacts, readPaymentFacts } from '../../shared/ledger/payment-facts.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { DifferenceCase, KeptLine } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'
import { idToPost, noteAccount } from './post-unrecorded-payment.ts'

export type Healed = { readonly date: BusinessDate; readonly entry: HubEntry }

export type LookedUp = {
  readonly knowledge: Knowledge
  /** Days whose files have lines of the ids that were asked for. */
  readonly otherFiles: readonly BusinessDate[]
  /** Payments whose facts were put here, or that the day's index does not show yet, and their business dates. */
  readonly healed: readonly Healed[]
}

type Day = { readonly channel: string; readonly date: BusinessDate }

const AT_ONCE = 32

export async function lookUp(
  ports: SettlementPorts,
  day: Day,
  needs: Needs,
  cases: readonly DifferenceCase[],
): Promise<LookedUp> {
  const decisions = new Map<string, KnownDecision>()
  const accounts = new Map<string, string>()
  const healed: Healed[] = []
  await inParallel(
    needs.decisions.map((paymentId) => async () => {
      const known = await knownDecision(ports, day, paymentId, healed)
      if (known) decisions.set(paymentId, known)
    }),
    AT_ONCE,
  )
  await inParallel(
    needs.customers.map((customerId) => async () => {
      const account = await accountOf(ports, customerId, day.date)
      if (account !== undefined) accounts.set(customerId, account)
    }),
    AT_ONCE,
  )
  const otherLines = await linesElsewhere(ports, day, needs.otherLines, decisions)
  const files = new Set([...otherLines.values()].flat().map(({ file }) => file))
  return {
    knowledge: { decisions, otherLines, accounts, matches: matchesOf(cases), decided: decidedIn(cases) },
    otherFiles: [...files].sort(),
    healed,
  }
}

async function knownDecision(
  ports: SettlementPorts,
  { channel, date }: Day,
  paymentId: string,
  healed: Healed[],
): Promise<KnownDecision | undefined> {
  const decision = await ports.decisions.get(channel, paymentId)
  if (!decision) return undefined
  if (decision.outcome.kind === 'reversed-first') return { kind: 'reversed-first' }
  if (!isAccepted(decision)) {
    return { kind: 'refused', code: decision.outcome.kind === 'refused' ? decision.outcome.code : 'unknown-customer' }
  }
  const { account, decidedAt } = decision
  const { terms } = decision.outcome
  const facts = await readPaymentFacts(ports.facts, decision, ['payment', 'channelReversal', 'financeReversal'])
  const reversed = facts.channelReversal !== undefined || facts.financeReversal !== undefined
  if (!facts.payment) await heal(ports, decision, facts)
  // The day's index follows its table after a moment: what the table has belongs to this day already.
  if (!facts.payment || terms.businessDate === date) {
    const { amount, outlet } = terms
    const state = reversed ? 'reversed' : 'accepted'
    healed.push({ date: terms.businessDate, entry: { paymentId, account, amount, decidedAt, outlet, state } })
  }
  return { kind: 'accepted', businessDate: terms.businessDate, account, amount: terms.amount, reversed }
}

async function heal(ports: SettlementPorts, decision: AcceptedDecision, facts: PaymentFacts): Promise<void> {
  await noteAccount(ports, decision.decidedAt, decision.account)
  await healPaymentFact(ports, decision, facts)
  ports.metrics.count('FactsHealed', { channel: decision.channel })
}

async function accountOf(ports: SettlementPorts, customerId: string, on: BusinessDate): Promise<Account | undefined> {
  const named = await namedAccount(ports, customerId, on)
  return named?.kind === 'bill' ? named.billCode : named?.kpj
}

/** Lines of other days' accepted files that name one of these ids: under the payment's own day, or under nobody's. */
async function linesElsewhere(
  ports: SettlementPorts,
  day: Day,
  paymentIds: readonly string[],
  decisions: ReadonlyMap<string, KnownDecision>,
): Promise<ReadonlyMap<string, readonly OtherLine[]>> {
  const standing = acceptedFiles(ports, day.channel)
  const partitions = new Map<BusinessDate, Promise<ReadonlyMap<string, readonly KeptLine[]>>>()
  const ofDay = (date: BusinessDate) => {
    const there = partitions.get(date) ?? ports.settlements.elsewhereOf(day.channel, date).then(byPayment)
    partitions.set(date, there)
    return there
  }
  const found = new Map<string, readonly OtherLine[]>()
  await inParallel(
    paymentIds.map((paymentId) => async () => {
      const decision = decisions.get(paymentId)
      const own = decision?.kind === 'accepted' ? decision.businessDate : day.date
      const kept = [
        ...((await ofDay(own)).get(paymentId) ?? []),
        ...(decision ? [] : await ports.settlements.unknownOf(day.channel, paymentId)),
      ]
      const lines: OtherLine[] = []
      for (const line of kept) {
        if (line.fileDate !== day.date && (await standing(line.fileDate)) === line.sha256) lines.push(otherLineOf(line))
      }
      if (own !== day.date) lines.push(...(await lineInOwnFile(ports, day.channel, own, paymentId)))
      if (lines.length > 0) found.set(paymentId, lines.sort(byFileAndLine))
    }),
    AT_ONCE,
  )
  return found
}

function byFileAndLine(a: OtherLine, b: OtherLine): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line
}

/** The line that settled a payment of another day in that day's own file, as its latest statement has it. */
async function lineInOwnFile(
  { settlements, lines }: SettlementPorts,
  channel: string,
  date: BusinessDate,
  paymentId: string,
): Promise<readonly OtherLine[]> {
  const statement = await settlements.statement(channel, date)
  if (!statement?.file) return []
  const matched = await lines.matchedOf(channel, date, statement.lines, paymentId)
  return matched ? [{ file: date, line: matched.line, status: matched.status, amount: matched.amount }] : []
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
function matchesOf(cases: readonly DifferenceCase[]): ReadonlyMap<string, string> {
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
    ({ state, resolution }) => state === 'proposed' || state === 'approved' || resolution?.how === 'resolution',
  )
  return new Set(byPeople.map(({ id }) => id))
}

function byPayment(lines: readonly KeptLine[]): ReadonlyMap<string, readonly KeptLine[]> {
  return Map.groupBy(lines, ({ paymentId }) => paymentId)
}

function otherLineOf({ fileDate, line, status, amount }: KeptLine): OtherLine {
  return { file: fileDate, line, status, amount }
}
