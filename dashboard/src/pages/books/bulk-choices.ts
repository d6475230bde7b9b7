/** What can be decided about many cases at once, and the calls that do it. Pure but for the calls at the end. */
import { answerOf, api, type Schemas } from '../../api/client.ts'

export type Case = Schemas['Difference']
export type BulkAction = Schemas['BulkProposal']['action']
type Answer = Schemas['BulkAnswer']

/** What an action would move: how many cases, and what is open of them or proposed for them. */
export type Moved = {
  readonly action: Case['actions'][number]
  readonly ids: readonly string[]
  readonly amountRupiah: number
}
export type Choices = {
  /** Actions that fit one case or more, those that fit most first. */
  readonly fitting: readonly (Moved & { readonly action: BulkAction })[]
  /** Proposals of others that wait, by their action. */
  readonly waiting: readonly Moved[]
  /** Proposals of the reader's own. */
  readonly own: number
}
export type BulkStep =
  | { readonly kind: 'propose'; readonly moved: Choices['fitting'][number] }
  | { readonly kind: 'approve' | 'reject'; readonly moved: readonly Moved[] }

const BULK_ACTIONS: readonly BulkAction[] = ['post', 'reverse', 'suspend', 'write-off', 'charge-channel', 'accept']
/** As many as one call takes, and as are read at the same time. */
const CALL_LIMIT = 100
const READ_TOGETHER = 8

export function choicesIn(cases: readonly Case[], me: string): Choices {
  const proposed = cases.filter(({ state, proposal }) => state === 'proposed' && proposal !== null)
  const free = cases.filter(({ proposal, resolution }) => proposal === null && resolution === null)
  const fitting = BULK_ACTIONS.map((action) => {
    const fit = free.filter(({ actions }) => actions.includes(action))
    return { action, ids: fit.map(({ id }) => id), amountRupiah: sumOf(fit.map((each) => each.openRupiah)) }
  })
  const others = proposed.filter(({ proposal }) => proposal?.by !== me)
  const actions = [...new Set(others.flatMap(({ proposal }) => (proposal ? [proposal.action] : [])))]
  const waiting = actions.map((action) => {
    const same = others.filter(({ proposal }) => proposal?.action === action)
    const amounts = same.map(({ proposal, openRupiah }) => proposal?.amountRupiah ?? openRupiah)
    return { action, ids: same.map(({ id }) => id), amountRupiah: sumOf(amounts) }
  })
  return {
    fitting: fitting.filter(({ ids }) => ids.length > 0).sort((a, b) => b.ids.length - a.ids.length),
    waiting,
    own: proposed.length - others.length,
  }
}

export function idsOf(step: BulkStep): readonly string[] {
  return step.kind === 'propose' ? step.moved.ids : step.moved.flatMap(({ ids }) => ids)
}

/** A name for a call, of letters alone: repeated with it, the call is answered as the first time. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => String.fromCharCode(97 + (byte % 26))).join(
    '',
  )
}

export async function casesOf(ids: readonly string[]): Promise<readonly Case[]> {
  const cases: Case[] = []
  for (let at = 0; at < ids.length; at += READ_TOGETHER) {
    const some = ids.slice(at, at + READ_TOGETHER)
    cases.push(
      ...(await Promise.all(
        some.map((id) => answerOf(api.GET('/api/differences/{id}', { params: { path: { id } } }))),
      )),
    )
  }
  return cases
}

/** In calls of as many as one takes; `key` names the whole, so that it can be repeated after an answer was lost. */
export async function takeBulkStep(step: BulkStep, reason: string, key: string): Promise<readonly Answer[]> {
  const ids = idsOf(step)
  const done: Answer[] = []
  for (let at = 0; at < ids.length; at += CALL_LIMIT) {
    const call = { key: `${key}-${at / CALL_LIMIT}`, ids: ids.slice(at, at + CALL_LIMIT) }
    done.push(
      await answerOf(
        step.kind === 'propose'
          ? api.POST('/api/difference-proposals', { body: { ...call, action: step.moved.action, reason } })
          : api.POST('/api/difference-approvals', {
              body: { ...call, decision: step.kind, ...(reason.trim() === '' ? {} : { reason }) },
            }),
      ),
    )
  }
  return done
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
