/** Answers of a rule simulation added up: the API tries a page of memberships per call, a person wants to know of all that were tried. */
import type { components } from '../api/schema.d.ts'
import { groupBy } from '../ui/group-by.ts'

export type Trial = components['schemas']['RuleTrial']

/** Rows shown of all pages together. */
const ROWS = 50

export function withNext(before: Trial, next: Trial): Trial {
  const sum = (a: { now: number; tried: number }, b: { now: number; tried: number }) => ({
    now: a.now + b.now,
    tried: a.tried + b.tried,
  })
  return {
    ...next,
    checked: before.checked + next.checked,
    changed: before.changed + next.changed,
    changedIn: Object.fromEntries(
      Object.entries(next.changedIn).map(([aspect, count]) => [
        aspect,
        count + (before.changedIn[aspect as keyof Trial['changedIn']] ?? 0),
      ]),
    ) as Trial['changedIn'],
    credit: sum(before.credit, next.credit),
    nextPayments: sum(before.nextPayments, next.nextPayments),
    statuses: added(
      [...before.statuses, ...next.statuses],
      ({ from, to }) => `${from} ${to}`,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
    notices: added(
      [...before.notices, ...next.notices],
      ({ stage }) => stage,
      (a, b) => ({ ...a, ...sum(a, b) }),
    ),
    rows: [...before.rows, ...next.rows].slice(0, ROWS),
  }
}

function added<T>(all: readonly T[], keyOf: (each: T) => string, add: (a: T, b: T) => T): T[] {
  const groups = groupBy(all, keyOf)
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, those]) => those.reduce(add))
}
