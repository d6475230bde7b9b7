/**
 * Takes the place of SDK parts that no function of the hub can reach: the hashes for a Node without `node:crypto`, the
 * machine's own metadata server. And of what a endpoint never does: reading settlement files. Other stand-ins call `leftOut` for what they do not do.
 *
 * Each fails loudly when it is called after all, so that a wrong guess is an error at the first test, never a wrong answer.
 * Which import leads here is listed in infra/bundle.ts.
 */
import type { SettlementLayout } from '../../shared/channel-port/channel.ts'

export function leftOut(part: string): never {
  throw new Error(
    `LEFT_OUT_OF_BUNDLE: ${part} was called, but infra/bundle.ts leaves it out; take its line out of that list`,
  )
}

/** Asked for a region only where the environment has none; Lambda always sets AWS_REGION. */
export function getInstanceMetadataRegion(): never {
  return leftOut('getInstanceMetadataRegion')
}

/** The hashes written in JavaScript, used only where `node:crypto` has none. */
export class Sha256Js {
  constructor() {
    leftOut('Sha256Js')
  }
}
export class Md5Js {
  constructor() {
    leftOut('Md5Js')
  }
}

/** A endpoint's channels come without their settlement layouts. */
export const settlement = {
  fileName: () => leftOut('the settlement layout'),
  dateOf: () => leftOut('the settlement layout'),
  opensWith: () => leftOut('the settlement layout'),
  read: () => leftOut('the settlement layout'),
} satisfies SettlementLayout
