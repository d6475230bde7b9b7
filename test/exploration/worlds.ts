/**
 * The small worlds: who is registered, and which actors meet. One member who pays for herself, on an ordinary afternoon.
 * What is known before (a bill, an accepted payment) is set up calmly; only the meeting itself is explored.
 */
import { issueBill, replaceBill } from '../../functions/serve-console/bills/bills.ts'
import { registerMembership } from '../../functions/serve-console/memberships/register-membership.ts'
import type { Message, Payment, Reversal } from '../../shared/channel-port/channel.ts'
import type { ReversalFact, SuspensionFact } from '../../shared/domain/fact.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { rupiah } from '../../shared/domain/money.ts'
import type { RegionCode } from '../../shared/domain/region.ts'
import { PROGRAMS, type Terms } from '../../shared/domain/tariff.ts'
import { keyOf } from '../simulation/auditor/account-fold.ts'
import { dayAt, monthAt } from '../simulation/auditor/calendar.ts'
import { paymentsOf } from '../simulation/auditor/closing.ts'
import { figuresOf } from '../simulation/auditor/figures.ts'
import { factKeyIn } from '../support/ids.ts'
import type { Messages, Stage } from './stage.ts'

type Sent = { readonly channel: string; readonly message: Message }
/** `start` lets all actors begin. `closing`: what partners send once more when all is quiet. */
export type Meeting = { readonly start: () => void; readonly closing: readonly Sent[] }
export type SmallWorld = {
  readonly name: string
  readonly about: string
  readonly start: number
  readonly messages: Messages
  readonly open: (stage: Stage) => Promise<Meeting>
}

const START = Date.parse('2026-11-10T14:00:00+07:00')
const DAY = dayAt(START) as BusinessDate
const KPJ = kpjOf('12345678900')
const TERMS: Terms = { sector: 'transport', funding: 'self', programs: PROGRAMS[0], income: rupiah(1_000_000) }
const PRICE = figuresOf(monthAt(START), TERMS).total

export const WORLDS: readonly SmallWorld[] = [
  world('duplicate', 'a payment and its duplicate', 'after', async (stage) => {
    const payment = { channel: 'indomaret', message: paymentOf('indomaret', 'T1', KPJ) }
    return meeting(stage, [payment, payment])
  }),
  world('late-advice', 'a payment, its reversal, and the payment again, late', 'after', async (stage) => {
    const first = paymentOf('indomaret', 'T1', KPJ)
    const late = { ...first, partnerAt: (first.partnerAt + 2_000) as Instant }
    return meeting(stage, [
      { channel: 'indomaret', message: first },
      { channel: 'indomaret', message: reversalOf('indomaret', first) },
      { channel: 'indomaret', message: late },
    ])
  }),
  world('two-channels', 'two channels take the same month', 'after', async (stage) =>
    meeting(stage, [
      { channel: 'indomaret', message: paymentOf('indomaret', 'T1', KPJ) },
      { channel: 'bni', message: paymentOf('bni', 'B1', KPJ) },
    ]),
  ),
  world('bill', 'a bill is paid at a counter while its member pays alone', 'after', async (stage) => {
    const billCode = await oneBill(stage)
    return meeting(stage, [
      { channel: 'indomaret', message: paymentOf('indomaret', 'T1', billCode) },
      { channel: 'bni', message: paymentOf('bni', 'B1', KPJ) },
    ])
  }),
  world('bill-twice', 'a bill is paid at two counters', 'after', async (stage) => {
    const billCode = await oneBill(stage)
    return meeting(stage, [
      { channel: 'indomaret', message: paymentOf('indomaret', 'T1', billCode) },
      { channel: 'pos', message: paymentOf('pos', 'P1', billCode) },
    ])
  }),
  world(
    'bill-replaced',
    'a bill is paid at two counters while a corrected one takes its place',
    'after',
    async (stage) => {
      const billCode = await oneBill(stage)
      const paid = [
        { channel: 'indomaret', message: paymentOf('indomaret', 'T1', billCode) },
        { channel: 'pos', message: paymentOf('pos', 'P1', billCode) },
      ]
      const { start, closing } = meeting(stage, paid)
      const replaced = () => {
        start()
        const caller = { actor: null, unmasked: false, ownSponsor: null, now: stage.now() as Instant }
        const body = { months: 2 as const, validUntil: new Date(START + 86_400_000).toISOString() }
        void stage.world.act('replace', (ports) => replaceBill(ports, { ...caller, path: { billCode }, body }))
      }
      return { start: replaced, closing }
    },
  ),
  world('resolution', 'finance reverses a payment while its channel does', 'explored', (stage) =>
    resolution(stage, 'reversal', KPJ),
  ),
  world('suspension', 'finance moves a payment to suspense while its channel reverses it', 'explored', (stage) =>
    resolution(stage, 'suspension', KPJ),
  ),
  world('bill-suspension', 'the same for a paid bill, whose members hold shares', 'after', async (stage) =>
    resolution(stage, 'suspension', await oneBill(stage)),
  ),
  world('folds', 'a payment, the message of its fact, and two more folds of its account', 'explored', async (stage) => {
    const { start, closing } = meeting(stage, [{ channel: 'indomaret', message: paymentOf('indomaret', 'T1', KPJ) }])
    const fold = () => stage.world.queues.reconcile.send(JSON.stringify({ account: KPJ, cause: 'repair' }))
    const all = () => {
      start()
      fold()
      fold()
    }
    return { start: all, closing }
  }),
]

