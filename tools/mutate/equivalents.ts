/**
 * Mutants that behave as the code does, reviewed one by one, each with its reason. They are taken out of the count.
 *
 * Known by the file and the lines before and after, not by line number, so that an entry outlives changes elsewhere and
 * ends with its own line. An entry is for a change that no caller can notice, never for one that is hard to test.
 */
import { beforeAndAfter, type Mutant } from './mutant.ts'

export type Equivalent = {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly why: string
}

/** Handlers that build a client of SQS, with the line as it stands there. */
const SQS_CLIENTS: readonly (readonly [file: string, before: string])[] = [
  ...[
    'apply-bill-payment',
    'audit-ledger',
    'import-file',
    'reconcile-membership',
    'reconcile-settlement',
    'serve-console',
    'sweep-memberships',
  ].map((name) => [`functions/${name}/handler.ts`, 'const sqs = new SQSClient({ cacheMiddleware: true })'] as const),
  ...['enrol-cohort', 'send-notice'].map(
    (name) =>
      [
        `functions/${name}/handler.ts`,
        'park: parkOn(new SQSClient({ cacheMiddleware: true }), environment.DEAD_LETTER_QUEUE_URL),',
      ] as const,
  ),
]

/** Names of columns that a bank's layout does not have. */
const ABSENT_COLUMNS: readonly (readonly [channel: string, column: string, name: string])[] = [
  ['bni', 'outlet', 'OUTLET'],
  ['bni', 'adminFee', 'ADMIN_FEE'],
  ['brilink', 'outlet', 'outlet'],
  ['brilink', 'adminFee', 'adminFee'],
]

export const EQUIVALENTS: readonly Equivalent[] = [
  ...ABSENT_COLUMNS.map(([channel, column, name]) => ({
    file: `shared/channels/${channel}/settlement.ts`,
    before: `${column}: '${name}',`,
    after: `${column}: '',`,
    why: 'The layout has no such column, so no line is ever put aside for it: the name stands for the type checker only.',
  })),
  ...SQS_CLIENTS.flatMap(([file, before]) =>
    ['cacheMiddleware: false', ''].map((instead) => ({
      file,
      before,
      after: before.replace('cacheMiddleware: true', instead),
      why: 'The client resolves the steps of a call once instead of at each call: the same call goes out, some microseconds sooner.',
    })),
  ),
  {
    file: 'shared/domain/rule-overrides.ts',
    before: "return list.every(({ from }, i) => i === 0 || from > (list[i - 1]?.from ?? ''))",
    after: "return list.every(({ from }, i) => i === 0 || from > (list[i - 1]?.from ?? 'mutated'))",
    why: 'The fallback stands for the type checker only: behind the first entry there is always one before.',
  },
  {
    file: 'functions/reconcile-settlement/look-up.ts',
    before: 'const BATCHES_AT_ONCE = 8',
    after: 'const BATCHES_AT_ONCE = 9',
    why: 'How many reads run side by side changes no answer, and one more is no burden that anything is sized by.',
  },
  {
    file: 'shared/domain/settlement/candidates.ts',
    before: 'const seekers = open.suspects.size === 0 ? perhaps : seekersOf(match, setting, seeking, untaken)',
    after: 'const seekers = false ? perhaps : seekersOf(match, setting, seeking, untaken)',
    why: 'Without suspects no line left `seeking` since the first search, so the second finds the same and only costs time.',
  },
  {
    file: 'shared/protocols/member-list/read-list.ts',
    before: 'if (head !== undefined && head.length > 0) yield head',
    after: 'if (head !== undefined && head.length >= 0) yield head',
    why: 'An empty piece holds no row, as no piece at all does: either way the list is empty.',
  },
  ...(
    [
      ["['bank-credit', -credited, 1],", "['bank-credit', -credited, 0],"],
      ["['unexplained', unexplained, 1],", "['unexplained', unexplained, 0],"],
    ] as const
  ).map(([before, after]) => ({
    file: 'shared/domain/settlement/open-items.ts',
    before,
    after,
    why: 'An item of money counts at least one, whatever its row says.',
  })),
  {
    file: 'shared/domain/settlement/text-column.ts',
    before: 'hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)',
    after: 'hash = Math.imul(hash ^ (hash >>> 17), 0x85ebca6b)',
    why: 'The hash says only where a text is looked for first; texts are compared byte by byte, so any mixing finds the same.',
  },
  {
    file: 'infra/stages.ts',
    before: "const stage = Object.entries(STAGES).find(([known]) => known === (name ?? 'production'))?.[1]",
    after: "const stage = Object.entries(STAGES).findLast(([known]) => known === (name ?? 'production'))?.[1]",
    why: 'An object has each name once, so the first that fits is the last.',
  },
]

export function equivalentOf(mutant: Mutant, text: string, list: readonly Equivalent[]): Equivalent | undefined {
  const { before, after } = beforeAndAfter(text, mutant)
  return list.find((each) => each.file === mutant.file && each.before === before && each.after === after)
}
