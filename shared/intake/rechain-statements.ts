/**
 * What was withdrawn leaves the chain of statements, and what comes back has the places that it had: the part of the chain that moves
 * placements, for functions/reconcile-settlement alone.
 *
 * ```
 *   #4 | #5 (withdrawn) | #6        6 and 5 leave, the last first, each after its movements        #4 | then whatever follows
 * ```
 * Promises: a statement that is withdrawn leaves the chain as if it had never come, with all that followed it; those wait for what
 * follows the chain now. What people said of a movement comes back with the bytes of its statement. Right any number of times,
 * in any order.
 */
import type { BankCredit } from '../domain/settlement/bank.ts'
import type { BankFile } from '../domain/settlement/file-version.ts'
import { restoredPlacement, withdrawnPlacement } from '../domain/settlement/placement.ts'
import type { ChainLink } from '../domain/settlement/statement-chain.ts'
import {
  accountsOn,
  busy,
  type ChainPorts,
  type ChainStorePorts,
  chainWaiting,
  isToLeave,
  openingOf,
  TRIES,
  UNCHAINED,
  withdrawnOf,
} from './chained-statements.ts'

/** To take out of it, and to place what comes back. */
export type RechainPorts = ChainPorts & ChainStorePorts<'removeLink' | 'withdrawMovement' | 'putPlacement'>

/** As `chainWaiting` without a new file; movements whose bytes come back have the places that they had. */
export async function rechainWaiting(ports: RechainPorts): Promise<void> {
  const wereWithdrawn = (await ports.settlements.bankWithdrawals()).size > 0
  await chainWaiting(ports, [], null, wereWithdrawn ? (movement, files) => restore(ports, movement, files) : undefined)
}

/** Before the movement is there again, so that no rule places what people have placed. */
async function restore(
  { settlements, now }: RechainPorts,
  movement: BankCredit,
  files: readonly string[],
): Promise<'put'> {
  const versions = await settlements.placements(movement.bookedOn, movement.id)
  const restored = restoredPlacement(movement, versions, files, now())
  if (restored && (await settlements.putPlacement(restored, versions.at(-1))) === 'conflict') throw busy()
  return 'put'
}

/**
 * What was withdrawn leaves the chain with all that follows it. `last`: how far back is looked. Files that were in no other
 * place than those links, or repeated them, wait from here on.
 */
export async function unchainWithdrawn(ports: RechainPorts, last: number): Promise<number> {
  const files = await ports.settlements.bankFiles()
  const withdrawn = await withdrawnOf(ports, files)
  if (withdrawn.length === 0) return 0
  let removed = 0
  for (const account of accountsOn(ports.now())) {
    for (let tried = 0; ; tried++) {
      const chain = await ports.settlements.bankChain(account, last)
      const from = chain.findIndex((link, i) => isToLeave(link, chain[i - 1], withdrawn))
      if (from < 0) break
      if (tried === TRIES) throw busy()
      const leaving = chain.slice(from)
      await letWait(ports, files, withdrawn, leaving)
      for (const link of leaving.toReversed()) {
        await removeLink(ports, account, link)
        removed++
      }
    }
  }
  return removed
}

/**
 * A file that says it is in the chain and is not: it came back while somebody else still took it out. It waits from here on, and is
 * looked at again. `last`: how far back is looked.
 */
export async function letLostWait(
  { settlements, now }: Pick<RechainPorts, 'settlements' | 'now'>,
  last: number,
): Promise<void> {
  const files = await settlements.bankFiles()
  const chains = await Promise.all(accountsOn(now()).map((account) => settlements.bankChain(account, last)))
  const linked = new Set(chains.flat().flatMap((link) => link.files))
  for (const file of files) {
    if (file.state === 'chained' && !linked.has(file.sha256))
      await settlements.putBankFile({ ...file, state: 'incomplete', gap: UNCHAINED })
  }
}

async function letWait(
  { settlements }: ChainPorts,
  files: readonly BankFile[],
  withdrawn: readonly BankFile[],
  leaving: readonly ChainLink[],
): Promise<void> {
  const since = Math.min(...withdrawn.map(({ receivedAt }) => receivedAt))
  for (const file of files) {
    const isLeaving = file.state === 'chained' && leaving.some((link) => link.files.includes(file.sha256))
    const mayRepeat = file.state === 'repeated' && file.receivedAt >= since
    if (isLeaving || mayRepeat) await settlements.putBankFile({ ...file, state: 'incomplete', gap: UNCHAINED })
  }
}

async function removeLink({ settlements, now }: RechainPorts, account: string, link: ChainLink): Promise<void> {
  const opening = link.sequence === 1 ? openingOf(account, link) : []
  for (const movement of [...opening, ...link.movements]) {
    const versions = await settlements.placements(movement.bookedOn, movement.id)
    const isGone = (await settlements.credit(movement.bookedOn, movement.id)) === undefined
    if (isGone && versions.at(-1)?.by === 'withdrawal') continue
    const placement = withdrawnPlacement(movement, versions.at(-1), link.files, now())
    if ((await settlements.withdrawMovement(account, link, placement, versions.at(-1))) === 'conflict') throw busy()
  }
  await settlements.removeLink(account, link)
}
