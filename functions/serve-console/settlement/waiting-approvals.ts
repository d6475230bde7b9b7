/**
 * `GET /api/approvals`: what one person proposed and another has to decide, of everything that two people do but differences, which
 * have a list of their own (`GET /api/differences?state=proposed`). Says where each is decided, and what moves.
 */
import * as z from 'zod/mini'
import type { ClosureAct } from '../../../shared/domain/closure-act.ts'
import { formatUtc, type Instant, parseBusinessDate } from '../../../shared/domain/instant.ts'
import { splitKey } from '../../../shared/domain/key-text.ts'
import { parseMonth } from '../../../shared/domain/month.ts'
import { isConfirmationOverdue } from '../../../shared/domain/settlement/unconfirmed-statement.ts'
import { type Approval, AWAITED, awaitedFor } from '../../../shared/domain/two-people.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { signableDay } from '../books/signable-day.ts'
import { cursorField, numberField } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { at, day, described, flag, money, month, next, shape, text, type View } from '../http/schema.ts'
import type { ConsolePorts } from '../ports.ts'
import { uploadSubject } from './confirm-statement.ts'

const DEFAULT_LIMIT = 50
const KINDS = [
  'placement',
  'suspense-exit',
  'file-withdrawal',
  'statement-withdrawal',
  'statement-confirmation',
  'sign-off',
  'period-close',
  'erasure',
  'closing',
  'reopening',
] as const

