/**
 * Money on the list of suspense, as it stands now: what of it is still there, why, and what may be done about it. Folded from the
 * facts of its account at the moment of reading; the list only says where to look.
 */
import { isSuspenseAccount } from '../../../shared/domain/account.ts'
import { isBillCode } from '../../../shared/domain/bill-code.ts'
import { type Fact, factKey, isMoney, keyOf, type MoneyFact, refundsIn } from '../../../shared/domain/fact.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { positionsOf } from '../../../shared/domain/journal-positions.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { EXIT_ACTIONS, type ExitAction, type ExitName, nextExitOf } from '../../../shared/domain/suspense-exit.ts'
import { isSuspensePointer, pointerOf, type SuspendedMoney } from '../../../shared/store/settlements/suspense.ts'
import type { ConsolePorts } from '../ports.ts'

export const SUSPENSE_REASONS = ['unknown-payer', 'suspended', 'closed-membership', 'bill-return'] as const

export type ListedMoney = {
  /** As a path names it. */
  readonly id: string
  readonly money: SuspendedMoney
  readonly fact: MoneyFact
  /** Its business day, from the payment of the bill where it is a share. */
  readonly since: BusinessDate
  /** The step by which it would leave. */
  readonly name: ExitName
  /** 0: it has left. */
  readonly amount: Rupiah
  readonly why: (typeof SUSPENSE_REASONS)[number]
  /** Of the difference on which it was suspended. */
  readonly differenceId: string | null
  readonly actions: readonly ExitAction[]
}

type Ports = Pick<ConsolePorts, 'facts' | 'rules'>

/** Undefined: its fact was never put. */
export async function listedMoney(ports: Ports, money: SuspendedMoney): Promise<ListedMoney | undefined> {
  const { account } = money
  const facts = await ports.facts.ofAccount(account)
  const fact = facts.find((each) => keyOf(each) === money.fact)
  if (!fact || !isMoney(fact)) return undefined
  const places = positionsOf(account, facts, ports.rules).get(money.fact)?.places
  // Of a share, what waits in its bill's clearing; of a bill's own payment, its members' shares are there.
  const returned = fact.kind === 'share' ? (places?.get('bill-clearing') ?? 0) : 0
  const suspension = facts.find((each) => each.kind === 'suspension' && each.moves === money.fact)
  return {
    id: pointerOf(money).replace('#', '-'),
    money,
    fact,
    since: fact.kind === 'share' ? ((await dayOfBill(ports, fact)) ?? money.since) : fact.businessDate,
    name: nextExitOf(fact, refundsIn(facts).get(money.fact) ?? 0),
    amount: rupiah((places?.get('suspense') ?? 0) + returned),
    why: reasonOf(fact, suspension, returned),
    differenceId: suspension?.id[0] ?? null,
    actions: fact.kind === 'share' || isBillCode(account) ? ['refund'] : EXIT_ACTIONS,
  }
}

/** From the id in a path to the pointer of the list; undefined for a text that is none. */
export function pointerIn(id: string): string | undefined {
  const pointer = `${id.slice(0, 10)}#${id.slice(11)}`
  return id[10] === '-' && isSuspensePointer(pointer) ? pointer : undefined
}

function reasonOf(fact: MoneyFact, suspension: Fact | undefined, returned: number): ListedMoney['why'] {
  if (suspension) return 'suspended'
  if (isSuspenseAccount(fact.account)) return 'unknown-payer'
  return returned > 0 ? 'bill-return' : 'closed-membership'
}

async function dayOfBill(
  { facts }: Ports,
  { billCode, source, paymentId }: MoneyFact & { readonly kind: 'share' },
): Promise<BusinessDate | undefined> {
  const payment = await facts.get(billCode, factKey('payment', source, [paymentId]))
  return payment?.kind === 'payment' ? payment.businessDate : undefined
}
