/**
 * The channel by which a membership was paid last, from its facts: where to meet a member who is about to lapse. A share of a
 * bill counts by the bill's channel; money that went back does not count. Bounded reads side by side, one query a membership.
 */
import { byDecision, type Fact, keyOf } from '../../../shared/domain/fact.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { ConsolePorts } from '../ports.ts'

const CONCURRENCY = 16

/** By KPJ; who never paid is left out. */
export async function lastChannels(
  { facts }: Pick<ConsolePorts, 'facts'>,
  kpjs: readonly Kpj[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const looks = kpjs.map((kpj) => async () => {
    const channel = lastChannelOf(await facts.ofAccount(kpj))
    if (channel !== undefined) found.set(kpj, channel)
  })
  await inParallel(looks, CONCURRENCY)
  return found
}

function lastChannelOf(facts: readonly Fact[]): string | undefined {
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
  const last = [...facts]
    .sort(byDecision)
    .findLast((fact) => (fact.kind === 'payment' || fact.kind === 'share') && !reversed.has(keyOf(fact)))
  // `share#<source>#<billCode>#<channel>#<paymentId>`
  return last?.kind === 'share' ? last.id[1] : last?.source
}
