/**
 * The chain of an account's bank statements: each opens with what the one before it closed with, pages 1 to n together.
 *
 * ```
 *   #4 closes 500 | #5 opens 500, page 1, page 2 (last), closes 900 | #7 opens 950: waits, #6 is missing
 * ```
 * Promises: a movement counts once, however often, in whatever format and wording a statement of the same balances names it;
 * two equal movements of one statement count twice, because the balances say so. What does not follow is named and waits.
 * Where statements have no numbers and a balance comes back on a later day, the later one may be taken first: those between wait.
 * Balances are compared to the sen. Pure: shared/intake/take-in-statement.ts stores the links.
 */
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { BankCredit } from './bank.ts'
import type { BankFormat } from './file-version.ts'

/** One page as a file has it. */
export type ChainPage = {
  /** The file that it stands in. */
  readonly sha256: string
  readonly format: BankFormat
  readonly id: string
  readonly number: number | null
  readonly page: number | null
  readonly isLastPage: boolean | null
  readonly openingSen: number
  readonly closingSen: number
  /** The closing balance is carried over to a further page. */
  readonly isCarriedOver: boolean
  readonly closedOn: BusinessDate | null
  readonly movements: readonly ExactMovement[]
}

/** `amount` is whole rupiah, cut towards nothing; `sen` what that leaves. */
export type ExactMovement = BankCredit & { readonly sen?: number }
type KnownMovement = Pick<BankCredit, 'id' | 'bookedOn' | 'amount'> & { readonly amountSen: number }

/** A statement in the chain. Its movements are those that it was the first to name. */
export type ChainLink = {
  /** From 1, without gaps. */
  readonly sequence: number
  /** The files that its pages stand in. */
  readonly files: readonly string[]
  readonly format: BankFormat
  readonly id: string
  readonly number: number | null
  readonly openingSen: number
  readonly closingSen: number
  readonly closedOn: BusinessDate | null
  readonly movements: readonly KnownMovement[]
}

export type GapReason = 'balance' | 'number' | 'page'
export type Gap = { readonly reason: GapReason; readonly detail: string }

export type ExtendedChain = {
  readonly links: readonly { readonly link: ChainLink; readonly movements: readonly BankCredit[] }[]
  /** Pages that wait, and for what. Every other page is in a link, new or old. */
  readonly waiting: readonly { readonly page: ChainPage; readonly gap: Gap }[]
}

type Statement = { readonly pages: readonly ChainPage[]; readonly movements: readonly ExactMovement[] }

/** `links`: the last of the chain, ascending; none: the earliest statement begins it. The order of pages changes nothing. */
export function extendChain(links: readonly ChainLink[], pages: readonly ChainPage[]): ExtendedChain {
  const { statements, broken } = statementsOf(pages)
  const chain = [...links]
  const added: { link: ChainLink; movements: readonly BankCredit[] }[] = []
  let left = statements.toSorted(byNumber)
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const statement of left) {
      if (!isRepeated(chain, statement)) {
        const next = linkOf(chain, statement)
        if (!next) continue
        chain.push(next.link)
        added.push(next)
      }
      left = left.filter((other) => other !== statement)
      isMoving = true
      break
    }
  }
  const gaps = left.flatMap((statement) => statement.pages.map((page) => ({ page, gap: gapOf(chain, statement) })))
  return { links: added, waiting: [...broken, ...gaps] }
}

/** Pages put together, from one that opens a statement to one that closes it. */
function statementsOf(pages: readonly ChainPage[]): {
  readonly statements: readonly Statement[]
  readonly broken: ExtendedChain['waiting']
} {
  const inOrder = pages.toSorted((a, b) => (a.page ?? 1) - (b.page ?? 1))
  const taken = new Set<ChainPage>()
  const statements: Statement[] = []
  const broken: { page: ChainPage; gap: Gap }[] = []
  for (const first of inOrder) {
    if (taken.has(first) || (first.page ?? 1) !== 1) continue
    const own = [first]
    for (let last = first; goesOn(last); last = own.at(-1) as ChainPage) {
      const next = inOrder.find((page) => !taken.has(page) && !own.includes(page) && follows(last, page))
      if (!next) break
      own.push(next)
    }
    for (const page of own) taken.add(page)
    const last = own.at(-1) as ChainPage
    if (!goesOn(last)) statements.push({ pages: own, movements: own.flatMap(({ movements }) => movements) })
    else for (const page of own) broken.push({ page, gap: missingPage(last, (last.page ?? own.length) + 1) })
  }
  for (const page of inOrder) if (!taken.has(page)) broken.push({ page, gap: missingPage(page, 1) })
  return { statements, broken }
}

