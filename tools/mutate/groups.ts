/**
 * The groups of a mutation run: which sources each one holds, and which folders of tests are asked at all.
 *
 * Every source file of `functions/`, `shared/` and `infra/` is in exactly one group; test/tools/mutate checks that.
 */
export const GROUPS = [
  'domain',
  'endpoint',
  'stores',
  'settlement',
  'matching',
  'workers',
  'protocols',
  'console',
  'iam',
] as const
export type Group = (typeof GROUPS)[number]

/** The first line that fits decides. */
const PLACES: readonly (readonly [prefix: string, group: Group])[] = [
  ['shared/domain/settlement/', 'matching'],
  ['shared/domain/journal', 'settlement'],
  ['shared/domain/', 'domain'],
  ['shared/ledger/', 'endpoint'],
  ['shared/channel-port/', 'endpoint'],
  ['functions/answer-channel/', 'endpoint'],
  ['shared/store/', 'stores'],
  ['shared/intake/', 'settlement'],
  ['functions/import-file/', 'settlement'],
  ['functions/reconcile-settlement/', 'settlement'],
  ['shared/protocols/', 'protocols'],
  ['shared/channels/', 'protocols'],
  ['shared/messages/', 'workers'],
  ['shared/notices/', 'workers'],
  ['shared/runtime/', 'workers'],
  ['functions/serve-console/', 'console'],
  ['functions/', 'workers'],
  ['infra/', 'iam'],
]

export function groupOf(file: string): Group | undefined {
  return PLACES.find(([prefix]) => file.startsWith(prefix))?.[1]
}

/**
 * Whole systems are left out: a mutant that only a simulation or a journey notices is no mutant that tests notice, and one
 * of these takes longer than all that remain.
 */
const WHOLE_SYSTEMS =
  /^test\/(journeys|crash|attacks|exploration|bench|browser|local|simulation\/(?!auditor\/)|tools\/mutate|functions\/serve-console\/books\/month-of-books)/

const SYNTHESIZING = /^test\/(infra\/|docs\/(deployment|events)\.)/

/** The tests that may be asked about a group; only infrastructure needs a synthesized template. */
export function mayAsk(group: Group, test: string): boolean {
  return !WHOLE_SYSTEMS.test(test) && (group === 'iam' || !SYNTHESIZING.test(test))
}

/**
 * The references of all that is deployed, of all that the console takes, answers and leaves behind, and of all that the stores send: they
 * notice most. Asked first, because each other test of infrastructure synthesizes the template too, because the console's are far from the
 * files of a subject, and because the stores' other tests ask an emulator.
 */
export const ASKED_FIRST: Readonly<Partial<Record<Group, readonly string[]>>> = {
  iam: ['test/docs/deployment.test.ts'],
  console: [
    'test/docs/console-api.test.ts',
    'test/functions/serve-console/whole-work.test.ts',
    'test/functions/serve-console/whole-answers.test.ts',
  ],
  stores: ['test/shared/store/sent-commands.test.ts', 'test/shared/store/item-round-trip.test.ts'],
}
