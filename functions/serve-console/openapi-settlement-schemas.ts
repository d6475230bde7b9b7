/** The shapes of settlement as JSON Schema: part of openapi-schemas.ts, which hands in its own ways of writing one. */
import { BRIDGE_LABELS, DIFFERENCE_CLASSES, VERDICTS } from '../../shared/domain/settlement/day.ts'
import { FILE_STATES } from '../../shared/domain/settlement/file-version.ts'
import { ACTIONS, SHOWN_STATES } from '../../shared/domain/settlement/resolution.ts'
import type { Schema } from './openapi-schemas.ts'

/** openapi-schemas.ts's own: passed in, because neither file can be read before the other. */
export type Pen = {
  readonly text: (description: string) => Schema
  readonly money: (description: string) => Schema
  readonly at: (description: string) => Schema
  readonly list: (items: Schema) => Schema
  readonly oneOf: (values: readonly (string | number)[]) => Schema
  readonly orNull: (schema: Schema) => Schema
  readonly object: (properties: Readonly<Record<string, Schema>>, description?: string) => Schema
  readonly count: Schema
  readonly date: Schema
}

export function settlementSchemas({ text, money, at, list, oneOf, orNull, object, count, date }: Pen) {
  const channel = text('Payment channel')
  const label = oneOf(BRIDGE_LABELS)
  const verdict: Schema = { ...oneOf(VERDICTS), description: 'The first that applies, in this order' }
  const day = { channel, date, version: { ...count, description: 'Of the statement; 0: not looked at yet' }, verdict }
  const unexplainedRupiah = money('What no row explains: 0, or the day is incomplete')
  const listed = {
    id: text('Stable over reruns'),
    channel,
    date,
    class: oneOf(DIFFERENCE_CLASSES),
    state: oneOf(SHOWN_STATES),
    reason: text('Why, in a word'),
    paymentId: text('The partner’s id; empty where the line has none'),
    account: orNull(text('Whose money it is')),
    hubAmountRupiah: orNull(money('What we have')),
    fileAmountRupiah: orNull(money('What the file has')),
    stakeRupiah: money('What is in question'),
    lines: list({ type: 'integer', minimum: 1 }),
    breakDate: orNull(date),
    firstSeenAt: at('When a run first found it'),
    daysOpen: count,
    version: count,
  }
  const row = object({
    ...day,
    file: oneOf(['received', 'held', 'awaited', 'missing', 'none']),
    unexplainedRupiah,
    openDifferences: count,
    hubRupiah: orNull(money('Payments that we took, reversed ones too')),
    fileRupiah: orNull(money('Total of the accepted file')),
    bankRupiah: orNull(money('Credits of the bank for this day')),
  })
  const quarantined = object({
    line: count,
    code: text('Why it was set aside'),
    field: text('The layout’s name of it'),
  })
  const file = object({
    version: count,
    state: oneOf(FILE_STATES),
    name: text('As it came'),
    sha256: text('Of its bytes, which are kept'),
    bytes: count,
    receivedAt: at('When it came'),
    receivedBy: orNull(text('The operator; null: dropped by the partner')),
    refusal: orNull({ type: 'object', description: 'Why it is held: code, line, and what was expected' }),
    lines: orNull(count),
    amountRupiah: orNull(money('Sum of amounts')),
    feeRupiah: orNull(money('Sum of the channel’s fees')),
    netRupiah: orNull(money('What the bank must credit')),
    quarantined: list(quarantined),
    quarantinedLines: count,
    change: orNull({ type: 'object', description: 'What a corrected file changes against the accepted one' }),
  })
  const statement = object({
    ...day,
    recordedAt: at('When this version was written'),
    file: orNull(object({ version: count, name: text('As it came'), sha256: text('Of its bytes') })),
    bridge: list(object({ label, amountRupiah: money('Signed, so that rows add up'), count })),
    unexplainedRupiah,
    hubRupiah: money('Payments that we took, reversed ones too'),
    fileRupiah: orNull(money('Total of the accepted file')),
    channelFeesRupiah: money('The channel’s own fees by its file'),
    bankRupiah: money('Credits of the bank for this day'),
    writtenOffRupiah: money('Given up by decision; negative where it is our gain'),
    chargedRupiah: money('Charged to the channel by decision; negative where it is owed to the channel'),
    feesMoved: object({
      writtenOffRupiah: money('The part of what was given up that was a fee'),
      chargedRupiah: money('The part of what was charged that was a fee'),
    }),
    openItems: list(
      object({
        label: text('A label of the bridge, file-awaited or unexplained'),
        amountRupiah: money('Positive: the channel owes it; the sum is the receivable of the day'),
        count,
      }),
    ),
    credits: list(object({ id: text('The bank’s reference'), bookedOn: date, amountRupiah: money('For this day') })),
    differenceCounts: { type: 'object', additionalProperties: count },
    openDifferences: count,
    pendingCount: count,
    changes: list(
      object({ label, before: orNull(money('In the version before')), after: orNull(money('In this one')) }),
    ),
    files: list(file),
    differences: list(object(listed)),
    differencesTotal: count,
  })
  const line = object({
    row: oneOf(['matched', ...BRIDGE_LABELS]),
    paymentId: text('The partner’s id; empty where the line has none'),
    line: orNull(count),
    amountRupiah: money('Of the line, or what it adds to the row'),
    feeRupiah: orNull(money('The channel’s fee on the line')),
    at: orNull(at('The file’s time')),
    status: orNull(oneOf(['settled', 'reversed'])),
    how: orNull(oneOf(['id', 'candidate', 'resolution'])),
    otherDate: orNull(date),
    breakDate: orNull(date),
  })
  const difference = object({
    ...listed,
    evidence: { type: 'object', description: 'Named facts for the person who decides; no name, no number of a person' },
    actions: list(oneOf(ACTIONS)),
    proposal: orNull(
      object({
        action: oneOf(ACTIONS),
        reason: text('As given'),
        paymentId: orNull(text('For match')),
        by: text('The operator’s subject'),
        at: at('When'),
      }),
    ),
    resolution: orNull(object({ how: oneOf(['itself', 'resolution']), at: at('When'), note: text('In a word') })),
    history: list(
      object({ at: at('When'), what: text('What happened'), by: orNull(text('null: the hub')), note: text('Why') }),
    ),
  })
  const request = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  })
  const reason: Schema = {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'No number of a person or a phone',
  }
  return {
    SettlementMatrix: object({ items: list(row) }),
    Statement: statement,
    StatementLines: object({ label, items: list(line), next: orNull(text('For the next page')) }),
    Differences: object({ items: list(object(listed)), next: orNull(text('For the next page')) }),
    Difference: difference,
    ProposalRequest: request({ action: oneOf(ACTIONS), reason, paymentId: text('For match: one of the candidates') }, [
      'action',
      'reason',
    ]),
    ApprovalRequest: request({ decision: oneOf(['approve', 'reject']), reason }, ['decision']),
  } as const satisfies Readonly<Record<string, Schema>>
}
