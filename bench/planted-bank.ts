/**
 * The bank's side of `npm run bench:planted`: each kind of statement and movement, told many times with other amounts, channels and
 * formats, on a settlement hub in memory, and how many of each are told right: what became of each statement, where each movement
 * ended, and books that hold. The truth is the teller's (test/support/bank-stories.ts).
 */
import { auditBooks } from '../test/support/audit-books.ts'
import { BANK_STORIES } from '../test/support/bank-stories.ts'
import { bankWorld } from '../test/support/bank-world.ts'
import { randomOf } from '../test/support/random.ts'

export type BankTally = { readonly kind: string; readonly planted: number; readonly right: number }

export async function tellBankStories(ofEach: number, seed: number): Promise<readonly BankTally[]> {
  const tallies: BankTally[] = []
  for (const [kind, story] of Object.entries(BANK_STORIES)) {
    let right = 0
    for (let n = 0; n < ofEach; n++) {
      const world = await bankWorld(randomOf(seed + n))
      const { wanted, got } = await story(world)
      const { problems } = await auditBooks(world.hub)
      if (JSON.stringify(got) === JSON.stringify(wanted) && problems.length === 0) right++
    }
    tallies.push({ kind, planted: ofEach, right })
  }
  return tallies
}