function goesOn({ isLastPage, isCarriedOver }: ChainPage): boolean {
  return isLastPage === null ? isCarriedOver : !isLastPage
}

function follows(last: ChainPage, page: ChainPage): boolean {
  const isNext = page.page === null || last.page === null || page.page === last.page + 1
  return isNext && page.format === last.format && page.number === last.number && page.openingSen === last.closingSen
}

/** Undefined: it does not follow the chain. */
function linkOf(
  chain: readonly ChainLink[],
  { pages, movements }: Statement,
): ExtendedChain['links'][number] | undefined {
  const [first] = pages
  const last = pages.at(-1)
  if (!first || !last) return undefined
  const end = chain.at(-1)
  // A statement that begins earlier and names all that came since: what it has more is new.
  const from =
    end === undefined || end.closingSen === first.openingSen ? chain.length : overlapOf(chain, first, movements)
  if (from === undefined || (from === chain.length && isNumberSkipped(end, first))) return undefined
  const rest = withoutKnown(
    movements,
    chain.slice(from).flatMap((link) => link.movements),
  )
  if (!rest) return undefined
  const named = renamed(inWholeRupiah(rest, end?.closingSen ?? first.openingSen), chain)
  const { format, id, number } = first
  const openingSen = end?.closingSen ?? first.openingSen
  const { closingSen, closedOn } = last
  const sequence = (end?.sequence ?? 0) + 1
  const files = [...new Set(pages.map(({ sha256 }) => sha256))]
  const known = named.map((one, i) => ({
    id: one.id,
    bookedOn: one.bookedOn,
    amount: one.amount,
    amountSen: senOf(rest[i] as ExactMovement),
  }))
  return {
    link: { sequence, files, format, id, number, openingSen, closingSen, closedOn, movements: known },
    movements: named,
  }
}

/** The latest link with whose opening it begins and since which it names every movement. */
function overlapOf(
  chain: readonly ChainLink[],
  first: ChainPage,
  movements: readonly BankCredit[],
): number | undefined {
  for (let i = chain.length - 1; i >= 0; i--) {
    if (chain[i]?.openingSen !== first.openingSen) continue
    const since = chain.slice(i).flatMap((link) => link.movements)
    if (since.length > 0 && withoutKnown(movements, since)) return i
  }
  return undefined
}

/** Whether some links together go from its opening to its closing with just its movements. */
function isRepeated(chain: readonly ChainLink[], { pages, movements }: Statement): boolean {
  const openingSen = pages[0]?.openingSen
  const closingSen = pages.at(-1)?.closingSen
  if (movements.length === 0) return isQuietRepeat(chain, pages[0])
  return chain.some((from, i) => {
    if (from.openingSen !== openingSen) return false
    return chain.slice(i).some((to, more) => {
      if (to.closingSen !== closingSen) return false
      const known = chain.slice(i, i + more + 1).flatMap((link) => link.movements)
      return known.length === movements.length && withoutKnown(movements, known) !== undefined
    })
  })
}

/** A day on which nothing happened brings no money: it is a link only at the end, where its number may count. */
function isQuietRepeat(chain: readonly ChainLink[], first: ChainPage | undefined): boolean {
  const hadBalance = chain.filter(({ openingSen, closingSen }) =>
    [openingSen, closingSen].includes(first?.openingSen ?? -1),
  )
  const isAtEnd = chain.at(-1)?.closingSen === first?.openingSen
  const isThere = hadBalance.some(
    ({ id, closedOn, movements }) => movements.length === 0 && (id === first?.id || closedOn === first?.closedOn),
  )
  return isThere || (!isAtEnd && hadBalance.length > 0 && !isNumberAhead(chain.at(-1), first))
}