const approvalsQuery = z.strictObject({
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
type ApprovalsQuery = z.output<typeof approvalsQuery>

const waitingApproval = shape('WaitingApproval', 'A proposal that nobody has decided yet', () =>
  z.strictObject({
    kind: z.enum(KINDS),
    channel: z.nullable(text('Payment channel, or bank; null where it is about none')),
    date: described('The day that it is about: of business, of booking, or the last one of cover', z.nullable(day())),
    month: described('Of the books', z.nullable(month())),
    item: z.nullable(
      text(
        'The movement as a path names it, the partner’s payment id, the digest of a statement, or a KPJ; null: channel and day say it',
      ),
    ),
    amountRupiah: z.nullable(money('What would move; null where no money does')),
    reason: text('As given'),
    proposedBy: text('The operator’s subject'),
    proposedAt: at('When'),
    waitsFor: described('An approver, or, above what two people may approve, an administrator', z.enum(AWAITED)),
    isOverdue: flag('Whether somebody should have decided by now: of a bank statement that one person handed over'),
  }),
)
type WaitingApproval = View<typeof waitingApproval>
type Subject = Pick<WaitingApproval, 'kind' | 'channel' | 'date' | 'month' | 'item'>

const approvalsSchema = shape('WaitingApprovals', 'One page', () =>
  z.strictObject({ items: z.array(waitingApproval()), next: next() }),
)

export const WAITING_APPROVALS_ROUTE: Route = route({
  method: 'GET',
  path: '/api/approvals',
  operationId: 'listWaitingApprovals',
  permission: 'read',
  summary: 'What one person proposed and another has to decide; differences have a list of their own',
  query: approvalsQuery,
  responses: { 200: approvalsSchema },
  problems: ['INVALID_INPUT'],
  handle: listWaitingApprovals,
})

async function listWaitingApprovals(ports: ConsolePorts, { query, now }: Call<{ query: ApprovalsQuery }>) {
  const { limit = DEFAULT_LIMIT, after } = query
  const pointer = after === undefined ? null : Buffer.from(after, 'base64url').toString('utf8')
  if (pointer !== null && !subjectIn(pointer)) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  const waiting = await ports.resolutions.waitingApprovals(pointer, limit)
  const last = waiting.length < limit ? undefined : waiting.at(-1)
  return json(200, {
    items: (await stillWaiting(ports, waiting)).map((approval) => describeApproval(approval, now)),
    next: last ? Buffer.from(last.subject).toString('base64url') : null,
  })
}

/** Without those that nobody can decide: what they are about is no longer there. A page is shorter then. */
async function stillWaiting(ports: ConsolePorts, waiting: readonly Approval<unknown>[]) {
  const unconfirmed = waiting.some((one) => kindOf(one) === 'statement-confirmation')
    ? new Set((await ports.settlements.allUnconfirmed()).map(({ sha256 }) => uploadSubject(sha256)))
    : new Set<string>()
  const isThere = await Promise.all(waiting.map((one) => isStillThere(ports, one, unconfirmed)))
  return waiting.filter((_, i) => isThere[i])
}

/**
 * What one person handed over waits no more once the bank has sent it, or two people have withdrawn it. A movement, and a day of
 * the bank, are gone with their statement, and wait again when its bytes come back.
 */
async function isStillThere(
  ports: ConsolePorts,
  approval: Approval<unknown>,
  unconfirmed: ReadonlySet<string>,
): Promise<boolean> {
  const { kind, channel, date, item } = subjectIn(approval.subject, approval.request) ?? {}
  if (kind === 'statement-confirmation') return unconfirmed.has(approval.subject)
  const day = parseBusinessDate(date ?? '')
  if (!day) return true
  if (kind === 'placement' && item) return (await ports.settlements.credit(day, decodeURIComponent(item))) !== undefined
  if (kind === 'sign-off' && channel) return (await signableDay(ports, { channel, date: day })) !== undefined
  return true
}

function kindOf({ subject, request }: Approval<unknown>): Subject['kind'] | undefined {
  return subjectIn(subject, request)?.kind
}

function describeApproval(approval: Approval<unknown>, now: Instant): WaitingApproval {
  const { subject, request, reason, proposedBy, proposedAt } = approval
  const waitsFor = awaitedFor(approval) ?? 'approver'
  const named = subjectIn(subject, request)
  if (!named) throw new Defect('UNKNOWN_SUBJECT', 'expected the subject of a step that two people take')
  const isOverdue = named.kind === 'statement-confirmation' && isConfirmationOverdue({ since: proposedAt }, now)
  const asked = { amountRupiah: amountIn(request), reason, proposedBy, proposedAt: formatUtc(proposedAt) }
  return { ...named, ...asked, waitsFor, isOverdue }
}

/**
 * As place-movement.ts, leave-suspense.ts, withdraw-file.ts, withdraw-statement.ts, confirm-statement.ts, books/, personal-data/erasure.ts and
 * memberships/closure.ts name them. `request`: closing and reopening a membership have one subject.
 */
function subjectIn(subject: string, request: unknown = null): Subject | undefined {
  const [kind, first = '', second = ''] = splitKey(subject) ?? []
  const nothing = { channel: null, date: null, month: null, item: null }
  const of = { channel: first, date: parseBusinessDate(second) ?? null }
  switch (kind) {
    case 'movement': {
      const date = parseBusinessDate(first)
      return date && { ...nothing, kind: 'placement', date, item: encodeURIComponent(second) }
    }
    case 'suspense':
      return { ...nothing, kind: 'suspense-exit', channel: first, item: second }
    case 'file':
      return { ...nothing, kind: 'file-withdrawal', ...of }
    case 'bank-statement':
      return { ...nothing, kind: 'statement-withdrawal', item: first }
    case 'bank-upload':
      return { ...nothing, kind: 'statement-confirmation', item: first }
    case 'sign-off':
      return { ...nothing, kind: 'sign-off', ...of }
    case 'month':
      return { ...nothing, kind: 'period-close', month: parseMonth(first) ?? null }
    case 'erasure':
      return { ...nothing, kind: 'erasure', item: first }
    case 'closure': {
      const { action, on } = (request ?? { action: 'close', on: null }) as ClosureAct
      return { ...nothing, kind: action === 'close' ? 'closing' : 'reopening', date: on, item: first }
    }
    default:
      return undefined
  }
}

/** Of a placement its parts, of an exit its amount. */
function amountIn(request: unknown): WaitingApproval['amountRupiah'] {
  const { amountRupiah, parts } = request as {
    readonly amountRupiah?: number
    readonly parts?: readonly { readonly amountRupiah: number }[]
  }
  return amountRupiah ?? parts?.reduce((sum, part) => sum + part.amountRupiah, 0) ?? null
}
