/** Texts of the agents' pages. The other language is agents-id.ts. */
import type { Forms } from './forms.ts'

type Words = Readonly<Record<string, string>>

export const agentsEn = {
  title: 'Agents',
  lead: 'Perisai agents: who registers workers and collects their contributions. Of a person the hub keeps the code and no name.',
  none: 'No agent was created yet.',
  code: 'Code',
  kind: 'Kind',
  kinds: { person: 'Person', office: 'Office' } as Words,
  name: 'Name',
  noName: 'a person: no name is kept',
  region: 'Region',
  anywhere: 'none in particular',
  outlets: 'Own outlets',
  noOutlets: 'none',
  since: 'Created',
  back: 'All agents',
  reportLead: (kind: string) =>
    `${kind}. Computed from the facts of the members whom the agent registered; nobody is named.`,
  from: 'From month',
  to: 'To month',
  asOf: (instant: string) => `As of ${instant}.`,
  looked: { one: 'member was looked at.', other: 'members were looked at.' } as Forms,
  notWhole: (most: string) =>
    `This agent has more than ${most} members. Only so many were looked at: every figure is of a part, and no file is made of it. Pay nothing by these figures.`,
  registered: 'Registered',
  contributions: 'Contributions',
  commission: 'Commission',
  acquisition: 'For newcomers',
  clawback: 'Goes back',
  due: 'Due',
  dueNote: 'commission and newcomers less what goes back',
  stillActive: 'Still paying',
  stillActiveLead: 'Of those registered long enough ago, who paid for the month so many months later.',
  after: (months: string) => `After ${months} months`,
  reached: 'Registered long enough',
  active: 'Paid that month',
  share: 'Share',
  months: 'Month by month',
  month: 'Month',
  newcomers: 'Newcomers',
  collected: 'At own outlets',
  takenBack: 'Taken back',
  noMonths: 'Nothing was registered and nothing came in these months.',
  file: 'Save as CSV',
  saved: (name: string) => `${name} was saved.`,
}
export type AgentTexts = typeof agentsEn
