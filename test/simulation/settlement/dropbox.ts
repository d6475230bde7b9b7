/**
 * What partners and the bank drop into the bucket, version by version. A drop may be announced twice, as any event; everything is
 * announced again where somebody is told that it has not come.
 */
import type { Random } from '../random.ts'
import type { SettlementSide } from './settlement-side.ts'

export type Dropbox = {
  /** A version of its own each time, as S3 makes one. */
  readonly drop: (name: string, content: string) => void
  readonly announceAgain: () => void
}

type Drop = { readonly name: string; readonly version: string; readonly content: string }

export function openDropbox(side: Pick<SettlementSide, 'drop'>, random: Random): Dropbox {
  /** What was sent anew takes the place of its first time. */
  const drops = new Map<string, Drop>()
  let versions = 0
  return {
    drop: (name, content) => {
      const dropped = { name, version: `V${++versions}`, content }
      drops.set(`${name} ${content}`, dropped)
      side.drop(dropped)
      if (random.chance(0.1)) side.drop(dropped)
    },
    announceAgain: () => {
      for (const dropped of drops.values()) side.drop(dropped)
    },
  }
}
