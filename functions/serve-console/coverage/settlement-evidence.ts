/**
 * The last links of a coverage answer's chain: the line in the channel's settlement file that names the payment, and the bank
 * credit that paid for the file. Cover is provisional until there is such a line.
 * Promises only what a statement recorded by then had matched: a line that finance still disputes confirms nothing.
 */
import type { PaymentFact } from '../../../shared/domain/fact.ts'
import { type BusinessDate, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { SettledLineStore } from '../../../shared/store/files/settled-lines.ts'
import { elsewhereFor } from '../../../shared/store/settlements/kept-lines.ts'
import type { Statement } from '../../../shared/store/settlements/records.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import type { EvidenceStep } from './evidence-schemas.ts'

export type SettlementSources = {
  readonly settlements: Pick<SettlementStore, 'statements' | 'elsewhereOf' | 'keptFiles'>
  readonly lines: Pick<SettledLineStore, 'matchedOf' | 'keptOf'>
}

type Line = {
  readonly line: number
  readonly amount: number
  readonly fee: number
  readonly at: Instant
  readonly how: string
}
type Settled = { readonly statement: Statement; readonly line: Line }

/** Empty while no file has named the payment. `knownAt` null: everything that is known now. */
export async function settlementSteps(
  sources: SettlementSources,
  channel: string,
  paid: PaymentFact,
  knownAt: Instant | null,
): Promise<readonly EvidenceStep[]> {
  const paymentId = paid.id[0] ?? ''
  const settled =
    (await ownDaysLine(sources, channel, paid.businessDate, paymentId, knownAt)) ??
    (await otherDaysLine(sources, channel, paid.businessDate, paymentId, knownAt))
  return settled ? stepsOf(channel, paymentId, settled) : []
}

async function ownDaysLine(
  { settlements, lines }: SettlementSources,
  channel: string,
  date: BusinessDate,
  paymentId: string,
  knownAt: Instant | null,
): Promise<Settled | undefined> {
  const statement = await statementOf(settlements, channel, date, knownAt)
  if (!statement?.file) return undefined
  const line = await lines.matchedOf(channel, date, statement.lines, paymentId)
  return line && { statement, line }
}

/** A payment near midnight may stand in the file of a neighbouring day. */
async function otherDaysLine(
  sources: SettlementSources,
  channel: string,
  date: BusinessDate,
  paymentId: string,
  knownAt: Instant | null,
): Promise<Settled | undefined> {
  const { settlements } = sources
  const kept = (await elsewhereFor(sources, channel, date, new Set([paymentId]))).get(paymentId) ?? []
  for (const line of kept) {
    const statement = await statementOf(settlements, channel, line.fileDate, knownAt)
    const reversed = kept.some((other) => other.sha256 === line.sha256 && other.status === 'reversed')
    if (line.status === 'settled' && !reversed && statement?.file?.sha256 === line.sha256) {
      return { statement, line: { ...line, how: 'id' } }
    }
  }
  return undefined
}

async function statementOf(
  settlements: SettlementSources['settlements'],
  channel: string,
  date: BusinessDate,
  knownAt: Instant | null,
): Promise<Statement | undefined> {
  const versions = await settlements.statements(channel, date)
  return versions.find(({ recordedAt }) => knownAt === null || recordedAt <= knownAt)
}

function stepsOf(channel: string, paymentId: string, { statement, line }: Settled): readonly EvidenceStep[] {
  const { date, version, file, credits, recordedAt } = statement
  const stamp = { channel, statement: { date, version, recordedAt: formatUtc(recordedAt) } }
  return [
    {
      step: 'settlement-line',
      ...stamp,
      paymentId,
      fileName: file?.name ?? null,
      sha256: file?.sha256 ?? null,
      line: line.line,
      amountRupiah: line.amount,
      feeRupiah: line.fee,
      at: formatUtc(line.at),
      how: line.how,
    },
    ...credits.map(
      ({ id, bookedOn, amountRupiah }) =>
        ({ step: 'bank-credit', ...stamp, creditId: id, bookedOn, amountRupiah }) as const,
    ),
  ]
}