function world(name: string, about: string, messages: Messages, open: (stage: Stage) => Promise<Meeting>): SmallWorld {
  const registered = async (stage: Stage) => {
    await register(stage)
    return open(stage)
  }
  return { name, about, start: START, messages, open: registered }
}

function meeting({ world: { callEndpoint } }: Stage, sent: readonly Sent[]): Meeting {
  return {
    start: () => {
      for (const { channel, message } of sent) void callEndpoint(channel, message)
    },
    closing: sent,
  }
}

async function register({ world, drain }: Stage): Promise<void> {
  const member = { kpj: KPJ, nik: '3578011203850001' as never, name: 'BUDI SANTOSO', terms: TERMS, phone: '' }
  const about = { ...member, regionCode: '15.71' as RegionCode, registeredOn: DAY }
  void world.act('register', (parts) => registerMembership(parts, about, undefined))
  await drain()
}

async function oneBill({ world, now, drain }: Stage): Promise<string> {
  const body = { kpj: KPJ, months: 1 as const, validUntil: new Date(START + 86_400_000).toISOString() }
  const caller = { actor: null, unmasked: false, ownSponsor: null, now: now() as Instant }
  const issued = world.act('bill', (ports) => issueBill(ports, { ...caller, body }))
  await drain()
  const reply = await issued
  if (reply.kind !== 'json' || !reply.body.billCode) throw new Error('expected the bill to be issued, it was not')
  return reply.body.billCode
}

/** The payment stands and its messages are done; then both decide about it in the same moment. */
async function resolution(stage: Stage, kind: 'reversal' | 'suspension', customerId: string): Promise<Meeting> {
  const { world, drain } = stage
  const payment = paymentOf('indomaret', 'T1', customerId)
  void world.callEndpoint('indomaret', payment)
  await drain()
  const reversal = { channel: 'indomaret', message: reversalOf('indomaret', payment) }
  const fact = financeFact(stage, kind)
  const { start, closing } = meeting(stage, [reversal])
  return {
    start: () => {
      start()
      void world.act(`finance ${kind}`, (parts) => parts.facts.put(fact))
    },
    closing,
  }
}

/** As functions/reconcile-settlement puts it for an approved resolution. */
function financeFact({ world, now }: Stage, kind: 'reversal' | 'suspension'): ReversalFact | SuspensionFact {
  const [payment] = paymentsOf(world.ledger)
  if (!payment) throw new Error('expected an accepted payment to decide about, there is none')
  const at = now() as Instant
  const money = { account: payment.account, amount: payment.amount }
  const stamp = { source: 'finance', decidedAt: at, recordedAt: at, businessDate: DAY }
  const key = factKeyIn(keyOf(payment))
  if (kind === 'suspension') return { ...stamp, ...money, kind, id: ['F1'], moves: key }
  return { ...stamp, ...money, kind, id: [payment.source, ...payment.id], reverses: key, partnerAt: at, outlet: '' }
}

function paymentOf(channel: string, paymentId: string, customerId: string): Payment {
  const isBank = channel === 'bni'
  const externalId = { id: `X${paymentId}`, day: DAY, service: '25' as const, requestId: paymentId }
  return {
    kind: 'payment',
    paymentId,
    customerId,
    product: '',
    months: 1,
    amount: rupiah(PRICE),
    adminFee: isBank ? null : rupiah(2_500),
    outlet: 'SHOP1',
    partnerAt: (START + 60_000) as Instant,
    ...(isBank && { externalId }),
  }
}

function reversalOf(channel: string, { paymentId, customerId, partnerAt }: Payment): Reversal {
  const signedAt = (partnerAt + 1_000) as Instant
  const mustFollowPayment = channel === 'alfamart'
  return {
    kind: 'reversal',
    paymentId,
    customerId,
    outlet: 'SHOP1',
    reason: 'paper jam',
    partnerAt: signedAt,
    mustFollowPayment,
  }
}

/** Throws a RangeError for a name that no world has. */
export function worldNamed(name: string): SmallWorld {
  const found = WORLDS.find((each) => each.name === name)
  if (!found) throw new RangeError(`expected one of ${WORLDS.map((each) => each.name).join(', ')}, got ${name}`)
  return found
}
