/** All agents, in the order of their codes; each leads to its report. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useAgentTexts } from '../i18n/use-agent-texts.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'

type Agent = Schemas['Agent']

export function AgentsPage() {
  const { t, f } = useLanguage()
  const a = useAgentTexts()
  const agents = useInfiniteQuery({
    queryKey: ['agents'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => answerOf(api.GET('/api/agents', { params: { query: { after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const items = useMemo(() => agents.data?.pages.flatMap((page) => page.items) ?? [], [agents.data])
  const columns = useMemo<readonly TableColumn<Agent>[]>(() => {
    const outletsOf = ({ outlets }: Agent) =>
      outlets.map(({ channel, outlet }) => `${worded(t.words.channels, channel)} ${outlet}`).join(', ')
    return [
      {
        id: 'code',
        header: a.code,
        value: ({ code }) => code,
        cell: ({ code }) => (
          <Link to="/agents/$agent" params={{ agent: code }}>
            {code}
          </Link>
        ),
        width: 11,
      },
      { id: 'kind', header: a.kind, value: ({ kind }) => worded(a.kinds, kind), width: 7 },
      {
        id: 'name',
        header: a.name,
        value: ({ name }) => name,
        cell: ({ name }) => (name === '' ? <span className="muted">{a.noName}</span> : name),
        width: 14,
      },
      { id: 'region', header: a.region, value: ({ regionCode }) => regionCode ?? a.anywhere, width: 9 },
      { id: 'outlets', header: a.outlets, value: (agent) => outletsOf(agent) || a.noOutlets, width: 13 },
      {
        id: 'since',
        header: a.since,
        value: ({ createdAt }) => createdAt,
        cell: ({ createdAt }) => f.day(createdAt),
        width: 11.5,
      },
    ]
  }, [t, f, a])
  const more = agents.hasNextPage
    ? { load: () => void agents.fetchNextPage(), isLoading: agents.isFetchingNextPage }
    : undefined
  return (
    <Page title={a.title} lead={a.lead}>
      <Section title={a.title}>
        <Answered query={agents}>
          {() => (
            <DataTable
              label={a.title}
              rows={items}
              columns={columns}
              keyOf={({ code }) => code}
              file="agents"
              empty={a.none}
              more={more}
            />
          )}
        </Answered>
      </Section>
    </Page>
  )
}