/** Those that are not among the known, each known one taken once: by reference, else by day and amount. Undefined: one is not named. */
function withoutKnown(
  movements: readonly ExactMovement[],
  known: readonly KnownMovement[],
): readonly ExactMovement[] | undefined {
  const rest = [...movements]
  const take = (isIt: (movement: ExactMovement) => boolean) => {
    const at = rest.findIndex(isIt)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }
  const isLike = (one: KnownMovement, other: ExactMovement) =>
    other.bookedOn === one.bookedOn && senOf(other) === one.amountSen
  const unnamed = known.filter((one) => !take((other) => other.id === one.id && isLike(one, other)))
  const missing = unnamed.filter((one) => !take((other) => isLike(one, other)))
  return missing.length === 0 ? rest : undefined
}

/** A balance as the books have it: always the lower one, also where the account is overdrawn. */
export function balanceRupiah(balanceSen: number): Rupiah {
  return rupiah(Math.floor(balanceSen / 100))
}

/**
 * The books are in whole rupiah and their bank must be the statement's balance: a movement counts what it moves the balance in
 * whole rupiah. For money of channels, which has no sen, that is its amount.
 */
function inWholeRupiah(movements: readonly ExactMovement[], openingSen: number): readonly ExactMovement[] {
  let balance = openingSen
  return movements.map((movement) => {
    const before = balanceRupiah(balance)
    balance += senOf(movement)
    return movement.sen ? { ...movement, amount: rupiah(balanceRupiah(balance) - before) } : movement
  })
}

function senOf({ amount, sen }: ExactMovement): number {
  return amount * 100 + (sen ?? 0)
}

/** The balances say that these are new: one that has the reference of another movement gets a number behind it. */
function renamed(movements: readonly ExactMovement[], chain: readonly ChainLink[]): readonly ExactMovement[] {
  const taken = new Set(chain.flatMap((link) => link.movements.map(({ id, bookedOn }) => `${bookedOn}#${id}`)))
  return movements.map((movement) => {
    let id = movement.id
    for (let times = 2; taken.has(`${movement.bookedOn}#${id}`); times++) id = `${movement.id}~${times}`
    taken.add(`${movement.bookedOn}#${id}`)
    return id === movement.id ? movement : { ...movement, id }
  })
}

/** It comes after what is there, so it repeats nothing of it. */
function isNumberAhead(end: ChainLink | undefined, page: ChainPage | undefined): boolean {
  return end?.format === page?.format && (page?.number ?? 0) > (end?.number ?? Number.POSITIVE_INFINITY)
}

/** A lower number begins a new year or another count; formats count each for itself. */
function isNumberSkipped(end: ChainLink | undefined, { format, number }: ChainPage): boolean {
  return end?.format === format && end.number !== null && number !== null && number > end.number + 1
}

function gapOf(chain: readonly ChainLink[], { pages }: Statement): Gap {
  const end = chain.at(-1)
  const [first] = pages
  if (end && first && end.closingSen === first.openingSen) {
    return {
      reason: 'number',
      detail: `expected statement ${(end.number ?? 0) + 1} after ${end.number}, got ${first.number}`,
    }
  }
  const inRupiah = (sen: number | undefined) => ((sen ?? 0) / 100).toFixed(2)
  return {
    reason: 'balance',
    detail: `expected a statement that opens with ${inRupiah(end?.closingSen)}, where the last one closed; this one opens with ${inRupiah(first?.openingSen)}`,
  }
}

function missingPage({ id, page }: ChainPage, missing: number): Gap {
  return { reason: 'page', detail: `expected page ${missing} of statement ${id} beside page ${page ?? 1}` }
}

function byNumber(a: Statement, b: Statement): number {
  const [left, right] = [a.pages[0], b.pages[0]]
  const day =
    (left?.closedOn ?? '') < (right?.closedOn ?? '') ? -1 : (left?.closedOn ?? '') > (right?.closedOn ?? '') ? 1 : 0
  return day || (left?.number ?? 0) - (right?.number ?? 0)
}
