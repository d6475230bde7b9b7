/**
 * The audit of a sponsor's lists: everybody on one is enrolled, once, and nobody else; its bills are for these people and for nobody
 * twice, and of all bills that were paid, over all lists, nobody is on two. What a bill's members are, and that shares follow its payment, is audited with all bills (closing.ts). Types only.
 */
import { demand, type Ledger } from './ledger.ts'

/** `persons`: how many people are on the list, by whoever wrote it. */
export function listsAgree(
  ledger: Ledger,
  { id: cohort, corrects }: { readonly id: string; readonly corrects?: string },
  persons: number,
): void {
  const enrolled = new Map<string, string[]>()
  for (const [account, entries] of ledger.accounts) {
    for (const { fact } of entries) {
      if (fact.kind !== 'terms' || fact.cohort !== cohort) continue
      enrolled.set(fact.participant, [...(enrolled.get(fact.participant) ?? []), account])
    }
  }
  for (const [participant, accounts] of enrolled) {
    const isOne = new Set(accounts).size === 1
    demand(ledger, 'a person on a list is one membership', isOne, () => `${participant}: ${accounts.join(', ')}`)
  }
  const isAll = enrolled.size === persons
  demand(ledger, 'everybody on a list is enrolled', isAll, () => `${enrolled.size} of ${persons}`)
  const members = new Set([...enrolled.values()].flat())
  for (const { bill, members: billed } of ledger.bills.values()) {
    if (bill.sponsored?.cohort !== cohort) continue
    const kpjs = new Set<string>(billed.map(({ kpj }) => kpj))
    const isOwn = kpjs.size === billed.length && [...kpjs].every((kpj) => members.has(kpj))
    demand(ledger, 'a list’s bill is for its people, each once', isOwn, () => bill.billCode)
    // A corrected bill, or the bill of a corrected list, may leave out whom the first one's payment had covered.
    if (bill.replaces === undefined && corrects === undefined) {
      const found = () => `${bill.billCode}: ${kpjs.size} of ${members.size}`
      demand(ledger, 'a list’s bill leaves nobody out', kpjs.size === members.size, found)
    }
  }
}

/** Whoever is paid for is paid for once, by whichever of the program's lists. */
export function paidOnce(ledger: Ledger, program: string): void {
  const payers = new Map<string, string>()
  for (const { bill, members, paidBy } of ledger.bills.values()) {
    if (bill.sponsored?.program !== program || paidBy === null) continue
    for (const { kpj } of members) {
      const other = payers.get(kpj)
      demand(
        ledger,
        'nobody is on two paid bills of a program',
        other === undefined,
        () => `${kpj}: ${other}, ${bill.billCode}`,
      )
      payers.set(kpj, bill.billCode)
    }
  }
}

/** A program says once that it was billed, whatever was repeated. */
export function programAgrees(ledger: Ledger, program: string, isBilled: boolean, steps: readonly string[]): void {
  const said = steps.filter((step) => step === 'bill').length
  const isSaid = said === (isBilled ? 1 : 0)
  demand(ledger, 'a program says that its list was billed, once', isSaid, () => `${program}: ${said} times`)
}
